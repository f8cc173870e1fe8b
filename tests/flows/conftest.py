"""A conversation without processes: the real library, a fixed day, the router."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.flows.context import Context, Resources
from bot.flows.session import Session, dump, load
from bot.flows.turn_result import TurnResult, Unanswered
from bot.handlers import router
from bot.replies.plain_text import fallback_text
from bot.replies.render import render_all
from bot.replies.views import Reply
from tests.line_emulator.strictly import check_messages

TODAY = date(2026, 11, 24)


def eligible(plan: str = "コミュニケーション", day: str = "今日") -> tuple[str, ...]:
    """Answers to the whole pre-check, and the yes to their summary, that meet every condition."""
    return ("横浜市", "はい", "使っていない", "団体の職員", "横浜市", "認証済み", plan, "lg.jp", day, "はい")


@dataclass
class Conversation:
    """Plays turns; each turn's messages are held against LINE's rules, its session against a round trip."""

    resources: Resources
    today: date = TODAY
    session: Session = field(default_factory=Session)
    replies: tuple[Reply, ...] = ()
    turns: int = 0
    unanswered: Unanswered | None = None

    @property
    def ctx(self) -> Context:
        return Context(
            resources=self.resources,
            today=self.today,
            new_conversation_id=f"sid{self.turns}",
            message_id=f"message{self.turns}",
        )

    def says(self, text: str) -> str:
        return self._end(router.handle_text(self.session, text, self.ctx))

    def taps(self, data: str, date: str = "") -> str:
        return self._end(router.handle_postback(self.session, data, date, self.ctx))

    def tap_label(self, label: str) -> str:
        """The newest button of that label or display text."""
        found = [data for reply in render_all(self.replies) for data in postbacks(reply, label)]
        return self.taps(found[0])

    def buttons(self) -> list[str]:
        return [data for message in render_all(self.replies) for data in postbacks(message)]

    def _end(self, turn: TurnResult) -> str:
        self.turns += 1
        self.session = load(dump(turn.session))
        self.replies, self.unanswered = turn.replies, turn.unanswered
        messages = render_all(turn.replies)
        assert messages, "whatever a user writes or taps is answered"
        assert check_messages(messages) == []
        return "\n".join(fallback_text(message, quick=True) for message in messages)


def begun(talk: Conversation, *answers: str) -> str:
    """The pre-check, with its first questions answered; what was said last."""
    said = talk.says("申込前チェック")
    for answer in answers:
        said = talk.says(answer)
    return said


def step_of(talk: Conversation) -> str:
    """The question that waits for an answer."""
    running = talk.session.active
    return running.step if running else ""


def postbacks(part: Any, label: str = "") -> list[str]:
    """Postback data in a message, of the buttons with that label or display text."""
    if isinstance(part, list):
        return [data for item in part for data in postbacks(item, label)]
    if not isinstance(part, dict):
        return []
    meant = not label or label in (part.get("label"), part.get("displayText"))
    own = [part["data"]] if part.get("type") in ("postback", "datetimepicker") and meant else []
    return own + [data for value in part.values() for data in postbacks(value, label)]


@pytest.fixture
def talk(resources: Resources) -> Conversation:
    return Conversation(resources)
