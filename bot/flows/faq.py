"""The FAQ: categories, questions, answers, "did it help?", and questions typed in one's own words."""

from dataclasses import replace

from bot.content.models import Category, Entry
from bot.content.search.desks import Desk
from bot.flows.context import Context
from bot.flows.engine import Reaction, Unanswered
from bot.flows.menu import notice, opener, ways_on
from bot.flows.postback import Tap, encode
from bot.flows.session import Session
from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.replies.actions import Button, Copy, Open, Postback, Say
from bot.replies.views import AnswerView, Menu, MenuItem, Notice, Reply

NAME = "faq"
SHOWN_RELATED = 3
DESK = "contacts"


def opened(session: Session, ctx: Context) -> Reaction:
    """The categories."""
    text = ctx.texts.ui.faq
    rows = tuple(
        _row("category", category.category, category.title, text.count.format(count=len(category.entries)))
        for category in ctx.resources.knowledge.categories
    )
    return Reaction(session, (Menu(title=text.title, lead=text.lead, items=rows),))


def asked(session: Session, text: str, ctx: Context) -> Reaction:
    """The answer, a few to choose from, or kindly no with the desk for that kind of concern."""
    found = ctx.resources.search.ask(text, context_id=session.last_answer.entry or None)
    ids = tuple(hit.entry.id for hit in found.hits)
    outcome = found.outcome.value
    marks = (MetricEvent(catalogue.QUESTIONS, (outcome,)),)
    if outcome == "answer":
        return Reaction(session.showing(ids[0], ids[1:]), (answer(_entry(ctx, ids[0]), ctx),), marks=marks)
    unanswered = Unanswered(text, outcome)
    if outcome == "choices":
        return Reaction(session.showing("", ids), (_candidates(ids, ctx),), unanswered=unanswered, marks=marks)
    return Reaction(session, (_not_covered(found.desk, session, ctx),), unanswered=unanswered, marks=marks)


def covers(text: str, session: Session, ctx: Context) -> bool:
    """Whether the knowledge has anything to say to these words."""
    return ctx.resources.search.ask(text, context_id=session.last_answer.entry or None).outcome != "none"


def _not_covered(desk: Desk | None, session: Session, ctx: Context) -> Reply:
    """Where else to ask, with the desk's entry one tap away."""
    text = ctx.texts.ui.notices["not_covered"]
    entry = _entry(ctx, desk.entry if desk else DESK)
    button = Button(entry.short, Postback(encode(NAME, "entry", entry.id), entry.short))
    return Notice(title=text.title, text=desk.text if desk else text.text, buttons=(button, *ways_on(ctx, session)))


def tapped(session: Session, tap: Tap, ctx: Context) -> Reaction:
    """A category, a question, 役に立った or ちがう; what no longer exists is said so."""
    if tap.step == "category":
        for category in ctx.resources.knowledge.categories:
            if category.category == tap.value:
                return Reaction(session, (_questions(category, ctx),))
    if tap.step == "none":
        return Reaction(session.showing(""), (_not_covered(None, session, ctx),))
    if tap.value not in ctx.resources.knowledge.by_id:
        return Reaction(session, (notice(ctx, "unknown_button", session=session),))
    if tap.step == "entry":
        rest = tuple(name for name in session.last_answer.rest if name != tap.value)
        return Reaction(session.showing(tap.value, rest), (answer(_entry(ctx, tap.value), ctx),))
    return _judged(session, tap, ctx)


def _judged(session: Session, tap: Tap, ctx: Context) -> Reaction:
    """Thanks, or the next best; a double tap, or an older entry's button, is no vote."""
    helpful = tap.step == "helpful"
    thanks = Reaction(session, (notice(ctx, "thanks", session=session),))
    reaction = thanks if helpful else _wrong(session, tap.value, ctx)
    if session.last_answer.entry != tap.value or session.last_answer.rated:
        return reaction
    vote = MetricEvent(catalogue.ENTRY_VOTES, (tap.value, "helpful" if helpful else "not_helpful"))
    after = session.judging() if helpful else reaction.session
    return replace(reaction, session=after, marks=(vote,))


def answer(entry: Entry, ctx: Context) -> AnswerView:
    """The entry as a bubble: facts, links, page, related entries, "did it help?"."""
    text = ctx.texts.ui.faq
    links = tuple(Button(link.label, Open(link.url, external=True)) for link in entry.links)
    copies = tuple(Button(copy.label, Copy(copy.text)) for copy in entry.copies)
    return AnswerView(
        title=entry.title,
        paragraphs=entry.text,
        source=ctx.resources.knowledge.cite(entry),
        buttons=(*links, *copies, *(opener(name, label) for name, label in text.opener(entry.id))),
        feedback=(_button("helpful", entry.id, text.helpful), _button("wrong", entry.id, text.wrong)),
        related_title=text.related,
        related=tuple(_button("entry", name, _entry(ctx, name).short) for name in entry.related[:SHOWN_RELATED]),
        quick=(Button(ctx.texts.ui.moves.menu, Say(ctx.texts.ui.moves.menu)),),
    )


def _wrong(session: Session, entry: str, ctx: Context) -> Reaction:
    """After ちがう the next best, then the desk."""
    rest = tuple(name for name in session.last_answer.rest if name != entry and name in ctx.resources.knowledge.by_id)
    if session.last_answer.entry != entry or not rest:
        contacts = opener("contacts", ctx.texts.ui.faq.contacts)
        return Reaction(session.showing(""), (notice(ctx, "no_more", session=session, buttons=(contacts,)),))
    return Reaction(session.showing(rest[0], rest[1:]), (answer(_entry(ctx, rest[0]), ctx),))


def _candidates(ids: tuple[str, ...], ctx: Context) -> Menu:
    text = ctx.texts.ui.faq
    rows = [_row("entry", name, _entry(ctx, name).short, _entry(ctx, name).title) for name in ids]
    none = _row("none", "none", text.none_of_these, text.contacts)
    return Menu(title=text.candidates_title, lead=text.candidates_lead, items=(*rows, none))


def _questions(category: Category, ctx: Context) -> Menu:
    return Menu(
        title=category.title,
        lead=ctx.texts.ui.faq.category_lead,
        items=tuple(_row("entry", entry.id, entry.short, entry.title) for entry in category.entries),
        quick=ways_on(ctx),
    )


def _entry(ctx: Context, name: str) -> Entry:
    return ctx.resources.knowledge.by_id[name]


def _button(step: str, value: str, label: str) -> Button:
    return Button(label, Postback(encode(NAME, step, value), label))


def _row(step: str, value: str, label: str, note: str) -> MenuItem:
    return MenuItem(label=label, note=note, action=Postback(encode(NAME, step, value), label))
