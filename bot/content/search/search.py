"""A question in, one of three honest outcomes out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from operator import or_

from bot.content.knowledge import load_knowledge
from bot.content.models import Entry, Knowledge
from bot.content.search.desks import UNKNOWN, Desk, load_desks
from bot.content.search.features import Features, Reader
from bot.content.search.index import Index, Scores
from bot.content.search.sentences import clauses, is_question, sentences
from bot.content.search.vocabulary import Vocabulary, load_vocabulary

SHOWN = 5
# A question of so few concepts, or of so few letters, may leave its subject unsaid.
FEW, BRIEF = 2, 10
# Words of town-hall life may stand in a question of ours (図書館用のアカウント); those of other products do not.
_OUR_PEOPLE = frozenset({"resident", "staff"})
# Who looks for a company names what it is to build: ごみの案内をLINEでできる会社.
_PROVIDERS = frozenset({"パートナー", "会社"})
_TO_BUILD = frozenset({"LINE", "支援", "強い", "アカウント", "ボット", "対応"})
_BUILDABLE = frozenset({"resident", "staff", "consumer"})
_POINTS_BACK = re.compile(
    r"^(?:じゃあ?|では|それ|そ[のちっこ]|これ|この(?!プラン)|こちら|同じ|あと、?それ)|それ[はもっを]|そちら|その(?:場合|とき|料金|費用)"
)

# Said in full, it may well be about something new: 申込みの流れを教えて.
_IN_FULL = re.compile(r"(?:教えて|知りたい|見たい|したい|ください|下さい)")


class Outcome(StrEnum):
    """What the search can honestly say."""

    ANSWER = "answer"
    CHOICES = "choices"
    NONE = "none"


@dataclass(frozen=True)
class Hit:
    """An entry and how well it fits, between 0 and 1."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Answered:
    """ANSWER: the first hit is meant, the rest are the next best. CHOICES: up to five, best first. NONE: a desk."""

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    desk: Desk | None = None


@dataclass(frozen=True)
class Thresholds:
    """Set on the tuning questions, on the careful side of what they allow (docs/explanation/search.md)."""

    answer: float = 0.58
    lead: float = 0.08  # of the first over the second
    same: float = 0.85  # enough for a clear answer without a word of this trade
    choices: float = 0.25
    topical: float = 0.33  # where unknown words stand beside words of this and other trades
    stray: float = 0.4  # where they stand beside none
    foreign: float = 0.62  # where words of another matter stand in the question
    beside: float = 0.5  # of the best score, to be shown beside it
    part: float = 0.5  # of a message's best part, against the message as a whole
    leaning: float = 0.75  # of the score without the context, to stay with its subject
    pointing: float = 0.5  # the same after それ, その, では
    kin: float = 0.15  # of the best score, for an entry to be meant by it at all
    leading_up: float = 0.85  # a part that does not sound like a question counts less


class Search:
    """Built once at start, then only read: safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        vocabulary: Vocabulary | None = None,
        desks: dict[str, Desk] | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.knowledge = knowledge
        self._reader = Reader(vocabulary or load_vocabulary())
        self._index = Index(knowledge.entries, self._reader)
        self._desks = desks or load_desks(knowledge)
        self._limits = thresholds or Thresholds()
        self._subjects = frozenset(self._subject_concepts())

    def ask(self, question: str, *, context_id: str | None = None) -> Answered:
        """The outcome; `context_id` is the entry the user has just read, for questions that lean on it."""
        parts = sentences(question)
        asked = self._together(parts)
        scores = self._scores(parts, asked)
        entry = self.knowledge.by_id.get(context_id or "")
        if not entry or asked.foreign:
            return self._judge(scores, asked)
        scores, asked, leans = self._in_context(question, asked, entry, scores)
        answered = self._judge(scores, asked)
        if leans and (self._leaves(entry, answered) or self._repeats(entry, answered)):
            return self._beside(entry, answered)
        return answered

    def desk(self, kind: str) -> Desk:
        """The desk for that kind of concern, or the one for everything else."""
        return self._desks.get(kind, self._desks[UNKNOWN])

    def _together(self, parts: Iterable[str]) -> Features:
        together = reduce(or_, map(self._reader.read, parts), Features())
        if not _seeks_provider(together):
            return together
        return replace(together, foreign=(), anchored=together.anchored or "LINE" in together.concepts)

    def _scores(self, parts: tuple[str, ...], asked: Features) -> Scores:
        """The message as a whole, and where it has several parts, the part that fits an entry best."""
        whole = self._index.scores(asked)
        pieces = [piece for part in parts for piece in clauses(part)]
        if len(pieces) < 2:
            return whole
        best: dict[int, float] = {}
        for piece in pieces:
            weight = 1.0 if is_question(piece) else self._limits.leading_up
            for score, at in self._index.scores(self._reader.read(piece)):
                best[at] = max(best.get(at, 0.0), score * weight)
        share = self._limits.part
        mixed = ((score * (1 - share) + best.get(at, 0.0) * share, at) for score, at in whole)
        return sorted(mixed, reverse=True)

    def _judge(self, scores: Scores, asked: Features) -> Answered:
        if not scores or scores[0][0] < self._floor(asked, scores[0][1]):
            return Answered(Outcome.NONE, desk=self.desk(asked.foreign[0] if asked.foreign else UNKNOWN))
        first = scores[0][0]
        near = [(score, at) for score, at in scores[:SHOWN] if score >= self._limits.beside * first]
        hits = tuple(Hit(self.knowledge.entries[at], round(min(score, 1.0), 4)) for score, at in near)
        return Answered(Outcome.ANSWER if self._clear(scores, asked) else Outcome.CHOICES, hits)

    def _floor(self, asked: Features, best: int) -> float:
        if asked.foreign:
            ours = asked.anchored and _OUR_PEOPLE.issuperset(asked.foreign)
            return self._limits.choices if ours else self._limits.foreign
        if asked.anchored or not self._index.missing(asked, best):
            return self._limits.choices
        return self._limits.topical if asked.topical else self._limits.stray

    def _clear(self, scores: Scores, asked: Features) -> bool:
        limits, first = self._limits, scores[0][0]
        second = scores[1][0] if len(scores) > 1 else 0.0
        if asked.foreign or first < limits.answer or first - second < limits.lead:
            return False
        if not self._meant(asked, scores[0][1]):
            return False
        if asked.anchored:
            return True
        return not self._index.missing(asked, scores[0][1]) and (asked.topical or first >= limits.same)

    def _meant(self, asked: Features, at: int) -> bool:
        """Whether the entry answers what is asked; a company only where one is named or sought."""
        company = not self.knowledge.category_of[self.knowledge.entries[at].id].subject
        if company and not (asked.anchored or asked.concepts & _PROVIDERS):
            return False
        return self._index.meets(asked, at)

    def _leaves(self, entry: Entry, answered: Answered) -> bool:
        """Whether the first hit says nothing of the matter that the entry before it is about."""
        matters = self._reader.read(entry.title).concepts & self._reader.matters
        at = self.knowledge.entries.index(answered.hits[0].entry) if answered.hits else None
        return at is not None and not self._index.speaks_of(matters, at)

    def _repeats(self, entry: Entry, answered: Answered) -> bool:
        """Whether the first hit was read just now; a company's entry has its address, so it may come again."""
        again = bool(answered.hits) and answered.hits[0].entry is entry
        return again and bool(self.knowledge.category_of[entry.id].subject)

    def _beside(self, entry: Entry, answered: Answered) -> Answered:
        """The entry before it first, then what would fit if the question were not about that entry."""
        others = [hit for hit in answered.hits if hit.entry.id != entry.id][: SHOWN - 1]
        return Answered(Outcome.CHOICES, (Hit(entry, answered.hits[0].score), *others))

    def _in_context(self, question: str, asked: Features, entry: Entry, alone: Scores) -> tuple[Scores, Features, bool]:
        """A question without a subject of its own is asked about the subject of the entry before it; whether it was."""
        points_back = bool(_POINTS_BACK.search(question.strip()))
        short = len(asked.concepts) <= FEW or len(question.strip()) <= BRIEF
        if not alone or asked.concepts & self._subjects or not (points_back or short):
            return alone, asked, False
        best = alone[0][0]
        enough = best * (self._limits.pointing if points_back else self._limits.leaning)
        family = self._family(entry) & {at for score, at in alone if score >= self._limits.kin * best}
        for subject in filter(None, (self.knowledge.category_of[entry.id].subject, entry.short)):
            about = asked | self._reader.read(subject)
            scores = self._index.scores(about)
            if scores and scores[0][0] >= enough and scores[0][1] in family:
                return scores, about, True
        return alone, asked, points_back or not _IN_FULL.search(question)

    def _family(self, entry: Entry) -> set[int]:
        """The entries that share the subject of this one."""
        category = self.knowledge.category_of[entry.id]
        names = {other.id for other in category.entries} if category.subject else {entry.id}
        return {at for at, other in enumerate(self.knowledge.entries) if other.id in names}

    def _subject_concepts(self) -> Iterable[str]:
        """What a question names when it is about something else than the entry before it."""
        for category in self.knowledge.categories:
            names = [category.subject] if category.subject else [entry.short for entry in category.entries]
            for name in names:
                yield from self._reader.read(name).concepts & self._reader.anchors


def _seeks_provider(asked: Features) -> bool:
    """Whether a company is sought for a need, so that the need's words are no other matter."""
    wanted = "パートナー" in asked.concepts or bool(asked.concepts & _PROVIDERS and asked.concepts & _TO_BUILD)
    return wanted and _BUILDABLE.issuperset(asked.foreign)


def load_search() -> Search:
    """The search over the content of this package."""
    return Search(load_knowledge())
