import json
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.account_names import name_message
from bot.domain.account_names import judge, judge_for
from bot.domain.name_verdict import NameOutcome, NameProblem, NameVerdict, Pattern
from bot.governments import Kind, LocalGovernment, load
from tests.domain.account_name_cases import rows

REGISTER = load()
SPECIAL_WARDS = {body.name for body in REGISTER.governments if body.kind is Kind.SPECIAL_WARD}
DECORATIONS = (
    "公式",
    "LINE",
    "防災",
    "公式アカウント",
    "★",
    "🎉",
    "（公式）",
    "課",
    "教育委員会",
    "組合",
    "協会",
    "、",
    "-",
    "の",
)
bodies = st.sampled_from(REGISTER.governments)
# Names and what is put around them, so that the search comes near the rule's edges.
pieces = st.one_of(
    bodies.map(lambda body: body.name),
    bodies.map(lambda body: body.stem),
    bodies.map(lambda body: body.prefecture),
    bodies.map(lambda body: body.county),
    bodies.map(lambda body: body.reading),
    st.sampled_from([ward.name for ward in REGISTER.wards]),
    st.sampled_from(["役所", "役場", "庁", " ", "市", "町", "区", "ヶ", "\u200b", *DECORATIONS]),
    st.text(max_size=5),
)
texts = st.lists(pieces, max_size=4).map("".join)


def accepted_names(body: LocalGovernment) -> dict[str, Pattern]:
    if body.kind is Kind.PREFECTURE:
        return {body.name: Pattern.PREFECTURE_NAME, body.name + "庁": Pattern.PREFECTURE_OFFICE}
    office = "役場" if body.kind in {Kind.TOWN, Kind.VILLAGE} else "役所"
    return {
        body.name: Pattern.MUNICIPALITY_NAME,
        body.prefecture + body.name: Pattern.PREFECTURE_AND_MUNICIPALITY,
        body.name + office: Pattern.MUNICIPALITY_OFFICE,
    }


def codes(verdict: NameVerdict) -> list[str]:
    return [body.code for body in verdict.governments]


@pytest.mark.parametrize(("name", "verdict", "why", "expected", "best"), rows(), ids=lambda value: ascii(value)[:40])
def test_hard_names_get_their_verdict(name: str, verdict: str, why: str, expected: list[str], best: str) -> None:
    found = judge(name, REGISTER)
    assert found.verdict == verdict
    assert (found.pattern or found.problem) == why
    assert sorted(body.full_name for body in found.governments)[:4] == sorted(expected)[:4]
    assert (found.suggestions[:1] or ("",))[0] == best


def test_there_are_at_least_150_hard_names_and_each_stands_once() -> None:
    names = [row[0] for row in rows()]
    assert len(names) >= 150
    assert len(names) == len(set(names))


def test_every_listed_pattern_of_every_body_is_ok_with_its_pattern_and_code() -> None:
    for body in REGISTER.governments:
        for name, pattern in accepted_names(body).items():
            for given_body in (None, body):
                found = judge(name, REGISTER, government=given_body)
                assert (found.verdict, found.pattern, found.problem) == (NameOutcome.OK, pattern, None), name
                assert body.code in codes(found)
                assert given_body is None or codes(found) == [body.code]
                assert found.suggestions == ()


def test_an_accepted_name_lists_all_bodies_of_that_name_and_no_other() -> None:
    for body in REGISTER.governments:
        found = judge(body.name, REGISTER)
        wanted = [other.code for other in REGISTER.governments if body.name in {other.name, other.also}]
        assert codes(found) == wanted


def test_no_ward_of_a_designated_city_is_ever_ok_unless_a_special_ward_bears_its_name() -> None:
    for ward in REGISTER.wards:
        alone = judge(ward.name, REGISTER)
        assert (alone.verdict is NameOutcome.OK) == (ward.name in SPECIAL_WARDS)
        for name in (ward.city + ward.name, ward.full_name, ward.city + ward.office, ward.prefecture + ward.name):
            found = judge(name, REGISTER)
            assert found.problem is NameProblem.WARD_OF_DESIGNATED_CITY, name
            assert ward.city in found.suggestions


def test_no_decorated_name_is_ever_ok() -> None:
    for place, body in enumerate(REGISTER.governments):
        for name in accepted_names(body):
            for decoration in DECORATIONS[place % 5 :: 5]:  # each with a fifth of the bodies
                for decorated in (name + decoration, decoration + name):
                    found = judge(decorated, REGISTER)
                    assert found.verdict is NameOutcome.NG, decorated
                    assert found.governments, decorated


def test_spaces_and_counties_inside_are_unclear_for_every_body() -> None:
    for body in REGISTER.governments:
        assert judge(f"{body.name[:-1]} {body.name[-1]}", REGISTER).problem is NameProblem.INNER_SPACE
        if body.county:
            found = judge(body.prefecture + body.county + body.name, REGISTER)
            assert (found.verdict, codes(found)) == (NameOutcome.UNCLEAR, [body.code])


def test_the_wrong_office_word_is_refused_for_every_body() -> None:
    for body in REGISTER.governments:
        for word in {"役所", "役場", "庁"} - {body.office.removeprefix(body.name)}:
            found = judge(body.name + word, REGISTER)
            assert found.problem is NameProblem.WRONG_OFFICE_WORD
            assert body.office in found.suggestions


def test_bare_stems_are_refused_and_answered_with_the_whole_name() -> None:
    for body in REGISTER.governments:
        if body.stem == body.name:
            continue
        found = judge(body.stem, REGISTER)
        assert (found.verdict, found.problem) == (NameOutcome.NG, NameProblem.BARE_STEM)
        assert body.code in codes(found)


@settings(max_examples=500)
@given(texts)
def test_every_suggestion_is_itself_ok_and_every_text_gets_an_answer(text: str) -> None:
    found = judge(text, REGISTER)
    assert name_message(found)
    assert (found.problem is None) == (found.verdict is NameOutcome.OK)
    assert json.loads(json.dumps(found.as_json("…"))) == found.as_json("…")
    for name in found.suggestions:
        assert judge(name, REGISTER).verdict is NameOutcome.OK


@settings(max_examples=500)
@given(texts)
def test_only_the_listed_patterns_are_ok(text: str) -> None:
    found = judge(text, REGISTER)
    if found.verdict is NameOutcome.OK:
        compared = unicodedata.normalize("NFKC", text).strip()
        allowed = {name for body in found.governments for name in accepted_names(body)}
        spelled_by_itself = {
            name.replace(body.name, body.also) for body in found.governments for name in allowed if body.also
        }
        assert compared in allowed | spelled_by_itself


@given(texts, bodies)
def test_with_a_body_every_suggestion_is_ok_for_that_body(text: str, body: LocalGovernment) -> None:
    found = judge(text, REGISTER, government=body)
    assert found.verdict is NameOutcome.OK or found.suggestions
    for name in found.suggestions:
        assert judge(name, REGISTER, government=body).verdict is NameOutcome.OK


def the(full_name: str) -> LocalGovernment:
    (body,) = [body for body in REGISTER.governments if body.full_name == full_name]
    return body


@pytest.mark.parametrize(
    ("name", "body", "verdict", "problem"),
    [
        ("横浜市", "神奈川県川崎市", "ng", "other_body"),
        ("神奈川県", "神奈川県横浜市", "ng", "other_body"),
        ("横浜市", "神奈川県", "ng", "other_body"),
        ("府中市", "広島県府中市", "ok", None),
        ("東京都府中市", "広島県府中市", "ng", "other_body"),
        ("龍ヶ崎市", "茨城県龍ケ崎市", "unclear", "variant_spelling"),
        ("龍ヶ崎市", "神奈川県横浜市", "ng", "other_body"),
        ("北区", "大阪府大阪市", "ng", "ward_of_designated_city"),
        ("北区", "東京都北区", "ok", None),
        ("北区公式", "大阪府大阪市", "ng", "ward_of_designated_city"),
        ("丹波笹山市", "神奈川県川崎市", "ng", "misspelled"),
        ("横浜市公式", "神奈川県横浜市", "ng", "decoration"),
        ("横浜市公式", "神奈川県川崎市", "ng", "other_body"),
        ("ほげ", "神奈川県横浜市", "ng", "unknown_name"),
        ("", "神奈川県横浜市", "ng", "empty"),
    ],
)
def test_with_a_body_only_that_body_counts(name: str, body: str, verdict: str, problem: str | None) -> None:
    found = judge(name, REGISTER, government=the(body))
    assert (found.verdict, found.problem) == (verdict, problem)
    if verdict != "ok":
        assert found.suggestions
        assert set(found.suggestions) <= set(accepted_names(the(body)))


@pytest.mark.parametrize(
    ("name", "body", "verdict", "problem", "expected"),
    [
        ("府中市", "府中市", "ok", None, ["東京都府中市", "広島県府中市"]),
        ("広島県府中市", "ふちゅう", "ok", None, ["広島県府中市"]),
        ("横浜市", "神奈川県横浜市", "ok", None, ["神奈川県横浜市"]),
        ("横浜市", "横浜市教育委員会", "ok", None, ["神奈川県横浜市"]),
        ("横浜市", "横浜市中区", "ng", "body_not_eligible", []),
        ("横浜市", "神奈川県後期高齢者医療広域連合", "ng", "body_not_eligible", []),
        ("横浜市", "ほげ", "unclear", "body_not_found", ["神奈川県横浜市"]),
        ("横浜市公式", "ほげ", "ng", "decoration", ["神奈川県横浜市"]),
        ("神奈川県・横浜市", "横浜市", "ng", "decoration", ["神奈川県横浜市"]),
        ("北区", "浜北区", "unclear", "body_not_found", ["東京都北区"]),
        ("池田町", "揖斐郡池田町", "ok", None, ["岐阜県池田町"]),
        ("北海道池田町", "揖斐郡池田町", "ng", "other_body", ["北海道池田町"]),
        ("府中市", "府中市（広島）", "ok", None, ["広島県府中市"]),
        ("府中町", "府中", "ok", None, ["広島県府中町"]),
        ("丹波笹山市", "川崎市", "ng", "misspelled", []),
    ],
)
def test_a_typed_body_is_looked_up_first(
    name: str, body: str, verdict: str, problem: str | None, expected: list[str]
) -> None:
    found = judge_for(name, REGISTER, government=body)
    assert (found.verdict, found.problem) == (verdict, problem)
    assert [one.full_name for one in found.governments] == expected


@pytest.mark.parametrize("body", ["篠山市", "篠山市教育委員会", "丹波笹山市"])
def test_a_body_that_is_gone_or_misspelt_is_answered_with_the_names_of_today(body: str) -> None:
    found = judge_for("丹波篠山市", REGISTER, government=body)
    assert found.problem is NameProblem.BODY_NOT_FOUND
    assert found.suggestions[0] == "丹波篠山市"


def test_the_right_prefecture_with_the_wrong_kind_leads_to_its_own_body_first() -> None:
    for body in REGISTER.governments:
        if body.kind is Kind.PREFECTURE:
            continue
        name = body.prefecture + body.stem + ("町" if body.name.endswith("市") else "市")
        found = judge(name, REGISTER)
        assert found.governments[0].prefecture == body.prefecture, name


@pytest.mark.parametrize("name", ["㊥央区", "㊤越市", "㊐光市", "㊥央区役所", "横浜市㊙"])
def test_letters_in_a_frame_are_ornaments(name: str) -> None:
    found = judge(name, REGISTER)
    assert found.verdict is NameOutcome.NG
    assert found.suggestions


def test_a_municipality_that_a_prefecture_does_not_have_is_unknown() -> None:
    for body in REGISTER.governments:
        if body.kind is Kind.PREFECTURE:
            assert judge(body.name + "鬱林町", REGISTER).problem is NameProblem.UNKNOWN_MUNICIPALITY


def test_the_json_has_the_keys_of_the_interface() -> None:
    verdict = judge("横浜市公式", REGISTER)
    assert verdict.as_json(name_message(verdict)) == {
        "name": "横浜市公式",
        "verdict": "ng",
        "pattern": None,
        "bodies": [{"code": "141003", "prefecture": "神奈川県", "name": "横浜市"}],
        "problem": "decoration",
        "suggestions": ["横浜市", "神奈川県横浜市", "横浜市役所"],
        "message": "団体名以外の語や記号が付いています。団体名または庁舎名だけの名前にしてください。",
    }


def test_a_variant_that_the_body_uses_itself_is_ok_and_the_message_says_so() -> None:
    found = judge("檮原町役場", REGISTER)
    assert found.verdict is NameOutcome.OK
    assert "団体自身も使う表記" in name_message(found)
    assert "高知県梼原町" in name_message(found)


@pytest.mark.parametrize(
    "text",
    [
        "あ" * 5000,
        "横浜市" * 1666,
        "公式" * 2500,
        "神奈川県" * 1250,
        "大阪府中市郡" * 833,
        "😀" * 5000,
        "\u202e" * 5000,
        "が" * 5000,
        "﷽" * 5000,
        "a" * 5000,
        "\x00" * 5000,
        " \u3000" * 2500,
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 700,
        "ｶﾞ" * 2500,
        "\ud800",
    ],
    ids=ascii,
)
def test_long_and_strange_input_gets_a_clear_answer_quickly(text: str) -> None:
    judge("よこはま", REGISTER)  # the tables that are built once are built now
    started = time.perf_counter()
    found = judge(text, REGISTER)
    assert time.perf_counter() - started < 0.5
    assert found.verdict is NameOutcome.NG
    assert len(name_message(found)) < 200


def test_space_around_a_name_does_not_count_however_much_it_is() -> None:
    assert judge("　" * 3000 + "横浜市\n", REGISTER).verdict is NameOutcome.OK
