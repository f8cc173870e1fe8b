"""Random interleavings of everything that touches one user's mail, against a simple model of what must be there."""

from dataclasses import dataclass
from threading import Barrier, Thread
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import structs
from redis import Redis

from bot.delivery.outbox_entry import Decision, OutboxEntry, decide
from bot.errors import LeaseLostError
from bot.line.outcomes import Outcome
from bot.store.encryption import Encryptor
from bot.store.keys import UserKeys, sweeper_lock
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.sweeper import Sweeper
from bot.store.queue.user_queue import Drop, Lease, OutboxUpdate, Postpone, UserQueue
from tests.conftest import PATIENT, SECRET_KEY

USER = "ab" + "3" * 30
BUCKET = "ab"
FAR = 10**15  # ms: later than every clock
WORKERS = st.integers(0, 1)
YES_MOSTLY = st.sampled_from([True, True, False])
SEAL = Encryptor(SECRET_KEY)


class Line:
    """Takes each reply token once."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def reply(self, token: str, *, acts: bool = True, answers: bool = True) -> Outcome:
        if acts and token in self.heard:
            outcome = Outcome("invalid_token", 400)
        elif acts:
            self.heard.append(token)
            outcome = Outcome("done", 200)
        return outcome if acts and answers else Outcome("unknown")


@dataclass
class Worker:
    """One thread of one process, wherever it stands between two calls to Redis."""

    hold: Lease
    event: str = ""
    entry: OutboxEntry | None = None
    noted: bytes = b""
    decision: Decision | None = None


class MailMachine(RuleBasedStateMachine):
    """What Redis has to hold (`inbox`, `outbox`, `holder`), and what must come of it in the end."""

    server: ClassVar[Redis]  # a subclass names it

    def __init__(self) -> None:
        super().__init__()
        self.redis, self.keys, self.line = self.server, UserKeys(USER), Line()
        redis = self.redis
        redis.flushall()
        self.inboxes, self.mailbox, self.sweep = (
            (Inbox(redis), Inbox(redis)),
            UserQueue(redis, PATIENT.lease_ms),
            Sweeper(redis),
        )
        self.workers: dict[int, Worker] = {}
        self.accepted: list[str] = []
        self.inbox: list[str] = []
        self.outbox: list[str] = []
        self.holder: Lease | None = None

    @initialize()
    def first(self) -> None:
        self.accept_new(copies=1)

    # Acceptance

    @rule(copies=st.integers(1, 2))
    def accept_new(self, copies: int) -> None:
        """One event, or two copies of it at two web processes in the same moment: one of them is stored."""
        name = f"event{len(self.accepted)}"
        outcomes = self._put(name, copies)
        assert sorted(outcomes)[: copies - 1] == ["duplicate"] * (copies - 1)
        assert sorted(outcomes)[copies - 1] == ("stored" if self.inbox else "stored_woken")
        self.accepted.append(name)
        self.inbox.append(name)

    @rule(data=st.data())
    def accept_again(self, data: st.DataObject) -> None:
        assert self._put(data.draw(st.sampled_from(self.accepted)), 1) == ["duplicate"]

    def _put(self, name: str, copies: int) -> list[str]:
        outcomes: list[str] = []
        together = Barrier(copies)

        def put(inbox: Inbox) -> None:
            together.wait()
            outcomes.append(
                inbox.put(IncomingEvent(USER, name, SEAL.encrypt(name.encode(), "event", USER), limited=False))
            )

        threads = [Thread(target=put, args=(inbox,)) for inbox in self.inboxes[:copies]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    # The worker's steps

    @rule(number=WORKERS, slot=YES_MOSTLY, twice=st.booleans(), acts=YES_MOSTLY, answers=YES_MOSTLY)
    def step(self, number: int, **chance: bool) -> None:
        """Whatever this worker does next: one call to Redis or to LINE."""
        worker = self.workers.get(number)
        if not worker:
            self._take(number, self.mailbox.acquire(USER), None)
        elif worker.event:
            self._commit(number, worker, slot=chance["slot"], twice=chance["twice"])
        elif worker.decision:
            self._settle(number, worker, worker.decision)
        elif worker.entry and worker.noted:
            outcome = self.line.reply(worker.entry.reply_token, acts=chance["acts"], answers=chance["answers"])
            worker.decision = decide(worker.entry, outcome, worker.hold.now_ms())
        elif worker.entry:
            self._begin_again(number, worker, worker.entry)

    @rule(number=WORKERS, slot=YES_MOSTLY, twice=st.booleans(), acts=YES_MOSTLY, answers=YES_MOSTLY)
    def another_step(self, number: int, **chance: bool) -> None:
        """Steps are what there shall be most of."""
        self.step(number, **chance)

    def _take(self, number: int, hold: Lease, settlement: OutboxUpdate | None) -> None:
        mail = hold.claim_next(settlement)
        waiting = bool(self.inbox or self.outbox)
        if self.holder not in (None, hold) or not waiting:
            assert mail is None
            self.holder = self.holder if waiting else None
            self.workers.pop(number, None)
            return
        assert mail
        self.holder = hold
        worker = self.workers[number] = Worker(hold)
        if self.outbox:
            worker.entry = OutboxEntry.read(SEAL.decrypt(mail.outgoing, "outbox", USER))
            assert worker.entry.id == self.outbox[0]
        else:
            worker.event = SEAL.decrypt(mail.event, "event", USER).decode()
            assert worker.event == self.inbox[0]
            assert 0 < hold.accepted_ms(worker.event) <= hold.now_ms()

    def _commit(self, number: int, worker: Worker, *, slot: bool, twice: bool) -> None:
        """`twice`: the connection broke and the client asks again; without a slot, nothing is begun."""
        entry = _entry(worker.event)
        noted = SEAL.encrypt((entry if slot else entry.without_attempt()).stored(), "outbox", USER)
        for _ in range(1 + twice):
            if self._lost(worker, lambda: worker.hold.commit(b"session", noted)):
                del self.workers[number]
                return
        self.inbox.pop(0)
        self.outbox.append(entry.id)
        worker.event, worker.noted = "", noted
        if slot:
            worker.entry = entry
        else:
            self._put_off(number, worker, noted)

    def _begin_again(self, number: int, worker: Worker, entry: OutboxEntry) -> None:
        entry = entry.with_new_attempt(FAR)
        noted = SEAL.encrypt(entry.stored(), "outbox", USER)
        if self._lost(worker, lambda: worker.hold.mark_attempt_started(noted)):
            del self.workers[number]
            return
        worker.entry, worker.noted = entry, noted

    def _settle(self, number: int, worker: Worker, decision: Decision) -> None:
        if decision.do == "retry":
            assert not decision.entry.push, "its token was good, or used"
            self._put_off(number, worker, SEAL.encrypt(decision.entry.stored(), "outbox", USER))
            return
        if self.holder is worker.hold:
            self.outbox.pop(0)
            self._take(number, worker.hold, Drop(worker.noted))
        else:
            assert self._lost(worker, lambda: worker.hold.claim_next(Drop(worker.noted)))
            del self.workers[number]

    def _put_off(self, number: int, worker: Worker, sealed: bytes) -> None:
        if not self._lost(worker, lambda: worker.hold.claim_next(Postpone(sealed, FAR))):
            self.holder = None
        del self.workers[number]

    def _lost(self, worker: Worker, write: object) -> bool:
        """Carries the write out; whether it was refused, which it must be exactly where the hold is another's."""
        assert callable(write)
        if self.holder is worker.hold:
            write()
            return False
        with pytest.raises(LeaseLostError):
            write()
        return True

    # What goes wrong, and what is done about it

    @rule(number=WORKERS)
    def crash(self, number: int) -> None:
        self.workers.pop(number, None)

    @rule()
    def lease_ends(self) -> None:
        """Of a worker that died, or of one that stalls and goes on later."""
        self.redis.delete(self.keys.lease)
        self.holder = None

    @rule(number=WORKERS)
    def renew(self, number: int) -> None:
        if number in self.workers:
            hold = self.workers[number].hold
            assert hold.renew() == (self.holder is hold)

    @precondition(lambda self: self.inbox or self.outbox)
    @rule()
    def sweep_finds(self) -> None:
        """Time goes by: whoever has something waiting is found, be it due for whatever reason."""
        self.redis.zadd(self.keys.due, {USER: 0}, xx=True)
        self.redis.delete(sweeper_lock(BUCKET), sweeper_lock("00"))
        assert self.sweep.users() == [USER]

    @invariant()
    def redis_holds_what_it_must(self) -> None:
        inbox = [
            SEAL.decrypt(_bytes(item), "event", USER).decode() for item in self.redis.lrange(self.keys.inbox, 0, -1)
        ]
        raw = self.redis.lrange(self.keys.outbox, 0, -1)
        outbox = [OutboxEntry.read(SEAL.decrypt(_bytes(item), "outbox", USER)).id for item in raw]
        assert (inbox, outbox) == (self.inbox, self.outbox)
        assert self.redis.get(self.keys.lease) == (self.holder.token.encode() if self.holder else None)
        if inbox or outbox:
            assert self.redis.zscore(self.keys.due, USER) is not None, "nobody would ever look"

    def teardown(self) -> None:
        """Whatever state it was left in, one worker that lives brings all of it to its end."""
        self.workers.clear()
        self.lease_ends()
        while self.inbox or self.outbox:
            self.step(0, slot=True, twice=False, acts=True, answers=True)
        assert self.line.heard == self.accepted, "each once, in the order of arrival"


def _entry(event: str) -> OutboxEntry:
    entry = OutboxEntry.new(event_id=event, to="U", token=event, messages=[], now_ms=FAR, asked_ms=FAR)
    return structs.replace(entry, id=event)


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)
    return value
