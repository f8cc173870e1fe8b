"""One message, understood: small talk, or questions with their answers."""

from dataclasses import dataclass

from bot.content.talk import Reply
from bot.understanding.search import SHOWN, Answered, Hit, Outcome, Search
from bot.understanding.talk import TalkReader, in_english

NO_SUBJECT = 5  # the most letters that say no subject: なにか, 条件って
FEWEST = 2  # letters of a question that are left when "is it still so" is taken out


@dataclass(frozen=True)
class Understood:
    """The contents of a message.

    `talk`: it is nothing but small talk. `newer`: the word in it that the source cannot know. Otherwise `answered`;
    `still`: it asks whether that is still so. `english`: it is written in English.
    """

    talk: Reply | None = None
    newer: str | None = None
    answered: Answered | None = None
    still: bool = False
    english: bool = False


def understand(text: str, search: Search, talk: TalkReader, *, context_id: str | None = None) -> Understood:
    """Read a message; `context_id` is the entry that its writer has just read."""
    reply = talk.read(text)
    if reply:
        return Understood(talk=reply)
    question = talk.questions_in(text)
    word = talk.newer_word(question)
    if word:
        return Understood(newer=word)
    answered = search.ask(question, context_id=context_id)
    rest = talk.still(question)
    if rest is not None:
        answered = _still(answered, rest, search, talk, context_id)
    elif answered.outcome is not Outcome.ANSWER and not answered.is_likely:
        reply = talk.faintly(question)
        if reply:
            return Understood(talk=reply)
    return Understood(answered=answered, still=rest is not None, english=in_english(question))


def _still(answered: Answered, rest: str, search: Search, talk: TalkReader, context_id: str | None) -> Answered:
    """Return the answer to whether something is still so: on its subject, or on the source if it names none."""
    if answered.outcome is Outcome.ANSWER:
        return answered
    about = search.ask(rest, context_id=context_id) if len(rest) >= FEWEST else Answered(Outcome.CHOICES)
    if about.outcome is not Outcome.CHOICES or about.is_likely or len(rest) > NO_SUBJECT:
        return answered if about.outcome is Outcome.NONE else about
    source = Hit(search.knowledge.by_id[talk.text.still.source], 1.0)
    others = tuple(hit for hit in about.hits if hit.entry is not source.entry)
    return Answered(Outcome.ANSWER, (source, *others[: SHOWN - 1]))
