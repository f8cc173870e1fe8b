"""The link to the printable sheet: the answers themselves, signed; nothing is stored anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.answers import Answers, AnswersError, read_answers

PURPOSE = "sheet"  # what the signing keys are derived for
VALID = timedelta(days=30)
LONGEST = 4_000  # characters; the longest answers there can be make less than 2,500


class SheetLinkError(ValueError):
    """The link was not signed by this bot, or it has been changed."""


class SheetExpiredError(SheetLinkError):
    """A link of ours, older than 30 days."""


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """The content of a link: the answers of a check, which is repeated for that day."""

    answers: Answers
    on: date

    @property
    def valid_until(self) -> date:
        return self.on + VALID


class _Payload(BaseModel):
    """The payload of a token; `v` is its version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1]
    on: date
    a: dict[str, object]


class SheetLinks:
    """Signs and verifies the links: the first key signs, a signature with any of the keys is accepted.

    The keys are derived from SECRET_KEY for `PURPOSE` alone, so that no other signed value passes for a link.
    """

    def __init__(self, keys: Sequence[bytes], public_url: str) -> None:
        self._public_url = public_url
        signing = {"key_derivation": "hmac", "digest_method": sha256}
        self._serializers = [URLSafeSerializer(key, salt="sheet", signer_kwargs=signing) for key in keys]

    def link(self, answers: Mapping[str, object], on: date) -> str:
        """The address of the sheet for these answers, given on that day (Japan); the same for the same answers.

        The answers are those of the design; AnswersError names the key of one that is not.
        """
        given = {key: value for key, value in answers.items() if value is not None}
        kept = read_answers(given).model_dump(mode="json", exclude_none=True)
        return f"{self._public_url}/sheet/{self._serializers[0].dumps({'v': 1, 'on': on.isoformat(), 'a': kept})}"

    def read(self, token: str, today: date) -> SheetRequest:
        """Raises SheetExpiredError after 30 days, SheetLinkError for all that this bot did not sign."""
        if len(token) > LONGEST or not token.isascii():
            raise SheetLinkError("too long, or letters that no link has")
        serializer = next((one for one in self._serializers if _as_signed(token, one)), None)
        if serializer is None:
            raise SheetLinkError("not spelled as it was signed")
        try:
            payload = _Payload.model_validate(serializer.loads(token))
            asked = SheetRequest(read_answers(payload.a), payload.on)
        except (BadData, ValidationError, AnswersError) as error:
            raise SheetLinkError(type(error).__name__) from None
        if today > asked.valid_until:
            raise SheetExpiredError("older than 30 days")
        return asked


def _as_signed(token: str, serializer: URLSafeSerializer) -> bool:
    """Base64 has bits that say nothing: a signature altered only there would still pass."""
    signer = serializer.make_signer(serializer.salt)
    return compare_digest(signer.sign(token.rpartition(".")[0]), token.encode())
