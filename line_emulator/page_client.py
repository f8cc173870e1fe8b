"""A client of the page's API: the phone of one user, driven by a program."""

from typing import Any, cast

import urllib3

from line_emulator.chats import Json
from line_emulator.world import ImpossibleError, UnknownError


class PageClient:
    """A connection to a running emulator. Its calls raise UnknownError if none runs at the address."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=3, read=30))

    def new_user(self, name: str) -> str:
        user: str = self._ask("POST", "/_/users", {"name": name})["user"]["id"]
        return user

    def state(self, user: str) -> Json:
        return self._ask("GET", f"/_/state?user={user}")

    def says(self, user: str, text: str) -> Json:
        return self._ask("POST", "/_/send", {"user": user, "kind": "text", "text": text})

    def taps(self, user: str, action: Json, *, entry: str | None = None, params: Json | None = None) -> Json:
        """Return the tap of a button that the user can see."""
        return self._ask("POST", "/_/tap", {"user": user, "action": action, "entry": entry, "params": params})

    def close(self) -> None:
        self._http.clear()

    def _ask(self, method: str, path: str, body: Any = None) -> Json:
        try:
            answer = self._http.request(method, self._url + path, **({"json": body} if body is not None else {}))
            told = cast("Json", answer.json())
        except (urllib3.exceptions.HTTPError, ValueError):
            raise UnknownError(f"no emulator at {self._url}") from None
        if answer.status >= 400:
            raise ImpossibleError(str(told.get("error", answer.status)))
        return told
