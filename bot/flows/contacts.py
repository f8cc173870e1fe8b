"""お問い合わせ: leads a concern to the desk for it, with what that desk handles and what it does not."""

from bot.content.contact_routes import Route
from bot.flows.buttons import menu_button, postback_button, postback_row
from bot.flows.context import Context
from bot.flows.menu import last_card, next_buttons, notice, opener
from bot.flows.postback import Tap
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Copy, Open
from bot.replies.views import AnswerView, Card, Cards, Menu

NAME = "contacts"


def first_view(session: Session, ctx: Context) -> TurnResult:
    """Show the concerns."""
    texts = ctx.resources.counters.contacts
    rows = tuple(postback_row(NAME, "route", route.key, route.concern, route.note) for route in texts.routes)
    every = postback_row(NAME, "all", "all", texts.all, texts.all_note)
    return TurnResult(
        session, (Menu(title=texts.title, lead=texts.lead, items=(*rows, every), source=ctx.cite(*texts.pages)),)
    )


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Show one desk, all desks, or the concerns again."""
    texts = ctx.resources.counters.contacts
    if tap.step == "concerns":
        return first_view(session, ctx)
    if tap.step == "all":
        cards = tuple(_card(route, ctx) for route in texts.routes)
        more = last_card(texts.more, texts.more_text, (_other(ctx),), ctx)
        return TurnResult(session, (Cards(title=texts.all_title, cards=(*cards, more), quick=next_buttons(ctx)),))
    for route in texts.routes:
        if tap.step == "route" and tap.value == route.key:
            return TurnResult(session, (_desk(route, ctx),))
    return TurnResult(session, (notice(ctx, "unknown_button", session=session),))


def _desk(route: Route, ctx: Context) -> AnswerView:
    texts = ctx.resources.counters.contacts
    address = (route.mail,) if route.mail else ()
    return AnswerView(
        title=route.title,
        paragraphs=(*address, f"{texts.does}：{route.does}", f"{texts.does_not}：{route.does_not}"),
        source=ctx.cite(*route.pages),
        buttons=(*_reach(route), _other(ctx), menu_button(ctx)),
    )


def _other(ctx: Context) -> Button:
    return postback_button(NAME, "concerns", "concerns", ctx.resources.counters.contacts.other)


def _card(route: Route, ctx: Context) -> Card:
    return Card(
        title=route.title,
        tags=route.tags,
        text=f"{route.does}\n{route.does_not}",
        reason="",
        buttons=_reach(route),
        source=ctx.cite(*route.pages),
    )


def _reach(route: Route) -> tuple[Button, ...]:
    """Return buttons for the address, the forms and the function of a desk. The first of them is primary."""
    mail = [Button(route.mail_label, Copy(route.mail), "primary")] if route.mail else []
    links = [
        Button(link.label, Open(link.url, external=True), "secondary" if index else "primary")
        for index, link in enumerate(route.links)
    ]
    function = [opener(route.opens, route.opens_label, primary=True)] if route.opens else []
    return (*mail, *links, *function)
