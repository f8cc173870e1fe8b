"""The dead letters as the console shows them: cause, advice and LINE's request id, but no user or content."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.console_texts import DeliveryText
from bot.delivery.bulk_resend import Progress
from bot.delivery.dead_letter_causes import CAUSES, cause_of
from bot.runtime.clock import JAPAN
from bot.store.queue.dead_letters import KEEP, DeadLetters, StoredDeadLetter
from bot.store.queue.undelivered import UndeliveredStore

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LetterView:
    """A dead letter on the page; `note` describes its content, and it can be resent only while that is stored."""

    id: str
    when: str
    kind: str
    cause: str
    advice: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    kept: bool
    note: str
    caution: str


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A choice of the filter: a cause with its name and the number of its letters."""

    cause: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A page of the list. `cause` is empty without a filter, `pages` at least 1; `total` counts the filtered ones."""

    letters: tuple[LetterView, ...]
    causes: tuple[CauseCount, ...]
    cause: str
    advice: str
    page: int
    pages: int
    total: int
    in_all: int
    resendable: bool
    progress: str = ""
    running: bool = False


def letter_page(
    dead: DeadLetters, undelivered: UndeliveredStore, text: DeliveryText, *, cause: str, page: int, job: Progress | None
) -> LetterPage:
    """Return a page of dead letters, newest first, one for each outbox entry. Raise RedisError if Redis is away."""
    found: dict[str, StoredDeadLetter] = {}
    for filed in dead.page(0, KEEP):
        found.setdefault(filed.dead_letter.entry_id or filed.id, filed)
    counts = Counter(cause_of(filed.dead_letter) for filed in found.values())
    cause = cause if cause in CAUSES else ""
    chosen = [filed for filed in found.values() if cause in ("", cause_of(filed.dead_letter))]
    pages = max(1, -(-len(chosen) // SHOWN))
    page = min(max(page, 1), pages)
    shown = chosen[(page - 1) * SHOWN : page * SHOWN]
    places = [(filed.dead_letter.user, filed.dead_letter.entry_id) for filed in shown]
    return LetterPage(
        letters=tuple(_views(shown, undelivered.exists(places), text)),
        causes=tuple(CauseCount(one, text.causes[one].title, counts[one]) for one in CAUSES if counts[one]),
        cause=cause,
        advice=text.causes[cause].text if cause else "",
        page=page,
        pages=pages,
        total=len(chosen),
        in_all=len(found),
        resendable=any(filed.dead_letter.entry_id for filed in chosen),
        progress=_progress(job, text),
        running=bool(job and job.running),
    )


def _progress(job: Progress | None, text: DeliveryText) -> str:
    if job is None:
        return ""
    named = {"cause": text.causes[job.cause].title if job.cause in text.causes else job.cause, "total": job.total}
    counts = {"done": job.done, "gone": job.gone}
    finished = job.done + job.gone >= job.total
    which = "running" if job.running else "finished" if finished else "interrupted"
    return text.bulk[f"{job.action}_{which}"].format(**named, **counts)


def _views(letters: Sequence[StoredDeadLetter], kept: Sequence[bool], text: DeliveryText) -> list[LetterView]:
    return [_view(filed, there, text) for filed, there in zip(letters, kept, strict=True)]


def _view(filed: StoredDeadLetter, kept: bool, text: DeliveryText) -> LetterView:  # noqa: FBT001 - one of a pair in a loop
    letter = filed.dead_letter
    cause = text.causes[cause_of(letter)]
    facts = (
        (text.reason, letter.reason),
        (text.status, str(letter.status or "")),
        (text.request_id, letter.line_request_id or ""),
        (text.event_id, letter.event_id),
    )
    gone = text.gone if letter.kind == "delivery" else ""
    return LetterView(
        id=filed.id,
        when=f"{letter.at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}",
        kind=text.kinds.get(letter.kind, letter.kind),  # type: ignore[call-overload]  # a later release may have more kinds
        cause=cause.title,
        advice=cause.text,
        reason=letter.reason,
        facts=tuple((name, value) for name, value in facts if value),
        kept=kept,
        note=text.kept if kept else gone,
        caution=text.doubt if kept and letter.in_doubt else "",
    )
