"""The content files of the rules, each read once a version."""

from bot.content.fees import FeeTexts
from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.precheck_texts import PrecheckTexts
from bot.content.premium_id import PremiumIdTexts
from bot.content.typed_words import TypedWords
from bot.content.version import once_a_version
from bot.domain.parsing.choices import Vocabulary


@once_a_version
def precheck_texts() -> PrecheckTexts:
    return load_yaml(JA / "precheck_rules.yaml", PrecheckTexts)


@once_a_version
def fee_texts() -> FeeTexts:
    return load_yaml(JA / "fees.yaml", FeeTexts)


@once_a_version
def premium_id_texts() -> PremiumIdTexts:
    return load_yaml(JA / "premium_id.yaml", PremiumIdTexts)


@once_a_version
def typed_words() -> TypedWords:
    return load_yaml(JA / "typed_words.yaml", TypedWords)


@once_a_version
def vocabulary_of(question: str) -> Vocabulary:
    """The words that answer one of the pre-check's questions."""
    return typed_words().vocabulary(question)


@once_a_version
def plain_vocabulary() -> Vocabulary:
    """Bare yes, no and unknown."""
    return typed_words().plain()
