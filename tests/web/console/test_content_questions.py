"""Unanswered questions in the console: taken over by somebody, and turned into content in one click."""

import time

import pytest
from redis import Redis

from bot.content_editing.publishing import publish
from bot.content_editing.tables import read_table
from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.store.audit import AuditLog
from bot.store.content_previews import ContentPreviews
from bot.store.content_versions import ContentVersions
from bot.store.keys import question_states, unanswered
from bot.store.unanswered import UnansweredQuestions
from bot.store.voted_questions import VotedQuestions
from bot.web.console import second_factor
from tests.scenario.kept import undocumented
from tests.scenario.traces import names
from tests.web.console.conftest import Operator

QUESTION = "架空町が払う月ごとの額"

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def hanako(console_settings: Settings, redis: Redis) -> Operator:
    for question, times in ((QUESTION, 3), (f"{QUESTION}は？", 2), ("=1+1の答え", 2), ("一度だけの質問", 1)):
        for _ in range(times):
            UnansweredQuestions(redis, today_in_japan).add(question, "choices")
    operator = Operator(console_settings)
    operator.logs_in()
    return operator


def posts(operator: Operator, path: str, **form: str) -> str:
    data = {"csrf": operator.form_token("/console/content"), "question": QUESTION, **form}
    answer = operator.client.post(f"/console/content/questions/{path}", data=data, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_groups_are_shown_with_how_often_and_what_was_shown(hanako: Operator) -> None:
    page = hanako.reads("content/questions")
    assert "5回（候補を表示 5回・答えなし 0回）" in page
    assert "一度だけの質問" not in page, "it may name its author"


def test_votes_stand_beside_their_question_and_name_the_answer_that_was_wrong(hanako: Operator, redis: Redis) -> None:
    votes = VotedQuestions(redis, today_in_japan)
    for entry, helpful in (("plan_fee", False), ("plan_fee", False), ("pid_fee", True)):
        votes.add(QUESTION, entry, helpful=helpful)
    for _ in range(2):
        votes.add("答えがちがった質問", "pid_fee", helpful=False)
        votes.add("役に立った質問", "pid_fee", helpful=True)
    votes.add("一度だけちがった質問", "pid_fee", helpful=False)
    page = hanako.reads("content/questions")
    assert "役に立った 1回・ちがう 2回（ちがうと言われた回答: 地方公共団体プランの料金）" in page
    assert "答えがちがった質問" in page
    assert "役に立った質問" not in page, "nothing is to be done about it"
    assert "一度だけちがった質問" not in page, "it may name its author"
    posts(hanako, "state", question="答えがちがった質問", state="work")
    assert "答えがちがった質問" in hanako.reads("content/questions?state=work")
    assert undocumented(redis) == []


def test_one_click_makes_a_question_a_way_of_asking(hanako: Operator, redis: Redis) -> None:
    page = posts(hanako, "use", to="entry", entry="plan_fee", asks=f"{QUESTION}\r\n\r\n")
    assert "下書きにしました" in page
    draft = ContentVersions(redis).drafts()["knowledge/fee:entries/plan_fee"]
    assert (draft.value["ask"][-1], draft.who) == (QUESTION, "hanako")
    assert "hanakoさん" in hanako.reads("content/questions?state=work")
    assert QUESTION not in hanako.reads("content/questions?state=new")


def test_entry_is_chosen_by_words_of_its_title(hanako: Operator, redis: Redis) -> None:
    assert "下書きにしました" in posts(
        hanako, "use", to="entry", entry="plan_fee", other="プレミアムIDの料金", asks=QUESTION
    )
    (unit,) = ContentVersions(redis).drafts()
    assert unit == "knowledge/premium_id:entries/pid_fee"
    for words in ("料金", "そんな回答はない"):
        assert "回答が1つに決まることば" in posts(hanako, "use", to="entry", entry="plan_fee", other=words, asks="x")
    assert list(ContentVersions(redis).drafts()) == [unit]


def test_one_click_makes_a_question_the_draft_of_a_new_entry(hanako: Operator, redis: Redis) -> None:
    page = posts(hanako, "use", to="new", file="knowledge/fee", asks=f"{QUESTION}\r\n{QUESTION}は？")
    assert f'value="{QUESTION}"' in page, "its form is open, with the question as the title"
    ((unit, draft),) = ContentVersions(redis).drafts().items()
    assert unit.startswith("knowledge/fee:entries/asked_")
    assert draft.value["ask"] == [QUESTION, f"{QUESTION}は？"]
    assert QUESTION in hanako.reads("content/questions?state=work")
    assert "下書きにできませんでした" in posts(hanako, "use", to="new", file="ui", asks="x")
    assert len(ContentVersions(redis).drafts()) == 1


def test_one_click_makes_a_question_an_example_of_what_is_out_of_scope(hanako: Operator, redis: Redis) -> None:
    posts(hanako, "use", to="outside", kind="resident", asks="架空町の広報紙の配布日")
    assert ContentVersions(redis).drafts()["judged_questions:outside/resident"].value == ["架空町の広報紙の配布日"]
    assert QUESTION in hanako.reads("content/questions?state=outside")


def test_what_does_not_exist_is_not_written(hanako: Operator, redis: Redis) -> None:
    for form in ({"to": "entry", "entry": "x"}, {"to": "outside", "kind": "x"}):
        assert "下書きにできませんでした" in posts(hanako, "use", asks="a", **form)
    assert "下書きにできませんでした" in posts(hanako, "use", to="entry", entry="plan_fee", asks=" ")
    posts(hanako, "state", state="made-up")
    assert ContentVersions(redis).drafts() == {}
    assert QUESTION in hanako.reads("content/questions?state=new")


def test_only_questions_that_are_kept_have_a_state(hanako: Operator, redis: Redis) -> None:
    """An editor could else fill Redis with states, of which none would ever be deleted."""
    posts(hanako, "state", state="work")
    for number in range(3):
        posts(hanako, "state", state="work", question=f"架空の質問{number}")
    posts(hanako, "state", state="work", question="一度だけの質問")
    assert redis.hlen(question_states()) == 1
    assert len(AuditLog(redis).newest()) == 2, "the login, and the one state"
    redis.delete(unanswered(today_in_japan().isoformat()))
    for _ in range(2):
        UnansweredQuestions(redis, today_in_japan).add("=1+1の答え", "choices")
    posts(hanako, "state", state="work", question="=1+1の答え")
    assert redis.hlen(question_states()) == 1, "the state of a question that is gone is gone too"


def test_table_is_for_spreadsheets(hanako: Operator) -> None:
    answer = hanako.client.get("/console/content/questions.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = answer.data.decode("utf-8-sig").splitlines()
    assert rows[0] == "質問,回数,答えなし,候補を表示,役に立った,ちがう,最後に聞かれた日,状態,担当"
    assert any(row.startswith("'=1+1の答え,2,0,2,0,0,") for row in rows)
    assert not any("一度だけ" in row for row in rows)


def test_workbook_holds_the_same_without_formulas(hanako: Operator) -> None:
    answer = hanako.client.get("/console/content/questions.xlsx")
    table = read_table("questions.xlsx", answer.data)  # refuses formulas
    assert table.heads == (
        "質問",
        "回数",
        "答えなし",
        "候補を表示",
        "役に立った",
        "ちがう",
        "最後に聞かれた日",
        "状態",
        "担当",
    )
    assert ("=1+1の答え", "2", "0", "2") in [row.cells[:4] for row in table.rows]


def test_audit_keeps_no_question_longer_than_its_count(hanako: Operator, redis: Redis) -> None:
    posts(hanako, "state", state="work")
    assert QUESTION in hanako.reads("content/audit")
    assert QUESTION not in [entry.target for entry in AuditLog(redis).newest()]
    redis.delete(unanswered(today_in_japan().isoformat()))
    assert QUESTION not in hanako.reads("content/audit")


def test_everything_that_the_console_keeps_is_in_the_table(
    console_settings: Settings, hanako: Operator, redis: Redis
) -> None:
    posts(hanako, "use", to="entry", entry="plan_fee", asks=QUESTION)
    ContentPreviews(redis).begin("0" * 32)
    ContentPreviews(redis).save(f"good:{'0' * 32}", b"good")
    publish(ContentVersions(redis), lambda _: "", who="hanako", why="x")
    posts(hanako, "use", to="entry", entry="plan_fee", asks=f"{QUESTION}は")
    assert second_factor.is_right(redis, "hanako", SECRET, second_factor.code_at(SECRET, time.time()))
    Operator(console_settings).logs_in("taro", "wrong pass phrase")
    kept = {name.decode().split(":")[2] for name in names(redis) if name.startswith(b"mado:{content}:")}
    assert kept == {"versions", "drafts", "preview", "questions", "audit"}
    assert undocumented(redis) == []
