"""Random walks through the pre-check: whatever is done on the way, it ends in the verdict of the rules."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.answers import Answers, read_answers
from bot.domain.eligibility import Decision
from bot.domain.precheck import check
from bot.flows.context import Resources
from bot.flows.postback import decode
from bot.flows.precheck.steps import OF_AN_ACCOUNT, ORDER
from bot.flows.session import FlowState
from bot.replies.render import render_all
from bot.replies.views import VerdictView
from tests.flows.conftest import Conversation

WALKS, MOVES = 60, 35
LONGEST_WAY = 2 * len(ORDER)  # turns from anywhere to the verdict

TYPED = {
    "body": ("横浜市", "箱根町", "ふちゅう", "府中市", "横浜市西区", "ほげほげ市", "神奈川県教育委員会", "よこはま"),
    "has_account": ("はい", "ありません", "いいえ", "わからない"),
    "plan_in_use": ("使っていない", "別のアカウントで利用中", "このアカウントで利用中", "わからない", "はい"),
    "applicant": ("職員です", "代理店", "外郭団体の職員"),
    "account_name": ("横浜市", "箱根町", "横浜市公式LINE", "神奈川県横浜市役所", "未定", "👩‍👩‍👧‍👦" * 40),
    "verified": ("認証済み", "審査中です", "まだです", "はい"),
    "current_plan": ("ライト", "スタンダードプラン", "コミュニケーション", "わからない"),
    "email_domain": ("lg.jp", "taro@gmail.com", "city.yokohama.lg.jp", "はい", "@@"),
    "apply_date": ("12/1", "来週月曜", "今日", "2月30日", "昨日", "令和8年12月28日", "まだ決めていない"),
    "review": ("はい", "この内容で判定する", "OK"),
}
INTERRUPTIONS = (
    *("料金はいくらですか", "審査は何日かかりますか？", "今日の天気は？", "👍", "あ" * 5_000),
    *(
        "日程",
        "料金",
        "アカウント名チェック",
        "プレミアムID",
        "パートナー",
        "お問い合わせ",
        "申込の流れ",
        "よくある質問",
    ),
)
WORDS = ("戻る", "やめる", "続ける", "メニュー", "ヘルプ", "申込前チェック", "引き継ぎ")


@dataclass
class Walker:
    """A member of staff who does as chance will have it."""

    talk: Conversation
    chance: random.Random
    seen: list[tuple[str, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @property
    def check(self) -> FlowState | None:
        return self.talk.session.flows.get("precheck")

    def move(self) -> None:
        ways = (self._answer, self._button, self._old_button, self._typed, self._interruption, self._word, self._wait)
        self.chance.choices(ways, weights=(40, 12, 8, 20, 9, 8, 3))[0]()

    def finish(self) -> VerdictView:
        """Goes on from wherever it is, until there is a verdict."""
        if self.check is None or self.check.ended:
            self.says("最初から" if self.talk.session.active and not self.check else "申込前チェック")
        self.says("申込前チェック" if self.check is None else "続ける")
        for _ in range(LONGEST_WAY):
            if self.check is None:
                self.says("申込前チェック")
            elif self.check.step == "body" and "body" not in self.check.answers:
                self.says("箱根町")
            else:
                self._answer()
            for reply in self.talk.replies:
                if isinstance(reply, VerdictView):
                    return reply
        raise AssertionError("no verdict: " + " / ".join(self.done[-LONGEST_WAY - 5 :]))

    def says(self, text: str) -> None:
        self.done.append(text[:40])
        self.talk.says(text)
        self._look()

    def taps(self, data: str, date: str = "") -> None:
        self.done.append(f"[{data} {date}]")
        self.talk.taps(data, date)
        self._look()

    def _look(self) -> None:
        """After each turn: a step that can still matter, a way on, and if there is a verdict, the right one."""
        self.seen += self._offered()
        talk = self.check
        if talk and not talk.ended and talk.answers.get("has_account") is False:
            assert talk.step not in OF_AN_ACCOUNT
        assert any(actions(message) for message in render_all(self.talk.replies)), f"a dead end: {self.done[-3:]}"
        for reply in self.talk.replies:
            if isinstance(reply, VerdictView):
                assert talk
                is_of_the_rules(reply, talk, self.talk)

    def _offered(self) -> list[tuple[str, str]]:
        found = [action for message in render_all(self.talk.replies) for action in actions(message)]
        return [self._tap(action) for action in found if action["type"] in ("postback", "datetimepicker")]

    def _tap(self, action: dict[str, Any]) -> tuple[str, str]:
        picked = self.chance.choice([action["initial"], action["min"], action["max"]]) if "max" in action else ""
        return action["data"], picked

    def _answer(self) -> None:
        """An answer to the pending question, if its buttons are shown; else the question is brought back."""
        step = self.check.step if self.check and not self.check.ended else ""
        taps = [(decode(data), data, date) for data, date in self._offered()]
        fitting = [
            (data, date)
            for tap, data, date in taps
            if tap and (tap.flow, tap.step) == ("precheck", step) and tap.value not in ("back", "cancel", "change")
        ]
        if step in ("body", "account_name") and self.talk.session.active == self.check and self.chance.random() < 0.6:
            self.says(self.chance.choice(TYPED[step]))
        elif fitting:  # the first is what one hopes for: without a bias there would be few who may apply
            self.taps(*(fitting[0] if self.chance.random() < 0.5 else self.chance.choice(fitting)))
        else:
            self.says("続ける" if step else "申込前チェック")

    def _button(self) -> None:
        offered = self._offered()
        if offered:
            self.taps(*self.chance.choice(offered))

    def _old_button(self) -> None:
        if self.seen:
            self.taps(*self.chance.choice(self.seen))

    def _typed(self) -> None:
        step = self.check.step if self.check else "body"
        self.says(self.chance.choice(TYPED[step]))

    def _interruption(self) -> None:
        self.says(self.chance.choice(INTERRUPTIONS))

    def _word(self) -> None:
        self.says(self.chance.choice(WORDS))

    def _wait(self) -> None:
        self.talk.today += timedelta(days=self.chance.randint(1, 5))


def is_of_the_rules(shown: VerdictView, talk: FlowState, chat: Conversation) -> None:
    """The bubble says what the pure rules say of the answers as they are recorded."""
    decision = rules(talk, chat)
    assert shown.verdict == decision.verdict.value
    assert [row.mark for row in shown.conditions] == [state.state.value for state in decision.conditions.values()]
    assert bool(shown.timeline) == (decision.schedule is not None)
    assert len(shown.warnings) == len(decision.cautions)


def rules(talk: FlowState, chat: Conversation) -> Decision:
    known = {key: value for key, value in talk.answers.items() if value is not None}
    answers: Answers = read_answers(known)
    return check(answers, register=chat.resources.register, today=chat.today)


def actions(part: Any) -> Iterator[dict[str, Any]]:
    """All that can be tapped in a message, quick replies included."""
    if isinstance(part, list):
        for item in part:
            yield from actions(item)
    elif isinstance(part, dict):
        if "action" in part:
            yield part["action"]
        for value in part.values():
            yield from actions(value)


@pytest.mark.parametrize("seed", range(WALKS))
def test_any_walk_ends_in_the_verdict_of_the_rules_on_the_final_answers(resources: Resources, seed: int) -> None:
    walker = Walker(Conversation(resources), random.Random(seed))  # noqa: S311 - chance, not a secret
    walker.says("申込前チェック")
    for _ in range(MOVES):
        walker.move()
    verdict = walker.finish()
    assert walker.check
    assert walker.check.ended
    is_of_the_rules(verdict, walker.check, walker.talk)


def test_the_walks_see_every_verdict_and_every_question(resources: Resources) -> None:
    verdicts, steps = set(), set()
    for seed in range(100, 100 + 2 * WALKS):
        walker = Walker(Conversation(resources), random.Random(seed))  # noqa: S311 - chance, not a secret
        walker.says("申込前チェック")
        verdicts.add(walker.finish().verdict)
        steps |= {tap.step for data, _ in walker.seen if (tap := decode(data)) and tap.flow == "precheck"}
    assert verdicts == {"ready", "action_needed", "not_eligible", "already_applied", "unclear"}
    assert steps >= {*ORDER, "review"}
