"""LINE emoji and mentions are taken out of a message before anything reads it."""

from typing import Any

import pytest

from bot.flows.context import Resources
from bot.flows.session import FlowState, Session, dump, load
from bot.worker.turn_runner import TurnOutput, TurnRunner
from tests.flows.conftest import TODAY

FORMS = ("(love)", "()", "(moon smile)", "(笑)", "\U00100084")
PRODUCT = {"productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def message(text: str, *forms: str) -> dict[str, Any]:
    """A webhook message in which each of the forms, in their order, is a LINE emoji."""
    emojis, start = [], 0
    for form in forms:
        start = text.index(form, start)
        emojis.append({"index": units(text[:start]), "length": units(form), **PRODUCT})
        start += len(form)
    return {"type": "text", "id": "1", "text": text, **({"emojis": emojis} if emojis else {})}


class Chat:
    """The turns of one user, with what was sent last."""

    def __init__(self, resources: Resources) -> None:
        self._turns = TurnRunner(resources, lambda: TODAY)
        self.stored, self.done = b"", TurnOutput(b"", None)

    def gets(self, message: dict[str, Any], *, group: bool = False) -> str:
        source = {"type": "user", "userId": "U1"}
        source = {"type": "group", "groupId": "C1", "userId": "U1"} if group else source
        event = {"type": "message", "webhookEventId": "e", "replyToken": "r", "source": source, "message": message}
        self.done = self._turns.run(event, self.stored)
        self.stored = self.done.session
        return str(self.done.outbox_entry.messages) if self.done.outbox_entry else ""

    def says(self, text: str, *forms: str) -> str:
        return self.gets(message(text, *forms))

    def at(self, step: str, **answers: Any) -> "Chat":
        self.stored = dump(
            Session().activate(FlowState(flow="precheck", conversation_id="s", step=step, answers=answers))
        )
        return self

    def recorded(self, step: str) -> Any:
        talk = load(self.stored).flows.get("precheck")
        return talk.answers.get(step) if talk else None


@pytest.fixture
def chat(resources: Resources) -> Chat:
    return Chat(resources)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["データ削除{}", "{}データ削除", "データ{}削除"])
def test_data_are_erased_whatever_emoji_stands_beside_the_word(chat: Chat, text: str, form: str) -> None:
    chat.at("email_domain")
    said = text.format(form)
    event = {"type": "message", "source": {"type": "user", "userId": "U1"}, "message": message(said, form)}
    assert chat._turns.erases(event)
    assert "データを削除しました" in chat.says(said, form)
    assert (chat.done.erase, chat.stored) == (True, b"")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("メニュー{}", "ご用件をお選びください"),
        ("{}メニュー", "ご用件をお選びください"),
        ("料金はいくらですか{}", "無料"),
    ],
)
def test_words_and_questions_are_read_without_emoji(chat: Chat, text: str, shown: str, form: str) -> None:
    assert shown in chat.says(text.format(form), form)
    assert chat.done.unanswered is None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("step", "said", "value"),
    [
        ("apply_date", "12月10日{}", "2026-12-10"),
        ("applicant", "{}職員です", "staff"),
        ("current_plan", "ライト{}", "light"),
        ("email_domain", "lg.jp{}", "lg.jp"),
        ("account_name", "横浜市{}", "横浜市"),
    ],
)
def test_answers_are_read_without_emoji(chat: Chat, step: str, said: str, value: str, form: str) -> None:
    chat.at(step, body="神奈川県横浜市", has_account=True).says(said.format(form), form)
    assert chat.recorded(step) == value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("times", [1, 3])
def test_only_emoji_get_the_word_for_stickers_and_count_as_no_question(chat: Chat, form: str, times: int) -> None:
    assert "スタンプありがとうございます" in chat.says(form * times, *[form] * times)
    assert chat.done.unanswered is None


@pytest.mark.parametrize(
    ("step", "said", "value"),
    [("body", "⻄原村", "熊本県西原村"), ("body", "⻑野市", "長野県長野市"), ("account_name", "⻄原村", "西原村")],
)
def test_answer_copied_from_a_pdf_is_recorded_in_kanji(chat: Chat, step: str, said: str, value: str) -> None:
    chat.at(step, body="熊本県西原村", has_account=True).says(said)
    assert chat.recorded(step) == value


def test_name_of_which_a_letter_may_be_lost_is_asked_back(chat: Chat) -> None:
    said = chat.at("body").says("□原村")
    assert chat.recorded("body") is None
    assert "熊本県西原村" in said


def test_brackets_that_are_no_emoji_are_read(chat: Chat) -> None:
    assert chat.says("(love)").count("スタンプ") == 0


@pytest.mark.parametrize("nothing", ["\u200b", "。", "…", "\ufffc", "🙏", "()", " ", "！", "👨‍👩‍👧‍👦"])
@pytest.mark.parametrize("group", [False, True])
def test_nothing_readable_gets_the_word_for_an_empty_message(chat: Chat, nothing: str, group: bool) -> None:
    mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "userId": "U0", "isSelf": True}]}
    text = {"type": "text", "id": "1", "text": f"@窓口{nothing}", "mention": mention}
    said = chat.gets(text if group else message(nothing), group=group)
    assert ("ご質問をどうぞ" if group else "ご用件をどうぞ") in said
    assert chat.done.unanswered is None
    assert not chat.done.metric_events


@pytest.mark.parametrize("nothing", ["\u200b", "。", "…", "🙏", "？？"])
def test_nothing_readable_at_a_question_asks_it_again_and_counts_nothing(chat: Chat, nothing: str) -> None:
    said = chat.at("email_domain", body="神奈川県横浜市").says(nothing)
    assert chat.done.unanswered is None
    assert "メール" in said


def mentioned(text: str, *names: str, everyone: bool = False) -> dict[str, Any]:
    """A message in a group that mentions the bot, 窓口, and these people; all where they stand in the text."""
    found: list[dict[str, Any]] = []
    for name in ("@窓口", *names):
        one = {"index": units(text[: text.index(name)]), "length": units(name), "type": "user"}
        found.append({**one, "userId": f"U{len(found)}", "isSelf": name == "@窓口"})
    if everyone:
        found.append({"index": units(text[: text.index("@All")]), "length": 4, "type": "all"})
    return {"type": "text", "id": "1", "text": text, "mention": {"mentionees": found}}


@pytest.mark.parametrize("name", ["山田太郎", "たろう🌸", "Taro Yamada", "👨‍👩‍👧 佐々木", "山田　太郎", "@山田"])
@pytest.mark.parametrize(
    "text",
    [
        "@窓口 @{} 料金はいくらですか",
        "@{} @窓口 料金はいくらですか",
        "@窓口 料金はいくらですか @{}",
        "@{}さん @窓口 料金はいくらですか",
    ],
)
def test_question_beside_other_peoples_mentions_is_answered(chat: Chat, text: str, name: str) -> None:
    said = chat.gets(mentioned(text.format(name), f"@{name}"), group=True)
    assert "無料" in said
    assert chat.done.unanswered is None


@pytest.mark.parametrize("text", ["@All @窓口 料金はいくらですか", "@窓口 @All 料金はいくらですか"])
def test_question_beside_everyone_is_answered(chat: Chat, text: str) -> None:
    assert "無料" in chat.gets(mentioned(text, everyone=True), group=True)


@pytest.mark.parametrize("name", ["山田太郎", "たろう🌸", "Taro Yamada"])
def test_no_mentioned_name_is_kept_or_shown(chat: Chat, name: str) -> None:
    said = chat.gets(mentioned(f"@窓口 @{name} 今日の天気は晴れですか", f"@{name}"), group=True)
    assert chat.done.unanswered
    kept = chat.done.unanswered.question
    assert kept.startswith("今日の天気")
    assert not any(part in kept + said for part in name.split())


def test_mentions_and_emoji_are_taken_out_together(chat: Chat) -> None:
    text = "@たろう🌸 @窓口 (love)料金は(love)いくらですか"
    both = {**message(text, "(love)", "(love)"), "mention": mentioned(text, "@たろう🌸")["mention"]}
    assert "無料" in chat.gets(both, group=True)
