"""The link of a sheet: it holds the answers, nobody can change it, and it ends after 30 days."""

import base64
import zlib
from datetime import date, timedelta

import pytest
from itsdangerous import URLSafeSerializer

from bot.domain.answers import AnswersError
from bot.runtime.key_derivation import derive_key, derive_keys
from bot.sheet.links import PURPOSE, SheetExpiredError, SheetLinkError, SheetLinks
from tests.conftest import SECRET_KEY
from tests.web.conftest import token

TODAY = date(2026, 11, 22)
ANSWERS: dict[str, object] = {
    "has_account": True,
    "body": "神奈川県横浜市",
    "applicant": "staff",
    "account_name": "横浜市",
    "verified": "yes",
    "plan_in_use": "none",
    "current_plan": "light",
    "email_domain": "city.yokohama.lg.jp",
    "apply_date": "2026-12-01",
}


def test_link_gives_back_the_answers_and_the_day(links: SheetLinks) -> None:
    asked = links.read(token(links, ANSWERS, TODAY), TODAY)
    assert asked.answers.model_dump(mode="json") == ANSWERS
    assert asked.on == TODAY


def test_link_leads_to_the_public_address_and_is_fit_for_a_path(links: SheetLinks) -> None:
    link = links.link(ANSWERS, TODAY)
    assert link.startswith("http://127.0.0.1:8000/sheet/")
    assert set(link.rpartition("/")[2]) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_the_same_answers_on_the_same_day_make_the_same_link(links: SheetLinks) -> None:
    assert links.link(ANSWERS, TODAY) == links.link(dict(reversed(ANSWERS.items())), TODAY)


def test_answers_that_were_skipped_are_left_out(links: SheetLinks) -> None:
    asked = links.read(token(links, {"body": "横浜市", "account_name": None}, TODAY), TODAY)
    assert asked.answers.model_dump(exclude_none=True) == {"body": "横浜市"}


def test_of_a_mail_address_only_the_domain_goes_into_the_link(links: SheetLinks) -> None:
    made = token(links, {"email_domain": "taro.yamada@city.yokohama.lg.jp"}, TODAY)
    assert "taro" not in _inside(made)
    assert "city.yokohama.lg.jp" in _inside(made)


def test_what_is_no_answer_of_the_pre_check_makes_no_link(links: SheetLinks) -> None:
    with pytest.raises(AnswersError, match="phone"):
        links.link({"phone": "045-000-0000"}, TODAY)


@pytest.mark.parametrize(("days", "valid"), [(0, True), (30, True), (31, False), (400, False)])
def test_link_is_good_for_thirty_days(links: SheetLinks, days: int, valid: bool) -> None:
    made = token(links, ANSWERS, TODAY)
    day = TODAY + timedelta(days=days)
    if valid:
        assert links.read(made, day).valid_until == date(2026, 12, 22)
    else:
        with pytest.raises(SheetExpiredError):
            links.read(made, day)


def test_a_link_changed_in_any_one_place_is_refused(links: SheetLinks) -> None:
    made = token(links, ANSWERS, TODAY)
    for place, letter in enumerate(made):
        altered = made[:place] + ("A" if letter != "A" else "B") + made[place + 1 :]
        with pytest.raises(SheetLinkError) as refusal:
            links.read(altered, TODAY)
        assert not isinstance(refusal.value, SheetExpiredError)


@pytest.mark.parametrize("end", ["=", "==", ".", "A", " ", "\n"])
def test_a_link_with_something_behind_it_is_refused(links: SheetLinks, end: str) -> None:
    with pytest.raises(SheetLinkError):
        links.read(token(links, ANSWERS, TODAY) + end, TODAY)


def test_the_last_letter_is_good_in_one_spelling_only(links: SheetLinks) -> None:
    made = token(links, ANSWERS, TODAY)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for letter in set(letters) - {made[-1]}:  # some of its bits say nothing
        with pytest.raises(SheetLinkError):
            links.read(made[:-1] + letter, TODAY)


def test_link_opens_while_the_key_that_signed_it_is_listed() -> None:
    newer = "n" * 32
    token = (
        SheetLinks(derive_keys(SECRET_KEY, PURPOSE), "https://a.example")
        .link({"body": "神奈川県横浜市"}, TODAY)
        .rpartition("/")[2]
    )
    assert (
        SheetLinks(derive_keys(f"{newer},{SECRET_KEY}", PURPOSE), "https://a.example").read(token, TODAY).answers.body
    )
    with pytest.raises(SheetLinkError):
        SheetLinks(derive_keys(newer, PURPOSE), "https://a.example").read(token, TODAY)


@pytest.mark.parametrize("key", ["another-secret-key-of-32-letters", SECRET_KEY[::-1]])
def test_a_link_signed_with_another_key_is_refused(links: SheetLinks, key: str) -> None:
    with pytest.raises(SheetLinkError):
        links.read(token(SheetLinks(derive_keys(key, PURPOSE), "http://127.0.0.1:8000"), ANSWERS, TODAY), TODAY)


def test_what_our_key_signed_for_another_purpose_is_refused(links: SheetLinks) -> None:
    content = {"v": 1, "on": "2026-11-22", "a": ANSWERS}
    other = URLSafeSerializer(derive_key(SECRET_KEY, "console"), salt="sheet").dumps(content)
    with pytest.raises(SheetLinkError):
        links.read(str(other), TODAY)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"v": 2, "on": "2026-11-22", "a": {}},
        {"v": 1, "on": "tomorrow", "a": {}},
        {"v": 1, "on": "2026-11-22", "a": {"colour": "red"}},
        {"v": 1, "on": "2026-11-22", "a": {}, "more": 1},
    ],
)
def test_signed_content_of_another_shape_is_refused(links: SheetLinks, content: object) -> None:
    with pytest.raises(SheetLinkError):
        links.read(str(links._serializers[0].dumps(content)), TODAY)  # nobody else can sign


@pytest.mark.parametrize(
    "garbage",
    ["", ".", "...", "a.b", "%00", "ひらがな", "\ud800", "x" * 5_000, ".eJw" + "A" * 400 + ".sig", "../../etc/passwd"],
)
def test_garbage_is_refused(links: SheetLinks, garbage: str) -> None:
    with pytest.raises(SheetLinkError):
        links.read(garbage, TODAY)


def test_the_longest_answers_of_a_chat_are_read_back(links: SheetLinks) -> None:
    answers = {
        **ANSWERS,
        "body": "𠮷👩‍👩‍👧‍👦" * 10,
        "account_name": "市" * 120,
        "email_domain": f"{'a' * 60}.{'b' * 60}.jp",
    }
    made = token(links, answers, TODAY)
    assert len(made) < 2_500
    assert links.read(made, TODAY).answers.account_name == "市" * 120


def _inside(made: str) -> str:
    payload = made.rpartition(".")[0]
    raw = base64.urlsafe_b64decode(payload.strip(".") + "===")
    return (zlib.decompress(raw) if payload.startswith(".") else raw).decode()
