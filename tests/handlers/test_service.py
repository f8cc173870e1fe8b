"""Notices, switches and the closed bot, as the desk publishes them."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.content.knowledge import load_knowledge
from bot.content.loader import ContentError
from bot.content.service import load_service
from bot.content.units import Change, Value
from bot.content.version import ContentVersion, using_version
from bot.flows.context import Context, Resources
from bot.flows.resources import load_resources
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers import service
from bot.handlers.events import read_event
from bot.replies.views import AnswerView, Menu, Notice, Question
from bot.runtime.clock import JAPAN

RELEASE = load_resources("none")
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=JAPAN)
OFF = "架空の機能は休止しています。"


def resources(**changes: Value) -> Resources:
    """Return the resources of the release with other notices and switches."""
    units = {f"service:{name.replace('__', '/')}": Change(value, "") for name, value in changes.items()}
    with using_version(ContentVersion(changes=units)):
        found = load_service(RELEASE.knowledge)
    return Resources(**{**{name: getattr(RELEASE, name) for name in RELEASE.__slots__}, "service": found})


def says(
    text: str, given: Resources, session: Session | None = None, *, now: datetime = NOON, **raw: Any
) -> TurnResult:
    message = {"type": "message", "source": {"type": "user", "userId": "U1"}, "message": {"type": "text", "text": text}}
    ctx = Context(given, date(2026, 12, 1), "sid1", now=now)
    return service.react(read_event({**message, **raw}), session or Session(), ctx)


def shown(result: TurnResult) -> list[str]:
    return [reply.text for reply in result.replies if isinstance(reply, Notice)]


NOTICE: Value = [
    {"from": "2026-12-01 11:00", "until": "2026-12-01 13:00", "text": "架空のお知らせ", "entries": "plan_fee"}
]


def test_release_has_no_notice_and_everything_is_open() -> None:
    found = load_service(load_knowledge())
    assert (list(found.notices), set(found.switches.values()), found.closed_at(NOON)) == ([], {""}, "")
    assert set(found.switches) == set(RELEASE.texts.ui.menu.items)


@pytest.mark.parametrize(("text", "kind"), [("メニュー", Menu), ("料金はいくらですか", AnswerView)])
def test_notice_stands_before_menu_and_matching_answer(text: str, kind: type) -> None:
    found = says(text, resources(notices=NOTICE)).replies
    assert isinstance(found[0], Notice)
    assert found[0].text == "架空のお知らせ"
    assert isinstance(found[1], kind)


def test_notice_greets_new_friends_and_leaves_other_answers_alone() -> None:
    given = resources(notices=NOTICE)
    assert shown(says("", given, type="follow"))[:1] == ["架空のお知らせ"]
    assert shown(says("申込前チェック", given)) == []


@pytest.mark.parametrize(("hour", "seen"), [(10, False), (11, True), (12, True), (13, False)])
def test_notice_begins_and_ends_by_itself(hour: int, *, seen: bool) -> None:
    now = NOON.replace(hour=hour)
    assert bool(shown(says("メニュー", resources(notices=NOTICE), now=now))) == seen


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("precheck", "申込前チェック"),
        ("plans", "料金"),
        ("plans", "8万通送ったらいくら"),
        ("premium_id", "@yokohama-city"),
        ("name_check", "アカウント名チェック 横浜市"),
        ("schedule", "日程"),
        ("partners", "パートナー"),
        ("process", "申込の流れ"),
        ("contacts", "お問い合わせ"),
        ("faq", "料金はいくらですか"),
    ],
)
def test_switched_off_function_says_its_sentence_and_others_go_on(function: str, text: str) -> None:
    given = resources(**{f"switches__{function}": OFF})
    assert shown(says(text, given)) == [OFF]
    assert OFF not in shown(says(text, RELEASE))
    assert OFF not in shown(says("メニュー", given))


def test_answers_of_a_pre_check_are_kept_while_it_is_switched_off() -> None:
    begun = says("横浜市", RELEASE, says("申込前チェック", RELEASE).session).session
    given = resources(switches__precheck=OFF)
    for text in ("はい", "続ける", "申込前チェック"):
        paused = says(text, given, begun)
        assert (shown(paused), paused.session.flows) == ([OFF], begun.flows)
    assert any(isinstance(reply, Question) for reply in says("はい", RELEASE, begun).replies)
    assert shown(says("メニュー", given, begun)) == []


def test_switched_off_function_is_off_in_groups_too() -> None:
    given = resources(switches__partners=OFF)
    mention = {"mentionees": [{"index": 0, "length": 3, "isSelf": True}]}
    message = {"type": "text", "text": "@窓口 パートナー", "mention": mention}
    source = {"type": "group", "groupId": "C1", "userId": "U1"}
    assert shown(says("", given, source=source, message=message)) == [OFF]
    assert shown(says("", given, source=source, message={"type": "text", "text": "パートナー"})) == []


def test_closed_bot_says_until_when_and_still_erases() -> None:
    given = resources(closed__text="年末年始は休みです。", closed__until="2026-12-02 09:00")
    begun = says("申込前チェック", RELEASE).session
    closed = says("横浜市", given, begun)
    assert shown(closed) == ["年末年始は休みです。（2026-12-02 09:00 に再開する予定です）"]
    assert closed.session == begun
    assert says("データを削除", given, begun).session != begun
    assert says("", given, begun, type="unfollow").erase
    assert isinstance(says("メニュー", given, now=NOON.replace(day=3)).replies[0], Menu)


@pytest.mark.parametrize(
    "wrong",
    [
        [{"from": "2026-12-01 11:00", "until": "2026-12-01 10:00", "text": "x"}],
        [{"from": "12/1", "until": "2026-12-01 10:00", "text": "x"}],
        [{"from": "2026-12-01 09:00", "until": "2026-12-01 10:00", "text": "x", "entries": "made_up"}],
        ["x"],
    ],
)
def test_notice_with_a_mistake_cannot_be_published(wrong: Value) -> None:
    with pytest.raises(ContentError):
        resources(notices=wrong)
