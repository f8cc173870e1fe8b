"""Redis keys: a user's keys name a pseudonym, never the LINE ID, and share one hash tag.

The tag is a bucket of the pseudonym (its first two hex digits), so that a user's keys and the list of users
with something waiting lie in one slot of a Redis Cluster: storing an event and remembering that it waits is then
a single atomic script, whatever process dies at whatever moment.
"""

import hmac
from dataclasses import dataclass

from bot.runtime.key_derivation import derive_key

BUCKETS = tuple(f"{number:02x}" for number in range(256))
PREFIX = "mado"


class Pseudonyms:
    """Turns a LINE ID into 32 hex digits that cannot be turned back without the key."""

    def __init__(self, secret_key: str, *, key: bytes = b"") -> None:
        """With the key that Redis keeps (`bot.store.secret_keys`), or the one that a new Redis begins with."""
        self.key = key or derive_key(secret_key, "pseudonyms")
        self._keyed = hmac.new(self.key, digestmod="sha256")

    def of(self, line_id: str) -> str:
        made = self._keyed.copy()  # in half the time of a new one, and without giving Python's lock away
        made.update(line_id.encode())
        return made.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class UserKeys:
    """The keys of one user."""

    user: str

    def _key(self, kind: str) -> str:
        return f"{PREFIX}:{{{self.user[:2]}}}:{self.user}:{kind}"

    @property
    def inbox(self) -> str:
        """List of sealed events, oldest first."""
        return self._key("inbox")

    @property
    def outbox(self) -> str:
        """List of sealed outgoing entries, oldest first."""
        return self._key("outbox")

    @property
    def undelivered(self) -> str:
        """Hash of sealed outgoing entries that LINE did not take, by entry id."""
        return self._key("undelivered")

    @property
    def session(self) -> str:
        """The sealed conversation."""
        return self._key("session")

    @property
    def lease(self) -> str:
        """Token of the worker that has this user, gone with its lease."""
        return self._key("hold")

    @property
    def attempts(self) -> str:
        """How often the event at the head was taken without being finished."""
        return self._key("tries")

    @property
    def rate(self) -> str:
        """Events accepted in this minute."""
        return self._key("rate")

    @property
    def guesses(self) -> str:
        """Events of this hour that tried a resume code."""
        return self._key("guesses")

    @property
    def overflow(self) -> str:
        """The newest event that found the inbox full or the rate used up."""
        return self._key("surplus")

    @property
    def erase_request(self) -> str:
        """The event by which the user has left, as it stands in the inbox, until it has erased everything."""
        return self._key("erasing")

    @property
    def undecryptable(self) -> str:
        """The first bytes of a sealed value at the head that did not open, and since when (ms)."""
        return self._key("unopened")

    @property
    def unsent(self) -> str:
        """Set of messages that their sender took back, as HMACs of their ids, for as long as one may still arrive."""
        return self._key("unsent")

    @property
    def due(self) -> str:
        """The bucket's sorted set of users with something waiting, by when to look again (ms)."""
        return due(self.user[:2])

    @property
    def waiting_since(self) -> str:
        """The bucket's sorted set of the same users, by since when they have seen no progress (ms)."""
        return waiting_since(self.user[:2])

    def accepted_at(self, event_id: str) -> str:
        """When that event was accepted (ms); stands for as long as a second delivery of it must change nothing."""
        return self._key(f"seen:{event_id}")


def due(bucket: str) -> str:
    return f"{PREFIX}:{{{bucket}}}:due"


def waiting_since(bucket: str) -> str:
    return f"{PREFIX}:{{{bucket}}}:since"


def resume_code(code_id: str) -> str:
    """Hash of a talk that waits for a colleague: the event it came from, the sealed talk, the event that took it."""
    return f"{PREFIX}:handover:{code_id}"


def bot_identity() -> str:
    """User ID of the bot whose events are kept here."""
    return f"{PREFIX}:channel"


def secret_keys() -> str:
    """The key of the pseudonyms, sealed with the SECRET_KEY in use: who cannot open it must leave this Redis alone."""
    return f"{PREFIX}:key"


def dead_letters() -> str:
    """List of what could not be delivered or processed, newest first."""
    return f"{PREFIX}:dead"


def unanswered(day: str) -> str:
    """Hash of masked questions of one day (YYYY-MM-DD) and how often each came."""
    return f"{PREFIX}:unanswered:{day}"


def console_session(session_id: str) -> str:
    """Who is logged in to the console under that id (a digest of what the cookie says), and since when."""
    return f"{PREFIX}:console:session:{session_id}"


def login_attempts(origin: str) -> str:
    """Tries to log in of the last minutes, by a pseudonym of the address they came from, or of all."""
    return f"{PREFIX}:console:tries:{origin}"


def sweeper_lock(bucket: str) -> str:
    """Held by the one worker process that looks, in this second, on the server of that bucket."""
    return f"{PREFIX}:{{{bucket}}}:sweeper"


def write_probe(bucket: str) -> str:
    """Written for a second to see that the server of this bucket takes writes."""
    return f"{PREFIX}:{{{bucket}}}:trial"


def line_refused() -> str:
    """The status with which LINE refuses the token or the channel; stands while some worker meets it."""
    return f"{PREFIX}:refused"


def clock(bucket: str) -> str:
    """The time (ms) that the server of that bucket showed when it was last looked at."""
    return f"{PREFIX}:{{{bucket}}}:clock"


def set_back(bucket: str) -> str:
    """The latest time (ms) that the server of that bucket had shown before its clock was last set back."""
    return f"{PREFIX}:{{{bucket}}}:set_back"


def supported_version(version: int) -> str:
    """Stands while some worker reads sessions of that version."""
    return f"{PREFIX}:speaks:{version}"


def metrics_totals() -> str:
    """Hash of every count since the beginning; one slot with the days, so that a batch goes in as a whole."""
    return f"{PREFIX}:{{figures}}:totals"


def metrics_day(day: str) -> str:
    """The same for one day in Japan (YYYY-MM-DD)."""
    return f"{PREFIX}:{{figures}}:day:{day}"


def metrics_batch(process: str) -> str:
    """Number of the last batch of counts that this process brought in."""
    return f"{PREFIX}:{{figures}}:batch:{process}"
