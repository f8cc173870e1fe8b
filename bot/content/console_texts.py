"""The words of the operators' console."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import WordText

Two = Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]
Three = Annotated[tuple[str, ...], Field(min_length=3, max_length=3)]
Four = Annotated[tuple[str, ...], Field(min_length=4, max_length=4)]
Five = Annotated[tuple[str, ...], Field(min_length=5, max_length=5)]
PageName = Literal["overview", "questions", "delivery", "content"]
Done = Literal["resent", "gone", "discarded", "no_letter", "busy"]
LetterKind = Literal["delivery", "refused", "turn", "event", "unreadable"]


class PeriodText(ContentModel):
    """The choice of days."""

    label: str
    days: str
    span: str


class LoginText(ContentModel):
    """The page before all others."""

    title: str
    name: str
    password: str
    code: str
    code_note: str
    button: str
    wrong: str
    wait: str
    again: str
    busy: str
    note: str


class OverviewText(ContentModel):
    """The first page."""

    now: str
    workers: str
    no_worker: str
    web_processes: str
    no_web: str
    unknown: str
    unknown_note: str
    gone: str
    releases: str
    many_releases: str
    redis: str
    writable: str
    not_writable: str
    not_writable_note: str
    line_speed: str
    line_speed_slow: str
    line_speed_none: str
    last_event: str
    last_event_none: str
    last_event_old: str
    waiting: str
    oldest: str
    dead: str
    line_refused: str
    line_refused_note: str
    people: str
    items: str
    in_period: str
    events: str
    started: str
    finished: str
    handed_off: str
    sheets: str
    codes: str
    codes_note: str
    desk: str
    desk_note: str
    cancelled: str
    rate: str
    funnel: str
    funnel_note: str
    funnel_columns: Four
    start: str
    verdict: str
    form: str
    verdicts: str
    verdict_columns: Three
    daily: str
    daily_columns: Four
    running: str
    version: str
    edition: str
    digest: str
    entries: str
    processes: str
    process_columns: Five
    roles: Mapping[str, str]
    alive: str
    silent: str


class QuestionsText(ContentModel):
    """The page on questions."""

    in_period: str
    asked: str
    answered: str
    choices: str
    none: str
    daily: str
    daily_none: str
    daily_columns: Three
    top: str
    entries: str
    entry_columns: Five
    unanswered: str
    unanswered_note: str
    unanswered_columns: Three
    outcomes: Mapping[str, str]


class MenusText(ContentModel):
    """The section about the rich menus."""

    title: str
    note: str
    titles: Mapping[str, str]
    few: str
    displays: str
    taps: str
    daily: str
    daily_columns: Three
    columns: Four


class DeliveryText(ContentModel):
    """The page on delivery and dead letters."""

    in_period: str
    replies: str
    pushes: str
    pushes_note: str
    retries: str
    dead: str
    delay: str
    delay_note: str
    line_call: str
    turn: str
    intake: str
    duplicate: str
    turned_away: str
    not_stored: str
    bad_signature: str
    daily: str
    daily_columns: Five
    speed: str
    speed_line: str
    speed_columns: Two
    outcomes: str
    outcome_columns: Four
    ways: Mapping[str, str]
    answers: Mapping[str, str]
    decisions: Mapping[str, str]
    letters: str
    letters_note: str
    no_letters: str
    more: str
    filter: str
    every_cause: str
    causes: Mapping[str, WordText]
    bulk: Mapping[str, str]
    resend_all: str
    resend_all_sure: str
    discard_all: str
    discard_all_sure: str
    earlier: str
    later: str
    reason: str
    kinds: Mapping[LetterKind, str]
    status: str
    request_id: str
    event_id: str
    doubt: str
    kept: str
    gone: str
    resend: str
    discard: str
    sure: str
    discard_now: str


class EventText(ContentModel):
    """The page that shows the trail of one event."""

    title: str
    label: str
    hint: str
    button: str
    wrong: str
    unknown: str
    stages: Mapping[str, str]
    columns: Five
    accepted: Mapping[str, str]
    answered: Mapping[str, str]
    attempt: str
    event_id: str


class ReportText(ContentModel):
    """The report as files and as a page for print."""

    title: str
    month: str
    open: str
    xlsx: str
    csv: str
    note: str
    wrong: str
    file_name: str
    summary: str
    summary_columns: Two
    first: str
    last: str
    asked_once: str
    delay_p50: str
    delay_p95: str
    days: str
    day_columns: Annotated[tuple[str, ...], Field(min_length=11, max_length=11)]


class ConsoleText(ContentModel):
    """`console.yaml`."""

    title: str
    nav: Mapping[PageName, str]
    period: PeriodText
    logged_in: str
    logout: str
    skip: str
    as_table: str
    nothing: str
    login: LoginText
    away: WordText
    missing: WordText
    refused: WordText
    forbidden: WordText
    too_large: WordText
    done: Mapping[Done, str]
    overview: OverviewText
    questions: QuestionsText
    menus: MenusText
    delivery: DeliveryText
    event: EventText
    report: ReportText


@cache
def console_texts() -> ConsoleText:
    """Read once; ContentError with file and line for the first mistake."""
    return load_yaml(JA / "console.yaml", ConsoleText)
