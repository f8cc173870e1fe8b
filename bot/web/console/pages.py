"""Renders the console's pages as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content.console_content_texts import console_content_texts
from bot.content.console_texts import console_texts
from bot.delivery.bulk_resend import Progress
from bot.reports.builder import build_report
from bot.store.console_sessions import Login
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.undelivered import UndeliveredStore
from bot.web import html
from bot.web.console import views
from bot.web.console.dead_letters import letter_page

STYLE = "console/console.css"
_SECTIONS = {"overview": views.overview, "questions": views.questions, "delivery": views.delivery}


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The page to show and its number of days; `done` names the action that has just been taken.

    `cause` filters the dead letters, `job` is the progress of the latest bulk action on them.
    """

    page: str
    days: int
    done: str = ""
    cause: str = ""
    letters_page: int = 1
    job: Progress | None = None


def page_html(asked: PageRequest, redis: Any, login: Login, *, today: date) -> str:
    """Render a page. Raise RedisError if Redis is away."""
    found = build_report(redis, today=today, days=asked.days)
    texts = console_texts()
    letters = None
    if asked.page == "delivery":
        letters = letter_page(
            DeadLetters(redis),
            UndeliveredStore(redis),
            texts.delivery,
            cause=asked.cause,
            page=asked.letters_page,
            job=asked.job,
        )
    return render(
        "page.html",
        asked=asked,
        login=login,
        sections=_SECTIONS[asked.page](found, texts),
        letters=letters,
        first=found.days[0].on,
        last=found.days[-1].on,
        done=dict(texts.done).get(asked.done, ""),  # type: ignore[call-overload]  # the query string may hold anything
    )


def login_html(problem: str, *, csrf: str, minutes: int = 0, second: bool = False) -> str:
    said = getattr(console_texts().login, problem).format(minutes=minutes) if problem else ""
    return render("login.html", problem=said, csrf=csrf, second=second)


def message_page(which: str) -> str:
    """Render a page with one message: `away`, `missing` or `refused`."""
    return render("message.html", word=getattr(console_texts(), which))


def expired_page(unit: str, typed: Sequence[tuple[str, str]]) -> str:
    """Render what somebody typed into the fields of a unit after the session had ended."""
    texts = console_content_texts()
    fields = [(texts.field(name).label or unit, value) for name, value in typed]
    return render("content_expired.html", c=texts.words, unit=unit, fields=fields)


def content_security_policy(*, scripts: bool = False) -> str:
    """Return the policy of the pages; forms may go to this site only, and scripts may come from its files only."""
    return html.content_security_policy(STYLE, forms_go_to="'self'", scripts=scripts)


def render(name: str, **values: Any) -> str:
    """Render a template of the console with its texts and style."""
    return html.template(f"console/{name}").render(t=console_texts(), style=html.style(STYLE), **values)
