"""The content files of the rules, read once."""

from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml

from bot.content.fees import FeeTexts
from bot.content.precheck_texts import PrecheckTexts
from bot.content.premium_id import PremiumIdTexts
from bot.content.sentences import Texts
from bot.content.typed_words import TypedWords

T = TypeVar("T", bound=Texts)

FOLDER = Path(__file__).parent / "ja"


def _load(name: str, model: type[T]) -> T:
    return model.model_validate(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


@cache
def precheck_texts() -> PrecheckTexts:
    return _load("precheck_rules.yaml", PrecheckTexts)


@cache
def fee_texts() -> FeeTexts:
    return _load("fees.yaml", FeeTexts)


@cache
def premium_id_texts() -> PremiumIdTexts:
    return _load("premium_id.yaml", PremiumIdTexts)


@cache
def typed_words() -> TypedWords:
    return _load("typed_words.yaml", TypedWords)
