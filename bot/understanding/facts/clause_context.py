"""The surroundings of a clause, and the question that it speaks of."""

import re
from dataclasses import dataclass
from datetime import date

from bot.understanding.facts.clauses import Clause
from bot.understanding.facts.topics import topic_of

SHORT = 14  # letters of a clause that goes on with the subject of the sentence before
_WHICH_ACCOUNT = re.compile(
    r"(?:この|今の|いまの|同じ|別の|べつの|他の|ほかの)[^、。]{0,8}?(?:あかうんと|らいん|line|やつ)(?:です|だ|で|や|$)"
)


@dataclass(frozen=True)
class ClauseContext:
    """The surroundings of a clause: the pending question, the question spoken of, and its place in the message."""

    step: str | None
    topic: str | None
    today: date
    is_only: bool
    is_first: bool
    is_bare_name: bool  # the whole message is a name with a place in it: 葛飾区【公式】メール
    hangs: bool  # the clause before ends with a particle: 認証は、12月9日
    is_open: bool  # both of two values are named: あったような、なかったような
    is_question: bool  # somewhere in the message something is asked

    def about(self, key: str) -> bool:
        """Return True if the clause answers that question without naming it."""
        return self.topic == key


def topic_in_turn(clause: Clause, before: str | None, *, continues: bool) -> str | None:
    """Return the question that a clause speaks of: by its own words, else that of the clause before it."""
    if before == "plan_in_use" and _WHICH_ACCOUNT.match(clause.text):
        return before  # プランは使っていて、このアカウントです
    own = topic_of(clause.text)
    return own or (before if continues or len(clause.text) <= SHORT else None)
