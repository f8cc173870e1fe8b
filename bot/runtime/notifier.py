"""Sends a message to operators by mail or webhook, to the addresses of NOTIFY_URLS, through Apprise.

Apprise is loaded when a message is sent: only commands that a timer runs send any.
"""

import json
from typing import Any

SECONDS = 10.0
_WORKS = "https://webhook.worksmobile.com/message/"


def send(urls: str, title: str, text: str) -> bool:
    """Send the message to all addresses, separated by spaces. Return False if one of them did not take it."""
    import apprise  # noqa: PLC0415 - see above
    from apprise.decorators import notify  # noqa: PLC0415 - see above

    notify(on="lineworks")(_to_line_works)  # type: ignore[no-untyped-call]  # the decorator has no types
    sender = apprise.Apprise()
    known = [sender.add(url) for url in urls.split()]  # no generator: each is to be added
    return bool(sender) and bool(sender.notify(title=title, body=text)) and all(known)


def is_address(url: str) -> bool:
    """Return True if Apprise, or `lineworks://`, knows this form of address."""
    import apprise  # noqa: PLC0415 - see above

    return url.startswith("lineworks://") or apprise.Apprise.instantiate(url) is not None


def _to_line_works(body: str, title: str, _type: str, *_: Any, **more: Any) -> bool:
    """Post to the Incoming Webhook of LINE WORKS: `lineworks://<id>`, the last part of the webhook's address."""
    from urllib3 import PoolManager, exceptions  # noqa: PLC0415 - see above

    url = _WORKS + str(more["meta"].get("host", ""))
    message = json.dumps({"title": title, "body": {"text": body}})
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    try:
        answer = PoolManager(timeout=SECONDS, retries=False).request("POST", url, body=message, headers=headers)
    except (exceptions.HTTPError, OSError):
        return False
    return bool(answer.status == 200)
