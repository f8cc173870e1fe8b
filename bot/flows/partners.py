"""パートナー: explains the certification, lists the ten partners, and shows which of them match a need and why.

The bot recommends none of them: the order and the reasons are those of the source.
"""

from bot.content.partner_needs import PartnerText
from bot.flows import faq
from bot.flows.buttons import postback_button, postback_row
from bot.flows.context import Context
from bot.flows.menu import last_card, next_buttons, notice
from bot.flows.postback import Tap
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Button, Open
from bot.replies.views import Card, Cards, Menu

NAME = "partners"


def first_view(session: Session, ctx: Context) -> TurnResult:
    """Show what the certification is, and the ways to list the partners."""
    texts = ctx.resources.counters.partners
    rows = texts.rows
    items = (
        postback_row(NAME, "all", "all", rows.all, rows.all_note),
        postback_row(NAME, "needs", "needs", rows.needs, rows.needs_note),
        postback_row(faq.NAME, "entry", texts.entries.what, rows.what, rows.what_note),
        postback_row(faq.NAME, "entry", texts.entries.criteria, rows.criteria, rows.criteria_note),
    )
    source = ctx.cite(*texts.pages)
    return TurnResult(session, (Menu(title=texts.title, lead=texts.lead, items=items, source=source),))


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Show all partners, the needs, or the partners that match a need."""
    texts = ctx.resources.counters.partners
    if tap.step == "all":
        return TurnResult(session, (_cards(texts.all_title, texts.partners, "", ctx),))
    if tap.step == "needs":
        return TurnResult(session, (_needs(ctx),))
    if tap.step == "need" and tap.value in texts.needs:
        return TurnResult(session, (_matching(tap.value, ctx),))
    return TurnResult(session, (notice(ctx, "unknown_button", session=session),))


def _needs(ctx: Context) -> Menu:
    texts = ctx.resources.counters.partners
    return Menu(
        title=texts.needs_title,
        lead=texts.needs_lead,
        items=tuple(
            postback_row(NAME, "need", need, label, texts.count.format(count=len(texts.meeting(need))))
            for need, label in texts.needs.items()
        ),
        source=ctx.cite(*texts.pages),
        quick=next_buttons(ctx),
    )


def _matching(need: str, ctx: Context) -> Cards:
    texts = ctx.resources.counters.partners
    found = texts.meeting(need)
    return _cards(texts.found.format(need=texts.needs[need], count=len(found)), found, need, ctx)


def _cards(title: str, partners: tuple[PartnerText, ...], need: str, ctx: Context) -> Cards:
    texts = ctx.resources.counters.partners
    other_need = postback_button(NAME, "needs", "needs", texts.other)
    everyone = postback_button(NAME, "all", "all", texts.everyone)
    lists = (other_need, everyone) if need else (other_need,)
    return Cards(
        title=title,
        cards=(
            *(_card(partner, need, ctx) for partner in partners),
            last_card(texts.more, texts.more_text, lists, ctx),
        ),
        quick=(*lists, *next_buttons(ctx)),
    )


def _card(partner: PartnerText, need: str, ctx: Context) -> Card:
    texts = ctx.resources.counters.partners
    entry = ctx.resources.knowledge.by_id[partner.entry]
    reason = texts.reason.format(need=texts.needs[need], reason=partner.needs[need]) if need else ""
    return Card(
        title=entry.title,
        tags=partner.tags,
        text="".join(entry.text),
        reason=reason,
        buttons=tuple(Button(link.label, Open(link.url, external=True)) for link in entry.links),
        source=ctx.resources.knowledge.cite(entry),
    )
