"""Sends signed webhooks to the bot and records its answers."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

import urllib3

from line_emulator.chats import Json
from line_emulator.events import redelivered, word_in
from line_emulator.faults import Control
from line_emulator.records import Delivery, Outcome, Records
from line_emulator.rules.counting import unpaired_surrogate
from line_emulator.tokens import ReplyTokens
from line_emulator.world import ImpossibleError, World

ANSWER_WITHIN = 2.0  # seconds: LINE reports a later answer as request_timeout


def signature(secret: str, body: bytes) -> str:
    """Return the value of `x-line-signature`."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _json(body: Json) -> str:
    """Return compact JSON, escaped only if it holds half a surrogate pair."""
    readable = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(body, separators=(",", ":")) if unpaired_surrogate(readable) else readable


class Webhooks:
    """The webhooks of one channel, with redelivery and the switches that disturb them."""

    def __init__(
        self,
        *,
        world: World,
        tokens: ReplyTokens,
        control: Control,
        records: Records,
        url: str,
        secret: str,
        gives_up_after: float,
        answers_within: float,
        pauses: Sequence[float],
    ) -> None:
        self.url = url
        self.secret = secret
        self.others: Sequence[str] = ()
        self._turn = count()
        self.pauses = pauses
        self._world, self._tokens, self._control, self._records = world, tokens, control, records
        timeout = urllib3.Timeout(connect=answers_within, read=gives_up_after)
        self._http = urllib3.PoolManager(maxsize=32, timeout=timeout, retries=False)
        self._answers_within = answers_within
        self._held: list[list[Json]] = []
        self._together = threading.local()
        self._stopped = threading.Event()
        self._last: dict[str, Json] = {}
        self.last_event: Json | None = None

    @property
    def held(self) -> int:
        return len(self._held)

    @contextmanager
    def one_request(self) -> Iterator[None]:
        """Send the events of the actions inside as one request when the block ends."""
        self._together.events = []
        try:
            yield
        finally:
            events, self._together.events = self._together.events, None
            if events:
                self.send(events)

    def send(self, events: list[Json]) -> Delivery | None:
        """Deliver the events in one request, unless a switch holds them back."""
        gathered = getattr(self._together, "events", None)
        if gathered is not None:
            gathered += events
            return None
        if self._control.now.webhook_off:
            return None
        self._remember(events)
        wanted = self._control.now.reorder
        if wanted < 2:
            return self._send_as_switched(events)
        with self._world.feed.lock:
            self._held.append(events)
            full = len(self._held) >= wanted
        self._world.feed.publish("control")
        return self.release() if full else None

    def release(self) -> Delivery | None:
        """Send the events that are held back, the last one first."""
        with self._world.feed.lock:
            held, self._held = self._held, []
        last = None
        for events in reversed(held):
            last = self._send_as_switched(events)
        self._world.feed.publish("control")
        return last

    def drop_held(self) -> None:
        self._held = []

    def verify(self, url: str | None = None) -> Delivery:
        """Send the request of the Verify button: signed, without events."""
        return self._post([], redelivery=False, attempt=1, url=url)

    def redeliver(self, user: str | None = None) -> Delivery:
        """Send the last event (of this user) again, marked as a redelivery."""
        return self._post([redelivered(self._last_event(user))], redelivery=True, attempt=2)

    def twice(self, user: str | None = None) -> Delivery:
        """Send the last event (of this user) twice more at the same time, like a duplicate in the network."""
        return self._at_once([self._last_event(user)])

    def stop(self) -> None:
        self._stopped.set()
        self._http.clear()

    def _last_event(self, user: str | None) -> Json:
        event = self._last.get(user) if user else self.last_event
        if event is None:
            raise ImpossibleError("nothing has been sent yet")
        return event

    def _remember(self, events: list[Json]) -> None:
        for event in events:
            self.last_event = event
            self._last[word_in(event, "source", "userId")] = event

    def _send_as_switched(self, events: list[Json]) -> Delivery:
        delivery = self._at_once(events) if self._control.now.twice else self._post(events)
        if delivery.outcome != "ok" and self._control.now.redelivery:
            threading.Thread(target=self._redeliver_until_taken, args=(events,), daemon=True).start()
        return delivery

    def _at_once(self, events: list[Json]) -> Delivery:
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(self._post, events) for _ in range(2)]
            return both[0].result()

    def _redeliver_until_taken(self, events: list[Json]) -> None:
        """Redeliver after the emulator's pauses. LINE does not say how often and when it does so."""
        for attempt, pause in enumerate(self.pauses, start=2):
            if self._stopped.wait(pause) or not self._control.now.redelivery:
                return
            again = [redelivered(event) for event in events]
            if self._post(again, redelivery=True, attempt=attempt).outcome == "ok":
                return

    def _post(
        self, events: list[Json], *, redelivery: bool = False, attempt: int = 1, url: str | None = None
    ) -> Delivery:
        body: Json = {"destination": self._world.account.id, "events": events}
        raw = _json(body)
        for event in events:
            self._tokens.delivered(word_in(event, "replyToken"), self._control.now.token_life)
        target, signed = url or self._next(), signature(self.secret, raw.encode())
        at, started = self._world.clock.ms(), time.perf_counter()
        status, outcome, detail = self._answer(target, raw, signed)
        ms = (time.perf_counter() - started) * 1000
        if outcome == "ok" and ms > self._answers_within * 1000:
            outcome, detail = "request_timeout", f"answered after {ms:.0f} ms"
        delivery = Delivery(
            id=self._records.number("w"),
            at=at,
            url=target,
            body=body,
            raw=raw,
            signature=signed,
            status=status,
            ms=round(ms, 2),
            outcome=outcome,
            detail=detail,
            redelivery=redelivery,
            attempt=attempt,
        )
        self._records.add_delivery(delivery)
        self._mark_read(delivery)
        return delivery

    def _next(self) -> str:
        """Return each address in turn, like a load balancer."""
        return (self.url, *self.others)[next(self._turn) % (1 + len(self.others))]

    def _answer(self, url: str, raw: str, signed: str) -> tuple[int | None, Outcome, str]:
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": signed,
        }
        try:
            answer = self._http.request("POST", url, body=raw.encode(), headers=headers)
        except urllib3.exceptions.ReadTimeoutError:
            return None, "request_timeout", "no answer"
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
            return None, "could_not_connect", str(error)
        except urllib3.exceptions.HTTPError as error:
            return None, "unclassified", str(error)
        if not 200 <= answer.status < 300:
            return answer.status, "error_status_code", f"status {answer.status}"
        return answer.status, "ok", ""

    def _mark_read(self, delivery: Delivery) -> None:
        """Mark the messages as read, as LINE does in response mode "bot" when the bot has them."""
        if delivery.outcome != "ok" or self._world.account.mark_as_read != "auto":
            return
        for event in delivery.body["events"]:
            if event.get("type") == "message":
                chats = (word_in(event, "source", name) for name in ("groupId", "roomId", "userId"))
                self._world.read_up_to(next(filter(None, chats), ""), word_in(event, "message", "id"))
