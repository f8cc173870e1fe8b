"""What can go wrong, by what the edge does about it; what a user did wrong is a reply, never one of these."""


class BotError(Exception):
    """Base of all errors the bot raises on purpose; its text is one line and holds no secret."""


class RetryableError(BotError):
    """May go well later: the work stays where it is and is taken up again."""


class PermanentError(BotError):
    """Will never go well: the work is put aside with this as its reason."""


class SettingsError(PermanentError):
    """The process must not start; the text names the setting."""


class StoreUnavailableError(RetryableError):
    """Redis did not take the write: nothing was promised, the sender must try again."""


class DecryptionError(RetryableError):
    """A stored value does not open with this SECRET_KEY in this place. It stays: another key may open it."""

    waited_ms = 0  # since when it is the first in its place and does not open


class NotEncryptedError(PermanentError):
    """A stored value is too short to be sealed with any key."""


class LeaseLostError(RetryableError):
    """Someone else holds this user now; whatever was computed here must not be written."""


class NewerStateError(RetryableError):
    """What is stored was written by a newer release, whose workers run beside this one: it is theirs."""

    def __init__(self, version: int) -> None:
        super().__init__(f"stored by a newer release (version {version})")
        self.version = version
