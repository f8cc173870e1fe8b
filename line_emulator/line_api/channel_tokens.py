"""The endpoints that issue, verify and revoke channel access tokens. They need no token themselves."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.access_tokens import LIVES, AccessToken, Kind, TooManyTokensError, claims
from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import platform, watch

api = Blueprint("channel_tokens", __name__)
watch(api, needs_token=False)
_JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONGEST_ASSERTION = 30 * 60


class _TokenError(RefusedError):
    """An error in the format of these endpoints."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(400, description)
        self.error = error

    def body(self) -> dict[str, Any]:
        return {"error": self.error, "error_description": self.message}


@api.post("/v2/oauth/accessToken")
def issue_short_lived() -> ResponseReturnValue:
    _check_grant()
    _check_secret()
    return jsonify(_answer(_issued("short-lived")))


@api.post("/oauth2/v2.1/token")
def issue_v2_1() -> ResponseReturnValue:
    _check_grant()
    wanted = _checked_claims().get("token_exp", LIVES["v2.1"])
    if isinstance(wanted, bool) or not isinstance(wanted, int | float) or not 0 < wanted <= LIVES["v2.1"]:
        raise _TokenError("invalid_client", "Invalid token_exp")
    made = _issued("v2.1", float(wanted))
    return jsonify({**_answer(made), "key_id": made.key_id})


@api.post("/oauth2/v3/token")
def issue_stateless() -> ResponseReturnValue:
    """Issue a token for a quarter of an hour, for an assertion or for ID and secret."""
    _check_grant()
    if "client_assertion" in request.form:
        _checked_claims()
    else:
        _check_secret()
    return jsonify(_answer(_issued("stateless")))


@api.post("/v2/oauth/verify")
@api.get("/oauth2/v2.1/verify")
def verify() -> ResponseReturnValue:
    """Return what is left of a token's life."""
    access = platform().access
    found = access.find(request.values.get("access_token", ""))
    if found is None:
        raise _TokenError("invalid_request", "invalid access token")
    scope = {"scope": "profile chat_message.write"} if request.path == "/v2/oauth/verify" else {}
    return jsonify({"client_id": platform().channel_id, "expires_in": access.left(found), **scope})


@api.post("/v2/oauth/revoke")
def revoke() -> ResponseReturnValue:
    platform().access.revoke(request.form.get("access_token", ""))
    return "", 200


@api.post("/oauth2/v2.1/revoke")
def revoke_v2_1() -> ResponseReturnValue:
    _check_secret()
    platform().access.revoke(request.form.get("access_token", ""))
    return "", 200


@api.get("/oauth2/v2.1/tokens/kid")
def key_ids() -> ResponseReturnValue:
    _checked_claims()
    return jsonify({"kids": platform().access.key_ids()})


def _check_grant() -> None:
    if request.form.get("grant_type") != "client_credentials":
        raise _TokenError("unsupported_grant_type", "unsupported grant_type")


def _check_secret() -> None:
    given = request.form.get("client_id"), request.form.get("client_secret")
    if given != (platform().channel_id, platform().webhooks.secret):
        raise _TokenError("invalid_client", "invalid client_id or client_secret")


def _checked_claims() -> dict[str, Any]:
    """Return the claims of the assertion if LINE would take them."""
    found = claims(request.values.get("client_assertion", ""))
    channel, now = platform().channel_id, platform().clock.seconds()
    if request.values.get("client_assertion_type") != _JWT or found is None:
        raise _TokenError("invalid_request", "Invalid client_assertion")
    if (found.get("iss"), found.get("sub")) != (channel, channel) or found.get("aud") != "https://api.line.me/":
        raise _TokenError("invalid_client", "Invalid iss, sub or aud")
    ends = found.get("exp")
    if isinstance(ends, bool) or not isinstance(ends, int | float) or not now < ends <= now + _LONGEST_ASSERTION:
        raise _TokenError("invalid_client", "Invalid exp")
    return found


def _issued(kind: Kind, life: float | None = None) -> AccessToken:
    try:
        return platform().access.issue(kind, life)
    except TooManyTokensError:
        raise _TokenError("invalid_request", "no more tokens can be issued") from None


def _answer(made: AccessToken) -> dict[str, Any]:
    return {"access_token": made.token, "expires_in": platform().access.left(made), "token_type": "Bearer"}
