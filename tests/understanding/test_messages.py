"""Messages in the words of writers who saw the source and the list of questions, and nothing else."""

from datetime import date

import pytest

from bot.flows.context import Context, Resources
from bot.flows.reading import Reading, read_message
from tests.understanding.messages.scoring import Message, messages_of, score

TODAY = date(2026, 12, 1)


@pytest.fixture
def ctx(resources: Resources) -> Context:
    return Context(resources=resources, today=TODAY, new_conversation_id="messages")


@pytest.mark.parametrize(
    ("writer", "size", "found", "right"),
    [
        ("writer_a", 420, 0.91, 0.85),
        ("writer_b", 420, 0.93, 0.87),
        ("writer_c", 200, 0.95, 0.91),
        ("writer_d", 220, 0.96, 0.93),
    ],
)
def test_most_of_what_a_writer_says_is_read_and_hardly_anything_else(
    writer: str, size: int, found: float, right: float, ctx: Context
) -> None:
    def read(message: Message) -> Reading:
        return read_message(message["text"], message["step"], message.get("known") or {}, ctx)

    total = score(messages_of(writer), read)
    assert total.messages == size
    assert total.found >= found * total.facts
    assert total.with_spurious <= 0.01 * total.messages
    assert total.dangerous <= 0.005 * total.messages
    assert total.answered >= 0.65 * total.questions
    assert total.right >= right * total.messages


def facts(text: str, ctx: Context, step: str | None = None, **known: object) -> object:
    return dict(read_message(text, step, known, ctx).facts)


def test_an_opening_message_gives_all_its_facts(ctx: Context) -> None:
    text = "熱海市の広報です。認証済みで今はライト、プランはまだ使ってません。12/18に出します"
    read = read_message(text, None, {}, ctx)
    assert dict(read.facts) | {"applicant": ""} == {
        "body": "静岡県熱海市",
        "verified": "yes",
        "current_plan": "light",
        "plan_in_use": "none",
        "apply_date": "2026-12-18",
        "applicant": "",
    }
    assert not read.questions


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("隣の町が認証おりたって聞きました", "verified"),  # others' affairs
        ("ライトだと遅れますか", "current_plan"),  # a value inside a question
        ("業者に頼んじゃだめかな", "applicant"),
        ("認証が取れたら出します", "verified"),  # a condition
        ("お祭りが12日なもので", "apply_date"),  # another day
        ("来月頭のつもりです", "apply_date"),  # no day
        ("市です。人口は9万ほど", "body"),  # a kind of body
        ("北海道の町で、企画課です", "body"),
        ("ちょっと画面を開くので待ってください", "account_name"),
        ("lg.jpって何のことですか", "email_domain"),
    ],
)
def test_nothing_is_noted_that_is_not_stated_of_ones_own(text: str, step: str, ctx: Context) -> None:
    assert step not in read_message(text, step, {}, ctx).facts


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        ("アカウントがないわけじゃないです", "has_account", "has_account", True),
        ("業者じゃなくて私ども企画課です", "applicant", "applicant", "staff"),
        ("無料のじゃなくてライトです", "current_plan", "current_plan", "light"),
        ("申請はしたけどまだです", "verified", "verified", "pending"),
        ("高山市じゃなくて飛騨市です", "account_name", "body", "岐阜県飛騨市"),
        ("22日じゃなくて24日にします", "apply_date", "apply_date", "2026-12-24"),
        ("『福井県』で、今月15日に出すつもりです", "account_name", "account_name", "福井県"),
        ("【公式】松島町", "account_name", "account_name", "【公式】松島町"),
        ("札幌の中央区役所です", "body", "body", "北海道札幌市中央区"),
    ],
)
def test_negations_corrections_and_names_are_read_rightly(
    text: str, step: str, key: str, value: object, ctx: Context
) -> None:
    assert read_message(text, step, {}, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("今日はいったん終わりにします", "cancel"),
        ("昨日の続きお願いします", "resume"),
        ("一個前の質問に戻してください", "back"),
        ("最初からやり直したいです", "restart"),
        ("入力したデータ消してほしい", "erase"),
        ("何ができるの", "help"),
        ("メニューを出して", "menu"),
    ],
)
def test_commands_are_read_in_free_words(text: str, command: str, ctx: Context) -> None:
    assert read_message(text, "verified", {}, ctx).command == command


@pytest.mark.parametrize(
    "text",
    ["アカウントを削除したらどうなりますか", "プランの利用をやめることはできますか", "申込みの続きは何日かかりますか"],
)
def test_questions_are_no_commands(text: str, ctx: Context) -> None:
    assert read_message(text, None, {}, ctx).command is None


def test_a_doubt_leaves_the_question_open_and_what_is_asked_is_answered(ctx: Context) -> None:
    read = read_message("認証されてるかわからないです。青いバッジはどこで見られますか", "verified", {}, ctx)
    assert "verified" in read.unsure
    assert "verified" not in read.facts
    assert read.questions
