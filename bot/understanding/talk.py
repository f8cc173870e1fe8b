"""Reads what is said beside questions: thanks, the wish for a person, whether something is still so."""

import re

from bot.content.models import Knowledge
from bot.content.slow_patterns import LONGEST_TEXT
from bot.content.small_talk import load_small_talk
from bot.content.speech import standard
from bot.content.talk import Manner, Reply, SmallTalk, TalkText, load_talk
from bot.understanding.folding import fold
from bot.understanding.sentences import introduces, sentences
from bot.understanding.talk_kinds import IF_NOTHING_ELSE, TalkKinds

_ASKS_NOTHING = frozenset({"thanks", "bye", "backchannel"})
_SUBJECT_ASKED = re.compile(r"[一-龥ァ-ヶ]は[?？]*$")  # 助かりましたが料金は？
LONGEST_COMMAND = 80  # letters of a message that can be a command
LONGEST = 60  # letters of a sentence that can be small talk
SHORT = 20  # letters of a message that can be small talk if it is like no entry
_UNNAMED = re.compile(r"[〇○◯●]{1,3}[都道府県市区町村]")
# Who thanks and complains complains.
_MOST_TELLING_FIRST = ("person", "easy", "language", "complaint", "thanks", "bye", "greeting", "backchannel")
_WORD = re.compile(r"[a-z]{2,}")
_LETTER = re.compile(r"[^\W\d_]")


class TalkReader:
    """Built once at start, then only read."""

    def __init__(self, text: TalkText, kinds: TalkKinds) -> None:
        self.text = text
        self._kinds = kinds
        replies: dict[str, Reply] = {"person": text.person}
        replies.update({manner.kind: manner for manner in text.manner})
        replies.update({small.kind: small for small in text.small})
        self._replies = {kind: replies[kind] for kind in _MOST_TELLING_FIRST if kind in replies}
        self._still = re.compile("|".join(text.still.forms))
        self._commands = [
            (one.command, re.compile("|".join(one.forms)), re.compile(one.unless) if one.unless else None)
            for one in text.commands
        ]
        self._newer = tuple(fold(word).text for word in text.newer.words)

    def read(self, message: str) -> Reply | None:
        """The reply to a message that holds nothing but talk, or None; an introduction beside it is left out."""
        found = [reply for part in sentences(message) if (reply := self._of(part)) or not introduces(part)]
        if not found and _UNNAMED.search(message):
            return self._replies.get("greeting")  # 〇〇市の田中です
        return next((reply for reply in self._replies.values() if reply in found), None) if None not in found else None

    def faintly(self, message: str) -> Reply | None:
        """The reply to a short message that is perhaps talk and like no entry, or None."""
        if len(message) > SHORT:
            return None
        return self._replies.get(self._kinds.kind(message, IF_NOTHING_ELSE))

    def command(self, message: str) -> str | None:
        """The command that a short message gives in free words, or None."""
        plain = fold(message).text.replace(" ", "")
        if len(plain) > LONGEST_COMMAND:
            return None
        ways = (plain, standard(plain))
        found = (
            name
            for name, form, unless in self._commands
            if any(form.search(way) for way in ways) and not (unless and unless.search(plain))
        )
        return next(found, None)

    def parts(self, message: str) -> tuple[Reply | None, ...]:
        """The reply to each sentence; None for one that is no small talk."""
        return tuple(self._of(part) for part in sentences(message))

    def questions_in(self, message: str) -> str:
        """The message without its sentences of small talk; all of it if nothing else is left."""
        parts = sentences(message)
        kept = [part for part in parts if not isinstance(self._of(part), SmallTalk)]
        return "\n".join(kept) if kept and len(kept) < len(parts) else message

    def still(self, question: str) -> str | None:
        """The question without asking whether it is still so; None if it does not ask that."""
        plain = fold(question).text
        rest = self._still.sub("", plain) if len(plain) <= LONGEST_TEXT else plain
        return None if rest == plain else rest

    def newer_word(self, question: str) -> str | None:
        """The word of a question that came up after the source."""
        plain = fold(question).text.replace(" ", "")
        words = zip(self._newer, self.text.newer.words, strict=True)
        return next((word for form, word in words if form.replace(" ", "") in plain), None)

    def _of(self, part: str) -> Reply | None:
        kind = self._kinds.kind(part) if len(part) <= LONGEST else ""
        return None if kind in _ASKS_NOTHING and _SUBJECT_ASKED.search(part) else self._replies.get(kind)


def load_talk_reader(knowledge: Knowledge) -> TalkReader:
    """Return the reader of this package's content; ContentError or PermanentError if a file is wrong."""
    return TalkReader(load_talk(knowledge), TalkKinds(load_small_talk()))


def kind_of(reply: Reply | None) -> str | None:
    """The kind of small talk, for programs."""
    return reply.kind if isinstance(reply, SmallTalk) else None


def is_manner(reply: Reply) -> bool:
    return isinstance(reply, Manner)


def in_english(text: str) -> bool:
    """Return True if a question is written in English: several words, and hardly another letter."""
    plain = fold(text).text
    latin = sum(len(word) for word in _WORD.findall(plain))
    return len(_WORD.findall(plain)) >= 3 and latin >= 0.9 * len(_LETTER.findall(plain))
