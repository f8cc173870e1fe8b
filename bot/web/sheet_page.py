"""The sheet as HTML: one page without scripts, its style inside, allowed by its hash."""

import base64
import hashlib
from functools import cache

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.content.rules import precheck_texts
from bot.content.sheet_texts import sheet_words
from bot.domain.precheck import check
from bot.paths import templates_dir
from bot.register import load
from bot.web.sheet_fit import size_class
from bot.web.sheet_links import SheetRequest
from bot.web.sheet_view import sheet_view


def sheet_html(asked: SheetRequest) -> str:
    """The check made again with the same rules as in the chat, as of the day it was made."""
    decision = check(asked.answers, register=load(), today=asked.on)
    view = sheet_view(decision, on=asked.on, valid_until=asked.valid_until, words=sheet_words(), rules=precheck_texts())
    return (
        _environment()
        .get_template("sheet.html")
        .render(view=view, size=size_class(view), style=_style(), qr=_qr(view.form, view.text.form_title))
    )


def word_html(*, expired: bool) -> str:
    """The page for a link that is too old, or none of ours."""
    text = sheet_words().own
    word = text.gone if expired else text.missing
    return _environment().get_template("word.html").render(word=word, style=_style())


@cache
def content_security_policy() -> str:
    """Nothing may be loaded, run, framed or sent; the one style is known by its hash."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


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
    text = (templates_dir("web") / "sheet.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - the file is part of the program


@cache
def _qr(address: str, title: str) -> Markup:
    """The address as a QR code drawn in the page itself; empty for none."""
    if not address:
        return Markup("")
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, title=title, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno draws a path and writes no text
