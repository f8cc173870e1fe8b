"""The mail domain as typed in answer to the pre-check's question: an address, a domain, or its kind by name."""

import re

from bot.domain.mail_domains import read_domain
from bot.domain.parsing.choices import Vocabulary, fold, read_choice

# What looks like a domain, an address or a sum, whether it could be read or not.
_DOTTED = re.compile(r"@|[a-z0-9]\.[a-z0-9]")


def read_mail_answer(text: str, words: Vocabulary) -> str | None:
    """A domain or "unknown"; None where there is none, several, one that is not so, or a question."""
    domain = read_domain(text)
    if domain or _DOTTED.search(fold(text)):
        return domain  # a word beside it must not bring back what was left alone: gmail, lg.jpではありません
    return read_choice(text, words)
