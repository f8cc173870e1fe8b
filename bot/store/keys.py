"""Redis keys: a user's keys name a pseudonym, never the LINE ID, and share one hash tag.

The tag is a bucket: the first two hex digits of the pseudonym. So a user's keys and the list of users with pending work
are in one slot of a Redis Cluster, and one atomic script can store an event and mark its user as due.
"""

import hmac
from dataclasses import dataclass

from bot.runtime.key_derivation import derive_key

BUCKETS = tuple(f"{number:02x}" for number in range(256))
PREFIX = "mado"


class Pseudonyms:
    """A keyed function from LINE IDs to 32 hex digits, which cannot be reversed without the key."""

    def __init__(self, secret_key: str, *, key: bytes = b"") -> None:
        """Use the key stored in Redis (`bot.store.secret_keys`), or derive the one for a new Redis."""
        self.key = key or derive_key(secret_key, "pseudonyms")
        self._keyed = hmac.new(self.key, digestmod="sha256")

    def of(self, line_id: str) -> str:
        made = self._keyed.copy()  # half the time of a new one, and it does not release the GIL
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
        """List of encrypted events, oldest first."""
        return self._key("inbox")

    @property
    def outbox(self) -> str:
        """List of encrypted outgoing entries, oldest first."""
        return self._key("outbox")

    @property
    def undelivered(self) -> str:
        """Hash of encrypted outgoing entries that LINE did not accept, by entry id."""
        return self._key("undelivered")

    @property
    def session(self) -> str:
        """The encrypted session."""
        return self._key("session")

    @property
    def lease(self) -> str:
        """Token of the worker that holds the lease; expires with it."""
        return self._key("hold")

    @property
    def attempts(self) -> str:
        """Number of times the event at the head was claimed without being committed."""
        return self._key("tries")

    @property
    def rate(self) -> str:
        """Events accepted in this minute."""
        return self._key("rate")

    @property
    def guesses(self) -> str:
        """Set of the events of this hour that tried a resume code."""
        return self._key("guesses")

    @property
    def overflow(self) -> str:
        """The newest event that was refused because the inbox was full or the rate exceeded."""
        return self._key("surplus")

    @property
    def erase_request(self) -> str:
        """The event that asks to erase everything, as it is in the inbox, until it was handled."""
        return self._key("erasing")

    @property
    def undecryptable(self) -> str:
        """Hash by purpose: first bytes of a value that cannot be decrypted, and since when (ms)."""
        return self._key("unopened")

    @property
    def unsent(self) -> str:
        """Set of messages that were taken back, as HMACs of their ids, for as long as one may still arrive."""
        return self._key("unsent")

    @property
    def reminders(self) -> str:
        """Hash of encrypted reminders by kind, until each is sent or cancelled."""
        return self._key("reminders")

    @property
    def due(self) -> str:
        """Sorted set of the bucket's users with pending work, by when they are due (ms)."""
        return due(self.user[:2])

    @property
    def waiting_since(self) -> str:
        """Sorted set of the same users, by the time of their last progress (ms)."""
        return waiting_since(self.user[:2])

    def accepted_at(self, event_id: str) -> str:
        """Time of acceptance of this event (ms); kept for as long as a redelivery must be recognised."""
        return self._key(f"seen:{event_id}")


def due(bucket: str) -> str:
    return f"{PREFIX}:{{{bucket}}}:due"


def waiting_since(bucket: str) -> str:
    return f"{PREFIX}:{{{bucket}}}:since"


def due_reminders(bucket: str) -> str:
    """Sorted set of the bucket's reminders (user and kind), by when they are due (ms)."""
    return f"{PREFIX}:{{{bucket}}}:reminders"


def resume_code(code_id: str) -> str:
    """Hash under a resume code: its event, the encrypted conversation, the event that redeemed it."""
    return f"{PREFIX}:handover:{code_id}"


def menu_statistics() -> str:
    """Hash of what LINE counted for each rich menu, by the menu's id; stays after the menu was deleted."""
    return f"{PREFIX}:{{figures}}:menus"


def bot_identity() -> str:
    """User ID of the bot whose events are stored here."""
    return f"{PREFIX}:channel"


def secret_keys() -> str:
    """The key of the pseudonyms, encrypted with the SECRET_KEY in use. A process that cannot decrypt it must stop."""
    return f"{PREFIX}:key"


def dead_letters() -> str:
    """List of what could not be delivered or processed, newest first."""
    return f"{PREFIX}:dead"


def bulk_lock() -> str:
    """Lock of the web process that resends or discards all dead letters with one cause."""
    return f"{PREFIX}:console:bulk:lock"


def bulk_progress() -> str:
    """Progress of the latest bulk action on dead letters."""
    return f"{PREFIX}:console:bulk"


def trail_hour(hour: str) -> str:
    """Hash of the stations of the events of one hour in UTC (YYYYMMDDHH), by reference."""
    return f"{PREFIX}:trail:{hour}"


def check_record() -> str:
    """Outcome of the last recorded `madoguchi check`."""
    return f"{PREFIX}:check"


def unanswered(day: str) -> str:
    """Hash of masked questions of one day (YYYY-MM-DD) and their counts."""
    return f"{PREFIX}:unanswered:{day}"


def voted(day: str) -> str:
    """Hash of masked questions of one day (YYYY-MM-DD) whose answers were voted on, and the counts of votes."""
    return f"{PREFIX}:voted:{day}"


def console_session(session_id: str) -> str:
    """Session of an operator, by a digest of the cookie's token."""
    return f"{PREFIX}:console:session:{session_id}"


def login_attempts(origin: str) -> str:
    """Count of recent login attempts, by a pseudonym of the address, or of all addresses."""
    return f"{PREFIX}:console:tries:{origin}"


def sweeper_lock(bucket: str) -> str:
    """Lock of the worker process that sweeps this bucket's server in this second."""
    return f"{PREFIX}:{{{bucket}}}:sweeper"


def write_probe(bucket: str) -> str:
    """Written for a second to test that this bucket's server accepts writes."""
    return f"{PREFIX}:{{{bucket}}}:trial"


def line_refused() -> str:
    """HTTP status with which LINE refuses a worker; expires after the last report."""
    return f"{PREFIX}:refused"


def clock(bucket: str) -> str:
    """Time (ms) of this bucket's server at the last sweep."""
    return f"{PREFIX}:{{{bucket}}}:clock"


def set_back(bucket: str) -> str:
    """Latest time (ms) of this bucket's server before its clock was set back."""
    return f"{PREFIX}:{{{bucket}}}:set_back"


def supported_version(version: int) -> str:
    """Exists while some worker can read sessions of this version."""
    return f"{PREFIX}:speaks:{version}"


def metrics_totals() -> str:
    """Hash of all counts since the beginning; in one slot with the days, so that a batch is added atomically."""
    return f"{PREFIX}:{{figures}}:totals"


def metrics_day(day: str) -> str:
    """Hash of the counts of one day in Japan (YYYY-MM-DD)."""
    return f"{PREFIX}:{{figures}}:day:{day}"


def metrics_batch(process: str) -> str:
    """Number of the last batch of counts that this process added."""
    return f"{PREFIX}:{{figures}}:batch:{process}"


def content() -> str:
    """Hash of the published versions of the content: each version, when it was published, which one is current."""
    return f"{PREFIX}:{{content}}:versions"


def content_drafts() -> str:
    """Hash of the drafts of the content by unit, each with its revision."""
    return f"{PREFIX}:{{content}}:drafts"


def source_text() -> str:
    """Pages of the source as text, for the editors of the content."""
    return f"{PREFIX}:{{content}}:source"


def link_results() -> str:
    """Last result of asking the links of the content."""
    return f"{PREFIX}:{{content}}:links"


def content_preview(digest: str) -> str:
    """Preview of unpublished content; expires."""
    return f"{PREFIX}:{{content}}:preview:{digest}"


def question_states() -> str:
    """Hash of what editors have done with unanswered questions, by a digest of the question."""
    return f"{PREFIX}:{{content}}:questions"


def heartbeats() -> str:
    """Hash of the processes that run: their role, version and start, and when each was last seen."""
    return f"{PREFIX}:processes"


def last_event() -> str:
    """Time at which the last event was stored (seconds since 1970)."""
    return f"{PREFIX}:{{figures}}:last_event"


def recent_calls(slot: int) -> str:
    """Hash of the durations of calls to LINE in five minutes; expires soon after."""
    return f"{PREFIX}:{{figures}}:recent:{slot}"


def audit() -> str:
    """Stream of what operators did in the console; entries of the last 400 days."""
    return f"{PREFIX}:{{content}}:audit"


def used_code(operator: str, code: str) -> str:
    """Exists while a code of the second factor that was used could be used again."""
    return f"{PREFIX}:console:code:{operator}:{code}"
