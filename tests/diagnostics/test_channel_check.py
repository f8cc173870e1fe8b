"""Every way in which token, setting and Redis may belong to different bots."""

import pytest

from bot.store.bot_identity import BotIdentityStore
from line_emulator.emulator import BOT_ID
from tests.diagnostics.conftest import Deployment

OTHER = "U" + "b" * 32


@pytest.mark.parametrize(("owner", "setting"), [("", None), (BOT_ID, None), ("", BOT_ID), (BOT_ID, BOT_ID)])
def test_one_bot_everywhere_is_fine(deployment: Deployment, owner: str, setting: str | None) -> None:
    if owner:
        BotIdentityStore(deployment.redis).claim(owner)
    found = [result.state for _, result in deployment.found("channel", line_bot_user_id=setting)]
    assert found == ["ok", "ok"]


def test_redis_of_another_bot(deployment: Deployment) -> None:
    BotIdentityStore(deployment.redis).claim(OTHER)
    result = deployment.only("channel")
    assert (result.state, result.message.en) == ("failed", "Redis is that of another bot than the token's")
    assert result.next_step
    assert "madoguchi channel --adopt" in result.next_step.en
    assert OTHER not in str(result)


def test_setting_of_another_bot(deployment: Deployment) -> None:
    result = deployment.only("channel", line_bot_user_id=OTHER)
    assert (result.state, result.message.en) == ("failed", "LINE_BOT_USER_ID is another bot than the token's")
    assert result.next_step
    assert "from one channel" in result.next_step.en


def test_token_of_another_bot_breaks_both_lines(deployment: Deployment) -> None:
    BotIdentityStore(deployment.redis).claim(OTHER)
    found = [result.state for _, result in deployment.found("channel", line_bot_user_id=OTHER)]
    assert found == ["failed", "failed"]


def test_redis_away_hides_its_owner_only(deployment: Deployment) -> None:
    found = deployment.found("channel", redis_url="redis://127.0.0.1:9")
    assert [result.state for _, result in found] == ["ok", "skipped"]


def test_look_at_it_claims_nothing(deployment: Deployment) -> None:
    deployment.found("channel")
    assert BotIdentityStore(deployment.redis).get() == ""
