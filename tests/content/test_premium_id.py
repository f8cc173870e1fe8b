import pytest

from bot.content.cached import premium_id_texts
from bot.content.premium_id import PremiumIdTexts, id_in_words
from bot.domain.premium_ids import check_premium_id


def in_words(wished: str) -> tuple[str, ...]:
    return id_in_words(check_premium_id(wished), premium_id_texts())


def test_each_problem_gets_a_sentence_and_a_proposal_follows() -> None:
    texts = premium_id_texts()
    assert in_words("@Yokohama City")[:4] == (
        texts.invalid,
        texts.problems["uppercase"],  # type: ignore[index]  # a StrEnum is its word
        texts.problems["space"],  # type: ignore[index]  # a StrEnum is its word
        "「@yokohama-city」なら使える形です。",
    )


@pytest.mark.parametrize("wished", ["@yokohama", "横浜市", ""])
def test_whatever_is_wished_only_line_knows_what_is_taken_and_nothing_can_be_changed_later(wished: str) -> None:
    assert in_words(wished)[-2:] == (premium_id_texts().only_line_knows, premium_id_texts().cannot_undo)


def test_a_problem_without_a_sentence_stops_the_start() -> None:
    raw = premium_id_texts().model_dump(mode="json")
    del raw["problems"]["space"]
    with pytest.raises(ValueError, match="no text for space"):
        PremiumIdTexts.model_validate(raw)
