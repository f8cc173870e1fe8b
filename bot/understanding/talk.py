"""Reads what is said beside questions: thanks, the wish for a person, whether something is still so."""

import re
from collections.abc import Iterator

from bot.content.speech import standard
from bot.content.talk import Manner, Reply, SmallTalk, TalkText
from bot.understanding.folding import fold
from bot.understanding.sentences import sentences

LONGEST_COMMAND = 80  # letters of a message that can be a command
LONGEST = 60  # letters of a sentence that can be small talk
_MARKS = re.compile(r"[^\w〜ー]+$")
_WORD = re.compile(r"[a-z]{2,}")
_LETTER = re.compile(r"[^\W\d_]")


class TalkReader:
    """Built once at start, then only read."""

    def __init__(self, text: TalkText) -> None:
        self.text = text
        # the most telling first: who thanks and complains complains
        order = {"complaint": 0, "thanks": 1, "bye": 2, "greeting": 3, "backchannel": 4}
        small = sorted(text.small, key=lambda one: order[one.kind])
        replies = (text.person, *text.manner, *small)
        self._replies = [(reply, re.compile("|".join(reply.forms))) for reply in replies]
        # one piece at a time: a repeated choice in one pattern can take for ever
        self._before = re.compile(text.before)
        self._after = re.compile(f"(?:{text.after})$")
        self._still = re.compile("|".join(text.still.forms))
        self._commands = [
            (one.command, re.compile("|".join(one.forms)), re.compile(one.unless) if one.unless else None)
            for one in text.commands
        ]
        self._newer = tuple(fold(word).text for word in text.newer.words)

    def read(self, message: str) -> Reply | None:
        """The reply to a message that holds nothing but talk, or None."""
        found = [self._of(part) for part in sentences(message)]
        if not found or None in found:
            return None
        return next(reply for reply, _ in self._replies if reply in found)

    def command(self, message: str) -> str | None:
        """The command that a short message gives in free words, or None."""
        plain = fold(message).text.replace(" ", "")
        if len(plain) > LONGEST_COMMAND:
            return None
        found = (
            name
            for name, form, unless in self._commands
            if any(form.search(way) for way in (plain, standard(plain))) and not (unless and unless.search(plain))
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
        rest = self._still.sub("", plain)
        return None if rest == plain else rest

    def newer_word(self, question: str) -> str | None:
        """The word of a question that came up after the source."""
        plain = fold(question).text.replace(" ", "")
        words = zip(self._newer, self.text.newer.words, strict=True)
        return next((word for form, word in words if form.replace(" ", "") in plain), None)

    def _of(self, part: str) -> Reply | None:
        ways = self._ways(_MARKS.sub("", fold(part).text.strip()))
        return next((reply for reply, form in self._replies if any(form.fullmatch(way) for way in ways)), None)

    def _ways(self, plain: str) -> tuple[str, ...]:
        """The words with less and less of what may stand before and after them."""
        if len(plain) > LONGEST:
            return ()
        starts = [plain]
        while (found := self._before.match(starts[-1])) and found.end():
            starts.append(starts[-1][found.end() :])
        return tuple(dict.fromkeys(way for start in starts for way in self._ends(start) if way))

    def _ends(self, plain: str) -> Iterator[str]:
        yield plain
        while (found := self._after.search(plain)) and found.start() < len(plain):
            plain = plain[: found.start()]
            yield plain


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
