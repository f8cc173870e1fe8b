"""When a user sees the menu that goes on with a pre-check: from its first question to its end, and no longer."""

from datetime import date
from typing import Any

import pytest

from bot.rich_menus.menu_change import MenuChange, MenuKind
from bot.rich_menus.texts import alias_of
from bot.worker.turn_runner import TurnRunner
from tests.release import release_resources

USER = "U" + "0" * 32
RESUME = "flow=menu&step=open&value=resume"


class FlowState:
    """One user's conversation; `shows` is the menu that the last event led to, if it led to another one."""

    turns = TurnRunner(release_resources(), lambda: date(2026, 11, 24))

    def __init__(self, source: dict[str, str] | None = None) -> None:
        self._source = source or {"type": "user", "userId": USER}
        self._session = b""

    def gets(self, kind: str, **event: Any) -> str | None:
        raw = {"type": kind, "mode": "active", "webhookEventId": "E", "replyToken": "t", "source": self._source}
        done = self.turns.run({**raw, **event}, self._session)
        self._session = done.session
        kinds: tuple[MenuKind, ...] = ("resume", "waiting", "default")
        assert done.rich_menu in (None, *(MenuChange(USER, kind) for kind in kinds))
        return done.rich_menu.menu if done.rich_menu else None

    def says(self, text: str, **event: Any) -> str | None:
        return self.gets("message", message={"id": "1", "type": "text", "text": text}, **event)

    def taps(self, data: str, **params: str) -> str | None:
        return self.gets("postback", postback={"data": data, "params": params})

    def forgets(self) -> None:
        """Seven days go by: the conversation expires and nobody is told."""
        self._session = b""


@pytest.fixture
def talk() -> FlowState:
    return FlowState()


def test_it_comes_with_the_first_question_and_goes_with_the_verdict(talk: FlowState) -> None:
    assert talk.says("申込前チェック") == "resume"
    assert talk.says("横浜市") is None
    assert talk.says("料金はいくらですか") is None, "a question in between changes nothing"
    assert talk.says("最初から") is None
    assert talk.says("横浜市西区") == "default", "a verdict at once"
    assert talk.says("料金") is None


def test_it_stays_while_a_pre_check_is_set_aside(talk: FlowState) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    assert talk.says("やめる") is None
    assert talk.says("メニュー") is None
    assert talk.says("続ける") is None


def test_it_goes_when_nothing_was_answered_yet_and_the_user_leaves(talk: FlowState) -> None:
    talk.says("申込前チェック")
    assert talk.says("やめる") == "default"


@pytest.mark.parametrize("what", ["データ削除", "unfollow"])
def test_it_goes_with_the_data(talk: FlowState, what: str) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    assert (talk.gets("unfollow") if what == "unfollow" else talk.says(what)) == "default"
    assert talk.says("メニュー") is None


def test_tab_brings_it_back_because_the_tab_itself_is_the_same_for_everyone(talk: FlowState) -> None:
    apply, ask = alias_of("apply"), alias_of("ask")
    assert talk.taps("flow=menu&step=tab&value=apply", newRichMenuAliasId=apply, status="SUCCESS") is None
    talk.says("申込前チェック")
    assert talk.taps("flow=menu&step=tab&value=ask", newRichMenuAliasId=ask, status="SUCCESS") is None
    assert talk.taps("flow=menu&step=tab&value=apply", newRichMenuAliasId=apply, status="SUCCESS") == "resume"
    assert talk.taps("flow=menu&step=tab&value=apply", status="RICHMENU_NOTFOUND") is None


def test_one_that_outlived_its_conversation_goes_when_it_is_tapped(talk: FlowState) -> None:
    talk.says("申込前チェック")
    talk.forgets()
    assert talk.taps(RESUME) == "default"


def test_one_that_outlived_blocking_goes_when_the_user_is_back(talk: FlowState) -> None:
    assert talk.gets("follow", follow={"isUnblocked": True}) == "default"
    assert talk.gets("follow", follow={"isUnblocked": False}) is None


def test_other_functions_change_nothing(talk: FlowState) -> None:
    for text in ("メニュー", "料金", "プレミアムID", "アカウント名チェック", "横浜市", "日程", "お問い合わせ"):
        assert talk.says(text) is None


def test_groups_and_standby_change_nothing(talk: FlowState) -> None:
    group = FlowState({"type": "group", "groupId": "C1", "userId": USER})
    mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
    message = {"id": "1", "type": "text", "text": "@窓口 申込前チェック", "mention": mention}
    assert group.gets("message", message=message) is None
    assert talk.says("申込前チェック", mode="standby") is None


def test_event_that_says_not_who_it_is_from_changes_nothing() -> None:
    assert FlowState({"type": "user"}).says("申込前チェック") is None


def test_menu_with_the_state_of_the_review_comes_with_the_application_and_goes_with_its_result(talk: FlowState) -> None:
    assert talk.says("昨日申し込みました") == "waiting"
    assert talk.says("ライト") is None
    assert talk.says("料金はいくらですか") is None
    assert talk.taps("flow=menu&step=tab&value=apply", newRichMenuAliasId=alias_of("apply")) == "waiting"
    assert talk.says("申込前チェック") == "resume", "an unfinished pre-check goes first"
    assert talk.says("横浜市西区") == "waiting"
    assert talk.says("適用されました") == "default"


def test_menu_of_a_forgotten_application_goes_at_its_first_tap(talk: FlowState) -> None:
    talk.says("昨日申し込みました")
    talk.says("ライト")
    talk.forgets()
    assert talk.taps("flow=menu&step=open&value=after") == "default"
