"""The console's pages as HTML: no scripts, one style that is known by its hash."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.content.console_texts import console_texts
from bot.paths import templates_dir
from bot.statistics import read_statistics
from bot.store.console_sessions import Login
from bot.store.deadletters import DeadLetters
from bot.store.undelivered import Undelivered
from bot.web.console import views
from bot.web.console.letters import newest_letters

_SECTIONS = {"overview": views.overview, "questions": views.questions, "delivery": views.delivery}


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, over so many days; `done` names what has just been done."""

    page: str
    days: int
    done: str = ""


def page_html(asked: Asked, redis: Any, login: Login, *, today: date) -> str:
    """Redis errors are the caller's."""
    found = read_statistics(redis, today=today, days=asked.days)
    texts = console_texts()
    letters = None
    if asked.page == "delivery":
        letters = newest_letters(DeadLetters(redis), Undelivered(redis), texts.delivery)
    return _render(
        "page.html",
        asked=asked,
        login=login,
        sections=_SECTIONS[asked.page](found, texts),
        letters=letters,
        letters_in_all=found.queue.dead_letters,
        first=found.days[0].on,
        last=found.days[-1].on,
        done=dict(texts.done).get(asked.done, ""),  # type: ignore[call-overload]  # what an address says may be anything
    )


def login_html(problem: str, *, csrf: str, minutes: int = 0) -> str:
    said = getattr(console_texts().login, problem).format(minutes=minutes) if problem else ""
    return _render("login.html", problem=said, csrf=csrf)


def word_html(which: str) -> str:
    """`away` or `refused`."""
    return _render("word.html", word=getattr(console_texts(), which))


@cache
def content_security_policy() -> str:
    """Nothing may be loaded, run or framed; forms go to this site only."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _render(name: str, **values: Any) -> str:
    return _environment().get_template(f"console/{name}").render(t=console_texts(), style=_style(), **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_dir("web")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    """Ours, from the repository: no user's text is in it."""
    text = (templates_dir("web") / "console" / "console.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - the file is part of the program
