from line_emulator.clock import Clock
from line_emulator.tokens import ReplyTokens


def test_tokens_that_nothing_can_revive_are_forgotten() -> None:
    clock = Clock()
    tokens = ReplyTokens(clock)
    for _ in range(999):
        tokens.issue("U1", 60)
    clock.advance(20 * 60 + 61)
    last = tokens.issue("U1", 60)
    assert len(tokens) == 1
    assert tokens.chat_of(last) == "U1"


def test_a_used_token_is_not_given_back_by_a_redelivery() -> None:
    tokens = ReplyTokens(Clock())
    token = tokens.issue("U1", 60)
    tokens.use(token)
    tokens.delivered(token, 60)
    assert tokens.chat_of(token) is None
