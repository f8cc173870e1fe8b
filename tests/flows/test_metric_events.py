"""What a conversation counts: each step of the funnel once, each verdict, entry, vote and code."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry
from bot.metrics.counters import MetricCounters
from bot.store.resume_codes import ResumeCodeStore
from bot.worker.resume_codes import ResumeCodeFactory, ResumeCodes
from bot.worker.turn_runner import TurnRunner
from tests.conftest import SECRET_KEY
from tests.flows.conftest import postbacks
from tests.release import release_resources

LIBRARY = release_resources()
WHOLE = (
    "横浜市",
    "あります",
    "使っていません",
    "職員",
    "横浜市",
    "認証済み",
    "コミュニケーション",
    "lg.jp",
    "まだ決めていない",
)


class FlowState:
    """One user's conversation and all that it counted; what does not concern it is left out of `counts`."""

    def __init__(self, turns: TurnRunner, user: str = "Ualice", source: dict[str, str] | None = None) -> None:
        self._turns = turns
        self._source = source or {"type": "user", "userId": user}
        self._user = user
        self._session = b""
        self._messages: list[dict[str, Any]] = []
        self._metrics = MetricCounters()
        self._counts: Counter[str] = Counter()
        self._events = 0

    def gets(self, kind: str, **event: Any) -> "FlowState":
        self._events += 1
        raw = {"type": kind, "webhookEventId": f"{self._user}{self._events}", "replyToken": "t", "source": self._source}
        done = self._turns.run({**raw, **event}, self._session, user=self._user)
        self._session = done.session
        self._messages = OutboxEntry.read(done.outbox_entry.stored()).messages if done.outbox_entry else []
        self._metrics.record(*done.metric_events)
        self._counts.update(self._metrics.drain())
        return self

    def says(self, *texts: str) -> "FlowState":
        for text in texts:
            self.gets("message", message={"id": str(self._events), "type": "text", "text": text})
        return self

    def taps(self, data: str) -> "FlowState":
        return self.gets("postback", postback={"data": data})

    def button(self, label: str) -> str:
        return postbacks(self._messages, label)[0]

    def code(self) -> str:
        return str(self._messages[0]["altText"]).split()[0]

    def counts(self, *names: str) -> dict[str, int]:
        """Return the counts of these metrics only."""
        return {field: count for field, count in self._counts.items() if field.split("|")[0] in names}


@pytest.fixture
def turns(redis: Redis) -> TurnRunner:
    handovers = ResumeCodes(ResumeCodeFactory(SECRET_KEY), ResumeCodeStore(redis, SECRET_KEY))
    return TurnRunner(LIBRARY, lambda: date(2026, 11, 24), resume_codes=handovers)


@pytest.fixture
def talk(turns: TurnRunner) -> FlowState:
    return FlowState(turns)


def steps(talk: FlowState) -> tuple[dict[str, int], dict[str, int]]:
    """How often each step was shown and answered."""
    shown, answered = talk.counts("precheck_shown"), talk.counts("precheck_answered")
    return (
        {field.split("|")[1]: count for field, count in shown.items()},
        {field.split("|")[1]: count for field, count in answered.items()},
    )


def test_whole_pre_check_counts_each_step_once(talk: FlowState) -> None:
    talk.says("申込前チェック", *WHOLE, "はい")
    shown, answered = steps(talk)
    assert len(shown) == 10
    assert set(shown.values()) == {1}
    assert shown == answered
    assert talk.counts("precheck_started", "precheck_verdicts", "precheck_cancelled") == {
        "precheck_started": 1,
        "precheck_verdicts|ready": 1,
    }


def test_questions_and_repeats_in_between_count_no_step_again(talk: FlowState) -> None:
    talk.says(
        "申込前チェック",
        "料金はいくらですか",
        "ふちゅう",
        "メニュー",
        "続ける",
        "広島県府中市",
        "？",
        "戻る",
        "戻る",
    )
    assert steps(talk) == ({"body": 1, "has_account": 1}, {"body": 1})


def test_double_tap_and_changed_answer_count_no_step_again(talk: FlowState) -> None:
    talk.says("申込前チェック", "横浜市")
    yes = talk.button("はい、あります")
    talk.taps(yes).taps(yes)
    assert steps(talk)[1] == {"body": 1, "has_account": 1}
    talk.says(*WHOLE[2:], "申込者を変更", "代理店です", "はい")
    shown, answered = steps(talk)
    assert (shown["applicant"], answered["applicant"]) == (1, 1)
    assert talk.counts("precheck_verdicts") == {"precheck_verdicts|action_needed": 1}


def test_answer_given_with_the_opening_word_was_asked_and_answered(talk: FlowState) -> None:
    talk.says("申込前チェック 横浜市")
    assert steps(talk) == ({"body": 1, "has_account": 1}, {"body": 1})


def test_verdict_at_once_ends_the_funnel(talk: FlowState) -> None:
    talk.says("申込前チェック", "横浜市西区")
    assert steps(talk) == ({"body": 1}, {"body": 1})
    assert talk.counts("precheck_verdicts") == {"precheck_verdicts|not_eligible": 1}


def test_what_follows_a_verdict_counts_nothing_of_the_funnel(talk: FlowState) -> None:
    talk.says("申込前チェック", *WHOLE, "はい")
    before = steps(talk)
    talk.says("料金は？", "メニュー", "ありがとう")
    assert steps(talk) == before


def test_corrected_answer_leads_to_another_verdict(talk: FlowState) -> None:
    talk.says("申込前チェック", *WHOLE, "はい", "戻る", "申込者を変更", "代理店です", "はい")
    assert talk.counts("precheck_verdicts", "precheck_started") == {
        "precheck_started": 1,
        "precheck_verdicts|ready": 1,
        "precheck_verdicts|action_needed": 1,
    }
    shown, answered = steps(talk)
    assert (shown["review"], answered["review"], shown["applicant"]) == (2, 2, 1)


def test_starting_anew_is_another_start(talk: FlowState) -> None:
    talk.says("申込前チェック", "横浜市", "最初から", "箱根町")
    assert talk.counts("precheck_started", "precheck_cancelled") == {"precheck_started": 2}
    assert steps(talk) == ({"body": 2, "has_account": 2}, {"body": 2})


@pytest.mark.parametrize("answers", [(), ("横浜市",)])
def test_pre_check_set_aside_is_counted(talk: FlowState, answers: tuple[str, ...]) -> None:
    talk.says("申込前チェック", *answers, "やめる", "メニュー")
    assert talk.counts("precheck_cancelled") == {"precheck_cancelled": 1}


def test_resumed_pre_check_is_no_new_start(talk: FlowState) -> None:
    talk.says("申込前チェック", "横浜市", "やめる", "続ける", "あります")
    assert talk.counts("precheck_started") == {"precheck_started": 1}
    assert steps(talk)[0] == {"body": 1, "has_account": 1, "plan_in_use": 1}


def test_erasing_is_not_leaving(talk: FlowState) -> None:
    talk.says("申込前チェック", "横浜市", "データ削除")
    assert talk.counts("precheck_cancelled") == {}
    talk.says("申込前チェック").gets("unfollow")
    assert talk.counts("precheck_cancelled") == {}


def test_handed_over_pre_check_is_no_new_start_and_its_answers_count_once(turns: TurnRunner) -> None:
    alice, bob = FlowState(turns), FlowState(turns, "Ubob")
    alice.says("申込前チェック", "横浜市", "あります", "引き継ぎコード")
    bob.says(f"引き継ぎ {alice.code()}", "使っていません")
    assert alice.counts("resume_codes") == {"resume_codes|published": 1}
    assert bob.counts("resume_codes", "precheck_started") == {"resume_codes|redeemed": 1}
    assert steps(bob) == ({"applicant": 1}, {"plan_in_use": 1})


@pytest.mark.parametrize(
    ("question", "outcome"),
    [("料金はいくらですか", "answer"), ("変更", "choices"), ("住民票の写しはどこでもらえますか", "none")],
)
def test_typed_questions_count_by_outcome(talk: FlowState, question: str, outcome: str) -> None:
    talk.says(question)
    assert talk.counts("questions") == {f"questions|{outcome}": 1}


def test_question_within_a_pre_check_counts_as_one(talk: FlowState) -> None:
    talk.says("申込前チェック", "料金はいくらですか")
    assert talk.counts("questions", "entries_shown") == {"questions|answer": 1, "entries_shown|plan_fee": 1}


def test_entry_opened_by_a_button_is_shown_but_not_asked(talk: FlowState) -> None:
    talk.taps("flow=faq&step=entry&value=plan_fee")
    assert talk.counts("questions", "entries_shown") == {"entries_shown|plan_fee": 1}


@pytest.mark.parametrize(("word", "vote"), [("役に立った", "helpful"), ("ちがう", "not_helpful")])
def test_vote_counts_once_each_time_an_entry_is_shown(talk: FlowState, word: str, vote: str) -> None:
    talk.says("料金はいくらですか")
    data = talk.button(word)
    talk.taps(data).taps(data)
    assert talk.counts("entry_votes") == {f"entry_votes|plan_fee|{vote}": 1}
    talk.taps("flow=faq&step=entry&value=plan_fee").says(word)
    assert talk.counts("entry_votes") == {f"entry_votes|plan_fee|{vote}": 2}, "typed, it is a vote, too"


def test_button_of_an_entry_that_does_not_exist_is_no_vote(talk: FlowState) -> None:
    talk.taps("flow=faq&step=helpful&value=not_there").taps("flow=faq&step=helpful&value=plan_fee")
    assert talk.counts("entry_votes") == {}


def test_groups_count_questions_entries_and_votes_too(turns: TurnRunner) -> None:
    talk = FlowState(turns, source={"type": "group", "groupId": "C1", "userId": "U1"})
    mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
    talk.gets("message", message={"id": "1", "type": "text", "text": "@窓口 料金はいくらですか", "mention": mention})
    talk.taps(talk.button("役に立った"))
    assert talk.counts("questions", "entries_shown", "entry_votes") == {
        "questions|answer": 1,
        "entries_shown|plan_fee": 1,
        "entry_votes|plan_fee|helpful": 1,
    }


def test_event_in_standby_counts_nothing(talk: FlowState) -> None:
    talk.gets("message", mode="standby", message={"id": "1", "type": "text", "text": "申込前チェック"})
    assert talk.counts("precheck_started", "precheck_shown") == {}
