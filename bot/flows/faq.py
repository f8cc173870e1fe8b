"""The FAQ: categories, questions, answers, "did it help?", and questions typed in one's own words."""

from collections.abc import Iterator
from dataclasses import replace

from bot.content.models import Category, Entry
from bot.content.talk import age_in_words
from bot.flows.context import Context
from bot.flows.engine import Reaction, Unanswered
from bot.flows.menu import notice, opener, ways_on
from bot.flows.postback import Tap, encode
from bot.flows.session import Session
from bot.flows.talk import said
from bot.metrics import catalogue as figures
from bot.metrics.catalogue import MetricEvent
from bot.replies.actions import Button, Copy, Open, Postback, Say
from bot.replies.views import AnswerView, Menu, MenuItem, Notice, Reply
from bot.understanding.desks import Desk
from bot.understanding.messages import Understood, understand
from bot.understanding.search import Answered, Outcome

NAME = "faq"
SHOWN_RELATED = 3
DESK = "contacts"
_ABOUT = {"premium_id": "basic_id", "plans": "other_plans", "name_check": "name_rule", "schedule": "lead_time"}


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
    understood = _understood(text, session, ctx)
    if understood.talk or understood.newer:
        return Reaction(session, (_beside(understood, session, ctx),))
    found = understood.answered or Answered(Outcome.NONE)
    ids = tuple(hit.entry.id for hit in found.hits)
    marks = (MetricEvent(figures.QUESTIONS, (found.outcome.value,)),)
    if found.outcome is Outcome.ANSWER:
        first = [one.hits[0].entry for one in found.several] or [found.hits[0].entry]
        rest = tuple(name for name in ids if name != first[-1].id)
        replies = tuple(answer(entry, ctx, *_notes(understood, entry, ctx)) for entry in first)
        return Reaction(session.showing(first[-1].id, rest), replies, marks=marks)
    unanswered = Unanswered(text, found.outcome.value)
    if found.outcome is Outcome.CHOICES:
        return Reaction(session.showing("", ids), (_candidates(ids, ctx),), unanswered=unanswered, marks=marks)
    return Reaction(session, (_not_covered(found.desk, session, ctx),), unanswered=unanswered, marks=marks)


def covers(text: str, session: Session, ctx: Context) -> bool:
    """Whether these words, which need not be a question, are likely about something that the knowledge has."""
    answered = _understood(text, session, ctx).answered
    return answered is None or answered.is_likely


def _understood(text: str, session: Session, ctx: Context) -> Understood:
    return understand(text, ctx.resources.search, ctx.resources.talk, context_id=_context(session, ctx))


def _context(session: Session, ctx: Context) -> str | None:
    """What a follow-up leans on: the entry shown last, choices that share a subject, or the open table."""
    if session.active and session.active.flow in _ABOUT:
        return _ABOUT[session.active.flow]
    if session.last_answer.entry or not session.last_answer.rest:
        return session.last_answer.entry or None
    about = {ctx.resources.knowledge.category_of.get(name) for name in session.last_answer.rest}
    return session.last_answer.rest[0] if len({one.category if one else "" for one in about}) == 1 else None


def _beside(understood: Understood, session: Session, ctx: Context) -> Reply:
    """One line for small talk, and for words that are newer than the source."""
    text = ctx.resources.talk.text
    if understood.talk:
        return said(understood.talk, session, ctx)
    return said(text.newer, session, ctx, word=understood.newer or "", edition=ctx.resources.knowledge.edition)


def _notes(understood: Understood, entry: Entry, ctx: Context) -> Iterator[str]:
    """What is said above an answer: its title for who asked in English, and how old the source is."""
    text = ctx.resources.talk.text
    if understood.english and entry.english:
        yield text.english.format(title=entry.english)
    if understood.still:
        age = age_in_words(ctx.resources.knowledge.source.published, ctx.today)
        yield text.still.text.format(edition=ctx.resources.knowledge.edition, age=age)


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
    vote = MetricEvent(figures.VOTES, (tap.value, "helpful" if helpful else "not_helpful"))
    after = session.judging() if helpful else reaction.session
    return replace(reaction, session=after, marks=(vote,))


def answer(entry: Entry, ctx: Context, *notes: str) -> AnswerView:
    """The entry as a bubble: facts, links, page, related entries, "did it help?"; `notes` stand above the facts."""
    text = ctx.texts.ui.faq
    links = tuple(Button(link.label, Open(link.url, external=True)) for link in entry.links)
    copies = tuple(Button(copy.label, Copy(copy.text)) for copy in entry.copies)
    return AnswerView(
        title=entry.title,
        paragraphs=(*notes, *entry.text),
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
