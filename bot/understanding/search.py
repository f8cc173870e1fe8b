"""A question in, one of three honest outcomes out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.content.knowledge import load_knowledge
from bot.content.models import Entry, Knowledge
from bot.content.questions import Question, load_questions
from bot.understanding.attributes import Attributes, load_attributes
from bot.understanding.desks import UNKNOWN, Desk, load_desks
from bot.understanding.encoder import BUNDLED, Encoder, load_encoder
from bot.understanding.lines import all_lines
from bot.understanding.model_files import Learned, load, model_folder
from bot.understanding.ranker import Ranked, Ranker
from bot.understanding.sentences import parts, without_placeholder

SHOWN = 5
SEVERAL = 3  # questions of one message that are answered
NEAR = 3  # choices of a question alone among which a follow-up may be clear
ONE_QUESTION = 0.9  # the probability of one entry from which a message asks one thing only
POSSIBLE = 0.05  # the probability of an entry for a whole message from which a part of it may ask for it
OWN_SUBJECT = 7  # letters of a part that can name what it asks about: 連絡先は and どこの会社か cannot
LIKELY = 0.5
LEANING = 0.5  # the probability from which a follow-up is about the subject before it
FOREIGN = 0.97  # the probability of being out of scope from which even a follow-up has left the subject
BRIEF = 6  # letters of a question that can hardly name its subject
_GOES_ON = re.compile(
    r"^(?:(?:んじゃ|じゃあ?|では|ほな|ほんなら|なら|あと|(?:っ?て|という|つう)ことは)[、,\s]*)+(?=..)"
)
_CONCLUDES = re.compile(r"(?:っ?て|という|つう)ことは")
_POINTS_BACK = re.compile(r"^(?:それ|そ[のちっこ]|同じ)|それ[はもっを]|そちら|その(?:場合|とき|料金|費用)")
_ASKS_WHY = re.compile(
    r"(?:その)?(?:理由|わけ)(?:は|を教えて.{0,8})?[?？。]*|(?:なぜ|どうして|なんで)(?:ですか|なの)?[?？。]*"
)
_ASKS = re.compile(r"(?:か|かね|かな|よね|は|教えて(?:ください|ほしい|下さい)?|知りたい(?:です)?)$")
_LEFT_OPEN = re.compile(r"(?:は|も|なら|だと|って|たら)[?？]*$")
_LETTERS = re.compile(r"[^\W_]")


class Outcome(StrEnum):
    """The outcomes of a search."""

    ANSWER = "answer"
    CHOICES = "choices"
    NONE = "none"


@dataclass(frozen=True)
class Hit:
    """An entry and the probability that it is meant."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Answered:
    """The result of a search for a message.

    ANSWER: the first hit is meant, the rest are the next best. CHOICES: up to five, best first. NONE: a desk.
    `several`: the answers to the questions of one message, in their order, if it holds more than one; `hits` then
    begins with the best of each.
    """

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    desk: Desk | None = None
    several: tuple["Answered", ...] = ()

    @property
    def is_likely(self) -> bool:
        """Return True if one entry is more likely meant than all others together."""
        return bool(self.hits) and self.hits[0].score >= LIKELY


class Search:
    """Built once at start, then only read: safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        questions: tuple[Question, ...],
        learned: Learned,
        encoder: Encoder | None = None,
        *,
        desks: dict[str, Desk] | None = None,
        attributes: Attributes | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.lines = all_lines(knowledge, questions)
        self.ranker = Ranker(learned, self.lines, encoder)
        self._desks = desks or load_desks(knowledge)
        self._attributes = attributes or load_attributes(knowledge)
        self._subjects: dict[str, str] = {}

    def ask(self, question: str, *, context_id: str | None = None) -> Answered:
        """Return the outcome; `context_id` is the entry the user has just read, for questions that lean on it.

        A question that is clear alone gets the same answer after any other question.
        """
        plain = _GOES_ON.sub("", without_placeholder(question.strip()))
        entry = self.knowledge.by_id.get(context_id or "")
        alone = self._alone(plain)
        letters = len(_LETTERS.findall(plain))
        if entry is None or letters > 2 * BRIEF:
            return alone
        if _ASKS_WHY.fullmatch(plain):
            own = alone.hits and alone.hits[0].entry is entry
            return alone if own else self._beside(entry, alone)  # alone, it asks why an application was rejected
        leans = bool(_POINTS_BACK.search(plain)) or self._attributes.alone_in(plain)
        if alone.outcome is Outcome.ANSWER and (not leans or alone.hits[0].entry is entry):
            return alone
        if leans:
            return self._leaning(plain, entry, alone)
        goes_on = bool(_GOES_ON.match(question.strip()) or _LEFT_OPEN.search(plain))
        asks_of_it = bool(self._own_subject(entry) and self._attributes.named(plain))  # いつできた会社？
        if alone.is_likely and not goes_on and not asks_of_it:
            return alone
        return self._going_on(plain, entry, alone, concludes=bool(_CONCLUDES.match(question.strip())))

    def _going_on(self, question: str, entry: Entry, alone: Answered, *, concludes: bool) -> Answered:
        """Judge a short question, or one after じゃあ, not clear alone: what was read answers it if that is likest."""
        ranked = self._rank(question)
        first = self.knowledge.by_id[ranked.entries[0][0]]
        choices = Answered(Outcome.CHOICES, tuple(self._hits(ranked)))
        if ranked.out >= FOREIGN:
            return alone
        enough = self.ranker.limits.answer
        is_ours = ranked.out < self.ranker.limits.out and self._attributes.met(question, first.id)
        if is_ours and (first is entry or (ranked.first >= enough and not concludes)):
            return replace(choices, outcome=Outcome.ANSWER)
        if not self._own_subject(entry):
            return self._beside(entry, choices)
        leaning = self._leaning(question, entry, choices, enough)
        near = {hit.entry.id for hit in choices.hits[:NEAR]}  # with a company's name before it, any question is like it
        return leaning if leaning.hits[0].entry.id in near else replace(leaning, outcome=Outcome.CHOICES)

    def desk(self, kind: str) -> Desk:
        """The desk for that kind of concern, or the one for everything else."""
        return self._desks.get(kind, self._desks[UNKNOWN])

    def _alone(self, question: str) -> Answered:
        ranked = self._rank(question)
        several = parts(question)
        answers = self._distinct(several, ranked) if len(several) > 1 else ()
        if len(answers) > 1:
            return Answered(Outcome.ANSWER, tuple(answered.hits[0] for answered in answers), several=answers)
        return self._judge(question, ranked)

    def _distinct(self, several: tuple[str, ...], whole: Ranked) -> tuple[Answered, ...]:
        """The clear answers to the parts of a message, each entry once.

        A part that is no question in its own words only counts if the whole message may mean its entry, too.
        """
        likely = {name for name, probability in whole.entries if probability >= POSSIBLE}
        possible = likely if whole.first < ONE_QUESTION else set()
        found: dict[str, Answered] = {}
        for part in several[-2 * SEVERAL :]:
            subject = _ASKS.sub("", part)
            asks = subject != part and len(_LETTERS.findall(subject)) >= OWN_SUBJECT
            answered = self.ask(part, context_id=next(reversed(found), None))  # Linyとは何ですか。料金はいくらですか
            if answered.outcome is Outcome.ANSWER and (asks or answered.hits[0].entry.id in possible):
                found.setdefault(answered.hits[0].entry.id, answered)
        return tuple(found.values())[:SEVERAL]

    def _rank(self, question: str) -> Ranked:
        return self.ranker.rank(question)

    def _judge(self, question: str, ranked: Ranked) -> Answered:
        limits = self.ranker.limits
        if ranked.out >= limits.out or not ranked.entries or not _LETTERS.search(question):
            return Answered(Outcome.NONE, desk=self.desk(ranked.kind or UNKNOWN))
        enough = limits.answer if ranked.by_vector else limits.answer_by_letters
        clear = ranked.first >= enough and ranked.out <= limits.doubt
        clear = clear and self._attributes.met(question, ranked.entries[0][0])
        return Answered(Outcome.ANSWER if clear else Outcome.CHOICES, tuple(self._hits(ranked)))

    def _hits(self, ranked: Ranked) -> Iterator[Hit]:
        for name, probability in ranked.entries[:SHOWN]:
            yield Hit(self.knowledge.by_id[name], round(min(probability, 1.0), 4))

    def _leaning(self, question: str, entry: Entry, alone: Answered, enough: float = LEANING) -> Answered:
        """A question without a subject of its own, asked about the subject of the entry before it."""
        category = self.knowledge.category_of[entry.id]
        own = self._own_subject(entry)
        family = {entry.id} if entry.subject or not category.subject else {other.id for other in category.entries}
        subject = own or category.subject or entry.short
        about = self._rank(f"{subject} {question}")
        first, probability = about.entries[0]
        fits = first in family and probability >= enough and self._attributes.met(question, first)
        fits = fits and (first == entry.id or first != self._of_subject(subject) or self._names(question, alone, first))
        if fits and (first != entry.id or own == entry.short):
            return Answered(Outcome.ANSWER, tuple(self._hits(about)))
        if fits and own:
            return self._beside(entry, Answered(Outcome.CHOICES, tuple(self._hits(about))))
        clear = alone.outcome is Outcome.ANSWER
        if clear and (not own or self._own_subject(alone.hits[0].entry)):
            return alone
        return self._beside(entry, alone)

    def _of_subject(self, subject: str) -> str:
        """Return the entry that the subject alone finds. Words that add nothing to the subject find it, too."""
        if subject not in self._subjects:
            self._subjects[subject] = self._rank(subject).entries[0][0]
        return self._subjects[subject]

    def _names(self, question: str, alone: Answered, name: str) -> bool:
        """Return True if the question alone speaks of the entry, points back (それは) or asks for a price (いくら)."""
        mentioned = any(hit.entry.id == name and hit.score >= POSSIBLE for hit in alone.hits)
        return mentioned or bool(_POINTS_BACK.search(question.strip())) or self._attributes.alone_in(question)

    def _own_subject(self, entry: Entry) -> str:
        """Return the subject of an entry if it is not the plan: a company, the verification, the ID."""
        category = self.knowledge.category_of[entry.id]
        return entry.subject or ("" if category.about_plan else category.subject or entry.short)

    def _beside(self, entry: Entry, answered: Answered) -> Answered:
        """The entry before it first, then what would fit if the question were not about that entry."""
        if not answered.hits:
            return answered
        others = [hit for hit in answered.hits if hit.entry.id != entry.id][: SHOWN - 1]
        return Answered(Outcome.CHOICES, (Hit(entry, answered.hits[0].score), *others))


def load_search(encoder: str = BUNDLED, knowledge: Knowledge | None = None) -> Search:
    """Return the search over the content of this package; SettingsError if the encoder cannot be loaded."""
    knowledge = knowledge or load_knowledge()
    return Search(knowledge, load_questions(knowledge.by_id), load(model_folder(encoder)), load_encoder(encoder))
