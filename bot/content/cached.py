"""The content files of the rules, each read once."""

from functools import cache

from bot.content.fees import FeeTexts
from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.precheck_texts import PrecheckTexts
from bot.content.premium_id import PremiumIdTexts
from bot.content.typed_words import TypedWords
from bot.domain.parsing.choices import Vocabulary


@cache
def precheck_texts() -> PrecheckTexts:
    return load_yaml(JA / "precheck_rules.yaml", PrecheckTexts)


@cache
def fee_texts() -> FeeTexts:
    return load_yaml(JA / "fees.yaml", FeeTexts)


@cache
def premium_id_texts() -> PremiumIdTexts:
    return load_yaml(JA / "premium_id.yaml", PremiumIdTexts)


@cache
def typed_words() -> TypedWords:
    return load_yaml(JA / "typed_words.yaml", TypedWords)


@cache
def vocabulary_of(question: str) -> Vocabulary:
    """The words that answer one of the pre-check's questions."""
    return typed_words().vocabulary(question)


@cache
def plain_vocabulary() -> Vocabulary:
    """Bare yes, no and unknown."""
    return typed_words().plain()
