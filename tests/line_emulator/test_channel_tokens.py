"""Channel access tokens of every kind, issued, used, verified and revoked by LINE's SDK."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from linebot.v3.oauth import ApiClient, ApiException, ChannelAccessToken, Configuration

from line_emulator import Emulator
from line_emulator.access_tokens import LIVES, MOST
from tests.line_emulator.small_bot import SECRET, LineClient

CHANNEL = "1234567890"
GRANT = "client_credentials"
JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture
def tokens(emulator: Emulator) -> Iterator[Any]:
    with ApiClient(Configuration(host=emulator.url)) as client:
        yield ChannelAccessToken(client)
        client.rest_client.pool_manager.clear()


def assertion(emulator: Emulator, **changes: Any) -> str:
    now = int(emulator.platform.clock.seconds())
    payload = {"iss": CHANNEL, "sub": CHANNEL, "aud": "https://api.line.me/", "exp": now + 1500, **changes}
    parts = [json.dumps(one).encode() for one in ({"alg": "RS256", "typ": "JWT", "kid": "k"}, payload)]
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), "signature"])


def works(line: LineClient, token: str) -> bool:
    return line.call("GET", "/v2/bot/info", token=token).status == 200


def test_short_lived_token_works_until_it_is_revoked(tokens: Any, line: LineClient) -> None:
    made = tokens.issue_channel_token(GRANT, CHANNEL, SECRET)
    assert (made.token_type, made.expires_in > 29 * 24 * 3600, works(line, made.access_token)) == ("Bearer", True, True)
    assert tokens.verify_channel_token(made.access_token).client_id == CHANNEL
    tokens.revoke_channel_token(made.access_token)
    assert not works(line, made.access_token)
    with pytest.raises(ApiException):
        tokens.verify_channel_token(made.access_token)


def test_one_short_lived_token_too_many_revokes_the_oldest(emulator: Emulator, tokens: Any, line: LineClient) -> None:
    first = tokens.issue_channel_token(GRANT, CHANNEL, SECRET).access_token
    for _ in range(MOST - 1):
        emulator.platform.access.issue("short-lived")
    assert works(line, first)
    emulator.platform.access.issue("short-lived")
    assert not works(line, first)


def test_token_2_1_has_a_key_and_a_life_of_choice(emulator: Emulator, tokens: Any, line: LineClient) -> None:
    made = tokens.issue_channel_token_by_jwt(GRANT, JWT, assertion(emulator, token_exp=60))
    assert 0 < made.expires_in <= 60
    assert tokens.gets_all_valid_channel_access_token_key_ids(JWT, assertion(emulator)).kids == [made.key_id]
    assert tokens.verify_channel_token_by_jwt(made.access_token).expires_in <= 60
    emulator.advance(61)
    assert not works(line, made.access_token)
    assert tokens.gets_all_valid_channel_access_token_key_ids(JWT, assertion(emulator)).kids == []


def test_channel_has_thirty_tokens_2_1_and_no_more(emulator: Emulator, tokens: Any) -> None:
    kept = tokens.issue_channel_token_by_jwt(GRANT, JWT, assertion(emulator)).access_token
    for _ in range(MOST - 1):
        emulator.platform.access.issue("v2.1")
    with pytest.raises(ApiException):
        tokens.issue_channel_token_by_jwt(GRANT, JWT, assertion(emulator))
    tokens.revoke_channel_token_by_jwt(CHANNEL, SECRET, kept)
    assert tokens.issue_channel_token_by_jwt(GRANT, JWT, assertion(emulator)).key_id


@pytest.mark.parametrize("with_secret", [True, False])
def test_stateless_token_lives_a_quarter_of_an_hour(
    emulator: Emulator, tokens: Any, line: LineClient, with_secret: bool
) -> None:
    given = {"client_id": CHANNEL, "client_secret": SECRET}
    signed = {"client_assertion_type": JWT, "client_assertion": assertion(emulator)}
    missing = dict.fromkeys(signed if with_secret else given, "")
    made = tokens.issue_stateless_channel_token(grant_type=GRANT, **(given if with_secret else signed), **missing)
    assert works(line, made.access_token)
    emulator.advance(LIVES["stateless"] + 1)
    assert not works(line, made.access_token)


@pytest.mark.parametrize(
    "changes",
    [{"iss": "2"}, {"sub": "2"}, {"aud": "https://example.com/"}, {"exp": 0}, {"exp": 10**12}, {"token_exp": 10**8}],
    ids=str,
)
def test_assertion_that_line_would_not_take_is_refused(
    emulator: Emulator, tokens: Any, changes: dict[str, Any]
) -> None:
    with pytest.raises(ApiException) as caught:
        tokens.issue_channel_token_by_jwt(GRANT, JWT, assertion(emulator, **changes))
    assert (caught.value.status, json.loads(caught.value.body)["error"]) == (400, "invalid_client")


def test_wrong_secret_grant_and_assertion_are_refused(emulator: Emulator, tokens: Any) -> None:
    asked: list[Callable[[], Any]] = [
        lambda: tokens.issue_channel_token(GRANT, CHANNEL, "another"),
        lambda: tokens.issue_channel_token("password", CHANNEL, SECRET),
        lambda: tokens.issue_channel_token_by_jwt(GRANT, JWT, "no.jwt"),
        lambda: tokens.issue_channel_token_by_jwt(GRANT, "another", assertion(emulator)),
    ]
    for ask in asked:
        with pytest.raises(ApiException):
            ask()
    assert len(emulator.refusals) == 4
