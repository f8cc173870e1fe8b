"""The counters' content: complete, and every mistake stops the start with its file and line."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.content.cached import fee_texts, premium_id_texts
from bot.content.contact_routes import ContactTexts
from bot.content.fees import FeeTexts
from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import ContentError, load_yaml
from bot.content.models import Knowledge
from bot.content.partner_needs import PartnerTexts
from bot.content.premium_id import PremiumIdTexts
from bot.content.stateless_flows import ProcessTexts, ScheduleTexts, load_counters
from bot.text.measure import graphemes


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of the counters' files that a test may spoil."""
    for name in ("schedule", "process", "partner_needs", "contact_routes", "after", "reminders", "desk_chat"):
        shutil.copy(JA / f"{name}.yaml", tmp_path)
    return tmp_path


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("file", "change", "problem"),
    [
        ("partner_needs", ("entry: partner_liny", "entry: partner_lini"), "no such entry: partner_lini"),
        ("partner_needs", ("what: partner_what", "what: partner_why"), "no such entry: partner_why"),
        ("partner_needs", ("  payment: 支払い", "  payment: 支払い\n  magic: 魔法"), "no partner for magic"),
        ("partner_needs", ("      payment: ", "      pavment: "), "no text for pavment"),
        ("schedule", ("    light: 現在ライトプラン", "    right: 現在ライトプラン"), "no text for light"),
        ("schedule", ("（{plan}）", "（{plant}）"), r"nobody fills in {plant}"),
        ("contact_routes", ("    opens: partners", "    opens: ''"), "neither a mail address nor a link"),
        ("process", ("who: line", "who: lime"), "who"),
        ("desk_chat", ("平日{hours}に", "平日{time}に"), r"nobody fills in {time}"),
        ("reminders", ("  sheet: {label", "  shoot: {label"), "shoot"),
        ("reminders", ("{on}に申し込む", "{off}に申し込む"), r"nobody fills in {off}"),
        ("after", ("{unusual}", "{usual}"), r"nobody fills in {usual}"),
        (
            "after",
            ("{communication: コミュニケーションプラン, light:", "{communication: コミュニケーションプラン, right:"),
            "no text for light",
        ),
        ("after", ("  not_these: '認証", "  not_these: '(認証"), "not a pattern"),
    ],
)
def test_mistake_stops_the_start_and_is_named(
    own: Path, knowledge: Knowledge, file: str, change: tuple[str, str], problem: str
) -> None:
    spoil(own / f"{file}.yaml", *change)
    with pytest.raises(ContentError) as caught:
        load_counters(knowledge, own)
    assert f"{file}.yaml:" in str(caught.value)
    assert problem in str(caught.value)


def test_unspoilt_content_loads(own: Path, knowledge: Knowledge) -> None:
    assert len(load_counters(knowledge, own).partners.partners) == 10


def test_choice_that_is_no_number_of_messages_stops_the_start() -> None:
    raw = fee_texts().model_dump(mode="json")
    raw["question"]["choices"] = {"many": "たくさん"}
    with pytest.raises(ValueError, match="a choice is a number of messages"):
        FeeTexts.model_validate(raw)


def test_row_without_a_cell_for_each_kind_of_id_stops_the_start() -> None:
    raw = premium_id_texts().model_dump(mode="json")
    raw["table"]["rows"][0]["cells"] = ["無料"]
    with pytest.raises(ValueError, match="too few or too many cells"):
        PremiumIdTexts.model_validate(raw)


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("schedule", ScheduleTexts),
        ("process", ProcessTexts),
        ("partner_needs", PartnerTexts),
        ("contact_routes", ContactTexts),
    ],
)
def test_every_label_is_short_enough_for_a_button(file: str, model: Any) -> None:
    texts = load_yaml(JA / f"{file}.yaml", model).model_dump()
    labels = [*texts.get("buttons", {}).values(), *texts.get("rows", {}).values(), *texts.get("needs", {}).values()]
    labels += [label for route in texts.get("routes", ()) for label in (route["concern"], route["mail_label"])]
    assert all(graphemes(label) <= 20 for label in labels)


def test_addresses_of_the_desks_are_those_of_the_knowledge(knowledge: Knowledge) -> None:
    """One address, written in two files for two purposes, must not drift apart."""
    known = {link.url for entry in knowledge.entries for link in entry.links}
    known |= {copy.text for entry in knowledge.entries for copy in entry.copies}
    for route in load_counters(knowledge).contacts.routes:
        assert {link.url for link in route.links} <= known
        assert not route.mail or route.mail in known
