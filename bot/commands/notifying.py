"""Sends a message to operators on behalf of a command, and says if that failed."""

from bot.commands.terminal import echo_escaped
from bot.errors import SettingsError


def notify_operators(urls: str, title: str, text: str) -> bool:
    """Send it and return True if every address took it. Raise SettingsError without NOTIFY_URLS or for a wrong one."""
    from bot.runtime.notifier import is_address, send  # noqa: PLC0415 - not for `--help`

    if not urls.split():
        raise SettingsError("NOTIFY_URLS: is not set")
    if not all(map(is_address, urls.split())):
        raise SettingsError("NOTIFY_URLS: has an address that is none of Apprise's")  # never repeated: it holds a token
    sent = send(urls, title, text)
    if not sent:
        echo_escaped("通知を送れませんでした / the message was not taken by every address", err=True)
    return sent
