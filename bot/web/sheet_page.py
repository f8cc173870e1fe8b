"""Renders the printable sheet as one HTML page."""

from functools import cache

import segno
from markupsafe import Markup

from bot.content.cached import precheck_texts
from bot.domain.precheck import check
from bot.governments import load
from bot.sheet.layout import size_class
from bot.sheet.links import SheetRequest
from bot.sheet.texts import sheet_words
from bot.sheet.view import sheet_view
from bot.web import html

STYLE = "sheet.css"


def sheet_html(asked: SheetRequest) -> str:
    """Repeat the check with the rules of the chat, as of the day it was made, and render the result."""
    decision = check(asked.answers, register=load(), today=asked.on)
    view = sheet_view(decision, on=asked.on, valid_until=asked.valid_until, words=sheet_words(), rules=precheck_texts())
    qr = _qr(view.form, view.text.form_title)
    return html.template("sheet.html").render(view=view, size=size_class(view), style=html.style(STYLE), qr=qr)


def message_page(*, expired: bool) -> str:
    """Render the page for a link that is too old or invalid."""
    text = sheet_words().own
    word = text.gone if expired else text.missing
    return html.template("message.html").render(word=word, style=html.style(STYLE))


def content_security_policy() -> str:
    """Return the policy of the sheet, which has no form."""
    return html.content_security_policy(STYLE, forms_go_to="'none'")


@cache
def _qr(address: str, title: str) -> Markup:
    """Return the address as an inline QR code; empty if there is no address."""
    if not address:
        return Markup("")
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, title=title, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno writes a path and no text
