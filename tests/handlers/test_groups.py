"""In a group: silent unless mentioned, nothing remembered, and no button that leads into the silence."""

from typing import Any

import pytest

from bot.flows.context import Context, Resources
from bot.flows.session import VERSIONS_KEPT, GroupState, Session
from bot.flows.turn_result import Unanswered
from bot.handlers import groups
from bot.handlers.events import read_event
from bot.replies.plain_text import choices, fallback_text
from bot.replies.render import render_all
from tests.flows.conftest import TODAY
from tests.line_emulator.strictly import check_messages
from tests.release import release_resources

REFUSED = "1対1のトークでご利用ください"
GROUP = {"type": "group", "groupId": "C1", "userId": "U1"}


class Group:
    """Plays events of one group; whatever is sent holds LINE's rules and works there."""

    resources: Resources = release_resources()

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.session = Session()
        self.unanswered: Unanswered | None = None

    def gets(self, kind: str, **event: Any) -> str:
        ctx = Context(resources=self.resources, today=TODAY, new_conversation_id="sid")
        raw = {"type": kind, "webhookEventId": "1", "source": GROUP, "replyToken": "r", **event}
        turn = groups.react(read_event(raw), self.session, ctx)
        self.session = turn.session
        assert turn.session.with_group(GroupState()) == Session(), "nothing but times and ids"
        self.messages, self.unanswered = render_all(turn.replies), turn.unanswered
        assert check_messages(self.messages) == [] or not self.messages
        assert "message" not in {action["type"] for action in self.actions}
        return "\n".join(fallback_text(message, quick=True) for message in self.messages)

    @property
    def actions(self) -> list[dict[str, Any]]:
        return [dict(action) for message in self.messages for action in choices(message)]

    def hears(self, text: str) -> str:
        mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
        return self.gets("message", message={"type": "text", "id": "1", "text": f"@窓口 {text}", "mention": mention})

    def overhears(self, text: str) -> str:
        return self.gets("message", message={"type": "text", "id": "1", "text": text})

    def taps(self, data: str) -> str:
        return self.gets("postback", postback={"data": data})

    def tap_label(self, label: str) -> str:
        return self.taps(next(one["data"] for one in self.actions if label in (one["label"], one.get("displayText"))))


@pytest.fixture
def group() -> Group:
    return Group()


def test_it_introduces_itself_and_asks_to_be_mentioned(group: Group) -> None:
    text = group.gets("join")
    assert "1対1のトークでのご利用をお願いします" in text
    assert "メンションした" in text


@pytest.mark.parametrize("text", ["メニュー", "料金はいくらですか", "おはようございます"])
def test_chatter_is_not_answered(group: Group, text: str) -> None:
    assert group.overhears(text) == ""


@pytest.mark.parametrize(
    ("word", "shown"),
    [("料金", "無料"), ("プレミアムID", "プレミアムID"), ("パートナー", "Govtech Partner"), ("お問い合わせ", "窓口")],
)
def test_words_that_open_a_function_are_answered(group: Group, word: str, shown: str) -> None:
    text = group.hears(word)
    assert REFUSED not in text
    assert shown in text


@pytest.mark.parametrize("word", ["申込前チェック", "アカウント名チェック", "データ削除", "戻る"])
def test_what_is_one_bodys_matter_belongs_to_1_to_1_and_still_leads_on(group: Group, word: str) -> None:
    assert REFUSED in group.hears(word)
    assert "分野をお選びください" in group.tap_label("よくある質問")


@pytest.mark.parametrize(
    "text",
    [
        "箱根町です。認証済みで今はライト、12/18に申し込みます",
        "いったん終わりにします",
        "続きお願いします",
    ],
)
def test_a_case_or_a_command_in_free_words_belongs_to_1_to_1_and_is_not_kept(group: Group, text: str) -> None:
    assert REFUSED in group.hears(text)
    assert group.unanswered is None


@pytest.mark.parametrize(
    "text", ["箱根町です。認証済みで今はライト", "さっきのやっぱり違って、認証済みでした", "やめる"]
)
def test_what_bystanders_say_about_their_case_is_not_answered(group: Group, text: str) -> None:
    assert group.overhears(text) == ""


def test_menu_is_the_list_of_questions(group: Group) -> None:
    assert "分野をお選びください" in group.hears("メニュー")


@pytest.mark.parametrize("text", ["", "ヘルプ"])
def test_help_and_a_bare_mention_say_how_to_ask_in_a_group(group: Group, text: str) -> None:
    assert "ボットをメンションして" in group.hears(text)


def test_question_that_is_not_covered_gets_its_desk_and_is_counted(group: Group) -> None:
    text = group.hears("住民票")
    assert "担当の課" in text
    assert group.unanswered == Unanswered("住民票", "none")
    assert "窓口" in group.taps(group.actions[0]["data"])


def test_wrong_shows_the_next_best_and_at_last_the_desks(group: Group) -> None:
    shown = {group.hears("アカウントは複数持てますか")}  # one answer is clear, and another is possible
    for _ in range(5):
        text = group.tap_label("ちがう")
        if "ほかに近い答えがありません" in text:
            break
        assert text not in shown
        shown.add(text)
    assert len(shown) > 1
    assert "メンション" in text
    assert "ご用件に近いものをお選びください" in group.tap_label("窓口を見る")


def test_thanks_ask_for_a_mention(group: Group) -> None:
    group.hears("料金はいくらですか")
    text = group.tap_label("役に立った")
    assert "続けて入力" not in text
    assert "メンション" in text


@pytest.mark.parametrize(
    "asked", ["料金はいくらですか", "メニュー", "住民票", "パートナー", "お問い合わせ", "申込の流れ", "名前"]
)
def test_every_button_leads_somewhere(group: Group, asked: str) -> None:
    group.hears(asked)
    ahead, seen = [action["data"] for action in group.actions if "data" in action], set[str]()
    assert ahead
    while ahead:
        data = ahead.pop()
        if data in seen or len(seen) > 120:
            continue
        seen.add(data)
        text = group.taps(data)
        assert REFUSED not in text
        assert "使えなくなりました" not in text
        assert group.actions
        ahead += [action["data"] for action in group.actions if "data" in action]


def test_button_of_a_talk_belongs_to_1_to_1(group: Group) -> None:
    assert REFUSED in group.taps("flow=precheck&step=body&value=x&sid=a")
    assert REFUSED in group.taps("nonsense")


MENTION = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}


def asked(
    group: Group, text: str, at: int, *, message: str = "m1", kind: str = "message", mentions: bool = True
) -> str:
    content = {"type": "text", "id": message, "text": f"@窓口 {text}", "quoteToken": "q" * 20}
    return group.gets(kind, timestamp=at, message={**content, **({"mention": MENTION} if mentions else {})})


def test_edited_question_is_answered_anew() -> None:
    group = Group()
    assert "無料" in asked(group, "料金はいくらですか", 1_000_000)
    assert "営業日" in asked(group, "何営業日で適用されますか", 1_100_000, kind="messageEdited")


def test_older_version_that_arrives_late_is_not_answered() -> None:
    group = Group()
    assert asked(group, "何営業日で適用されますか", 1_100_000, kind="messageEdited")
    assert asked(group, "料金はいくらですか", 1_000_000) == ""
    assert asked(group, "料金はいくらですか", 1_050_000, kind="messageEdited") == ""
    assert asked(group, "料金はいくらですか", 1_200_000, kind="messageEdited")


def test_edit_without_a_mention_takes_the_question_back() -> None:
    group = Group()
    assert asked(group, "料金はいくらですか", 1_100_000, kind="messageEdited", mentions=False) == ""
    assert asked(group, "料金はいくらですか", 1_000_000) == "", "the original came late"


def test_versions_of_old_messages_are_forgotten() -> None:
    group = Group()
    for number in range(VERSIONS_KEPT + 5):
        asked(group, "料金", 1_000_000 + number, message=f"m{number}")
    assert list(group.session.group.versions) == [f"m{number}" for number in range(5, VERSIONS_KEPT + 5)]


def test_answer_in_a_busy_group_quotes_its_question() -> None:
    group = Group()
    asked(group, "料金はいくらですか", 1_000_000)
    assert "quoteToken" not in group.messages[0], "nobody else wrote"
    asked(group, "お昼はどうする", 2_000_000, message="m2", mentions=False)
    asked(group, "料金はいくらですか", 2_030_000, message="m3")
    assert group.messages[0]["quoteToken"] == "q" * 20
    assert group.messages[1]["type"] == "flex"
    asked(group, "料金はいくらですか", 2_200_000, message="m4")
    assert "quoteToken" not in group.messages[0]
