"""The errors of the bot, by what a process does about them. A user's mistake is answered and is not an error."""


class BotError(Exception):
    """The base of all errors that the bot raises on purpose. Its text is one line without secrets."""


class RetryableError(BotError):
    """An error that may pass. The work stays in its queue and is tried again."""


class PermanentError(BotError):
    """An error that will not pass. The work becomes a dead letter with this reason."""


class SettingsError(PermanentError):
    """A wrong setting; the process must not start. The text names the setting."""


class StoreUnavailableError(RetryableError):
    """Redis did not accept a write. Nothing was promised, so the sender must try again."""


class DecryptionError(RetryableError):
    """A stored value cannot be decrypted with this SECRET_KEY. It stays, because another key may fit."""

    waited_ms = 0  # since when it is the first in its place and does not open


class NotEncryptedError(PermanentError):
    """A stored value is too short to be encrypted with any key."""


class LeaseLostError(RetryableError):
    """Another worker holds the lease of this user now. Results of this turn must not be written."""


class NewerStateError(RetryableError):
    """The stored state was written by a newer release that runs beside this one; its workers process it."""

    def __init__(self, version: int) -> None:
        super().__init__(f"stored by a newer release (version {version})")
        self.version = version
