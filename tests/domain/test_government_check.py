import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.account_names import judge
from bot.domain.check_results import BodyReason, State
from bot.domain.government_check import classify
from bot.governments import LocalGovernment, load

REGISTER = load()


@pytest.mark.parametrize(
    ("text", "state", "reason", "name"),
    [
        ("横浜市", "pass", "registered", "神奈川県横浜市"),
        ("神奈川県", "pass", "registered", "神奈川県"),
        ("よこはまし", "pass", "registered", "神奈川県横浜市"),
        ("Yokohama City", "pass", "registered", "神奈川県横浜市"),
        ("塩釜市", "pass", "registered", "宮城県塩竈市"),
        ("箱根町役場", "pass", "registered", "神奈川県箱根町"),
        ("中央区", "pass", "registered", "東京都中央区"),
        ("府中", "pass", "several", ""),
        ("府中市", "pass", "several", ""),
        ("横浜市教育委員会", "pass", "organ", "神奈川県横浜市"),
        ("福岡市議会", "pass", "organ", "福岡県福岡市"),
        ("横浜市消防局", "pass", "organ", "神奈川県横浜市"),
        ("箱根町役場 企画課", "pass", "organ", "神奈川県箱根町"),
        ("神奈川県警察", "pass", "organ", "神奈川県"),
        ("東京消防庁", "pass", "organ", "東京都"),
        ("警視庁", "pass", "organ", "東京都"),
        ("横浜市中区", "fail", "designated_ward", "神奈川県横浜市"),
        ("大阪市北区役所", "fail", "designated_ward", "大阪府大阪市"),
        ("西区", "fail", "designated_ward", ""),
        ("浜松市北区", "fail", "designated_ward", "静岡県浜松市"),
        ("横浜西区", "fail", "designated_ward", "神奈川県横浜市"),
        ("西多摩衛生組合", "fail", "union", ""),
        ("阪神水道企業団", "fail", "union", ""),
        ("一部事務組合", "fail", "union", ""),
        ("神奈川県後期高齢者医療広域連合", "fail", "union", "神奈川県"),
        ("横浜市社会福祉協議会", "fail", "affiliate", "神奈川県横浜市"),
        ("東京都住宅供給公社", "fail", "affiliate", "東京都"),
        ("公立大学法人横浜市立大学", "fail", "affiliate", "神奈川県横浜市"),
        ("一般財団法人地域活性化センター", "fail", "affiliate", ""),
        ("株式会社まちづくり", "fail", "affiliate", ""),
        ("東京の会社です", "fail", "affiliate", "東京都"),
        ("横浜郵便局", "fail", "affiliate", ""),
        ("地方独立行政法人神奈川県立病院機構", "fail", "affiliate", "神奈川県"),
        ("阿蘇広域消防本部", "fail", "union", "熊本県阿蘇市"),
        ("横浜市広域連携課", "pass", "organ", "神奈川県横浜市"),
        ("警察庁", "fail", "national_body", ""),
        ("国の機関です", "fail", "national_body", ""),
        ("第三セクター", "fail", "affiliate", ""),
        ("国土交通省", "fail", "national_body", ""),
        ("内閣府", "fail", "national_body", ""),
        ("総務省消防庁", "fail", "national_body", ""),
        ("横浜税務署", "fail", "national_body", ""),
        ("ハローワーク横浜", "fail", "national_body", ""),
        ("篠山市", "unclear", "not_found", ""),
        ("横須加市", "unclear", "not_found", ""),
        ("ほげほげ", "unclear", "not_found", ""),
        ("", "unclear", "not_found", ""),
    ],
)
def test_what_is_typed_is_a_body_a_part_of_one_or_something_else(text: str, state: str, reason: str, name: str) -> None:
    found = classify(text, REGISTER)
    assert (found.state, found.reason, found.name) == (state, reason, name)


def test_every_body_passes_and_every_ward_fails() -> None:
    for body in REGISTER.governments:
        found = classify(body.full_name, REGISTER)
        assert (found.state, found.name) == (State.PASS, body.full_name)
    for ward in REGISTER.wards:
        found = classify(ward.full_name, REGISTER)
        assert (found.state, found.reason) == (State.FAIL, BodyReason.DESIGNATED_WARD)


def test_an_organ_of_any_body_counts_as_the_body_and_a_union_never_does() -> None:
    for body in REGISTER.governments:
        assert classify(f"{body.full_name}教育委員会", REGISTER).state is State.PASS
        assert classify(f"{body.full_name}外一部事務組合", REGISTER).state is State.FAIL


@given(st.text(max_size=9), st.sampled_from(REGISTER.rows))
def test_the_names_it_proposes_are_accepted(text: str, row: LocalGovernment) -> None:
    for name in classify(row.name + text, REGISTER).account_names:
        assert judge(name, REGISTER).verdict == "ok"
