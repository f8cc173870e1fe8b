"""The FAQ: categories, questions, answers, "did it help?", and questions in the user's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.content.masking import masked
from bot.content.models import Category, Entry
from bot.content.talk import age_in_words
from bot.domain.resume_codes import without_codes
from bot.flows.buttons import menu_button, postback_button, postback_row
from bot.flows.context import Context
from bot.flows.menu import next_buttons, notice, opener
from bot.flows.postback import Tap
from bot.flows.session import Session
from bot.flows.small_talk import notice_of
from bot.flows.turn_result import TurnResult, Unanswered, Voted
from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.replies.actions import Button, Copy, Open
from bot.replies.views import AnswerView, Menu, Notice, Reply
from bot.understanding.desks import Desk
from bot.understanding.messages import Understood, understand
from bot.understanding.search import Answered, Outcome

NAME = "faq"
SHOWN_RELATED = 3
QUESTION = 100  # characters of a question that are kept
MOST_ANSWERS = 2  # beside a line and a question or verdict: LINE takes five messages
DESK = "contacts"
_ABOUT = {"premium_id": "basic_id", "plans": "other_plans", "name_check": "name_rule", "schedule": "lead_time"}


def first_view(session: Session, ctx: Context) -> TurnResult:
    """Show the categories."""
    text = ctx.texts.ui.faq
    rows = tuple(
        postback_row(
            NAME, "category", category.category, category.title, text.count.format(count=len(category.entries))
        )
        for category in ctx.resources.knowledge.categories
    )
    return TurnResult(session, (Menu(title=text.title, lead=text.lead, items=rows),))


def answer_question(session: Session, text: str, ctx: Context) -> TurnResult:
    """Show the answer, a few to choose from, or the desk for this kind of concern."""
    understood = _understood(text, session, ctx)
    if understood.talk or understood.newer:
        return TurnResult(session, (_beside(understood, session, ctx),))
    found = understood.answered or Answered(Outcome.NONE)
    ids = tuple(hit.entry.id for hit in found.hits)
    metric_events = (MetricEvent(catalogue.QUESTIONS, (found.outcome.value,)),)
    if found.outcome is Outcome.ANSWER:
        first = [one.hits[0].entry for one in found.several] or [found.hits[0].entry]
        rest = tuple(name for name in ids if name != first[-1].id)
        asks_on = (ctx.resources.talk.text.still.entry,) if understood.still else ()
        replies = tuple(answer(entry, ctx, *_notes(understood, entry, ctx), also=asks_on) for entry in first)
        shown = session.with_last_answer(first[-1].id, rest, question=_masked(text))
        return TurnResult(shown, replies, metric_events=metric_events)
    unanswered = Unanswered(text, found.outcome.value)
    if found.outcome is Outcome.CHOICES:
        return TurnResult(
            session.with_last_answer("", ids, question=_masked(text)),
            (_candidates(ids, ctx),),
            unanswered=unanswered,
            metric_events=metric_events,
        )
    return TurnResult(
        session, (_not_covered(found.desk, session, ctx),), unanswered=unanswered, metric_events=metric_events
    )


def show_answers(questions: Sequence[Answered], session: Session, ctx: Context) -> TurnResult:
    """Show the answers to the questions in a message that also says something else, of which nothing is recorded."""
    found = [one for one in questions if one.outcome is not Outcome.NONE][:MOST_ANSWERS] or list(questions[:1])
    replies: tuple[Reply, ...] = ()
    for one in found:
        if one.outcome is Outcome.ANSWER:
            session = session.with_last_answer(one.hits[0].entry.id)
            replies += (answer(one.hits[0].entry, ctx),)
        elif one.outcome is Outcome.CHOICES:
            replies += (_candidates(tuple(hit.entry.id for hit in one.hits), ctx),)
        else:
            replies += (_not_covered(one.desk, session, ctx),)
    events = tuple(MetricEvent(catalogue.QUESTIONS, (one.outcome.value,)) for one in found)
    return TurnResult(session, replies, metric_events=events)


def is_covered(text: str, session: Session, ctx: Context) -> bool:
    """Return True if the text, which need not be a question, is likely about an entry of the knowledge."""
    understood = _understood(text, session, ctx)
    return bool(understood.newer or (understood.answered and understood.answered.is_likely))


def _understood(text: str, session: Session, ctx: Context) -> Understood:
    return understand(text, ctx.resources.search, ctx.resources.talk, context_id=_context(session, ctx))


def _context(session: Session, ctx: Context) -> str | None:
    """Return the entry that a follow-up leans on: the last one, one of a subject's choices, or the open table's."""
    if session.active and session.active.flow in _ABOUT:
        return _ABOUT[session.active.flow]
    if session.last_answer.entry or not session.last_answer.rest:
        return session.last_answer.entry or None
    about = {ctx.resources.knowledge.category_of.get(name) for name in session.last_answer.rest}
    return session.last_answer.rest[0] if len({one.category if one else "" for one in about}) == 1 else None


def _beside(understood: Understood, session: Session, ctx: Context) -> Reply:
    """Return one line for small talk, or for words that are newer than the source."""
    text = ctx.resources.talk.text
    if understood.talk:
        return notice_of(understood.talk, session, ctx)
    return notice_of(text.newer, session, ctx, word=understood.newer or "", edition=ctx.resources.knowledge.edition)


def _notes(understood: Understood, entry: Entry, ctx: Context) -> Iterator[str]:
    """Yield the notes above an answer: its English title after an English question, and the age of the source."""
    text = ctx.resources.talk.text
    if understood.english and entry.english:
        yield text.english.format(title=entry.english)
    if understood.still:
        age = age_in_words(ctx.resources.knowledge.source.published, ctx.today)
        yield text.still.text.format(edition=ctx.resources.knowledge.edition, age=age)


def _not_covered(desk: Desk | None, session: Session, ctx: Context) -> Reply:
    """Say where else to ask, with a button to the desk's entry."""
    text = ctx.texts.ui.notices["not_covered"]
    entry = _entry(ctx, desk.entry if desk else DESK)
    button = postback_button(NAME, "entry", entry.id, entry.short)
    return Notice(
        title=text.title, text=desk.text if desk else text.text, buttons=(button, *next_buttons(ctx, session))
    )


def handle_postback(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Show a category or an entry, or record 役に立った or ちがう. Say so if the entry no longer exists."""
    if tap.step == "category":
        for category in ctx.resources.knowledge.categories:
            if category.category == tap.value:
                return TurnResult(session, (_questions(category, ctx),))
    if tap.step == "none":
        return TurnResult(session.with_last_answer(""), (_not_covered(None, session, ctx),))
    if tap.value not in ctx.resources.knowledge.by_id:
        return TurnResult(session, (notice(ctx, "unknown_button", session=session),))
    if tap.step == "entry":
        last = session.last_answer
        rest = tuple(name for name in last.rest if name != tap.value)
        question = last.question if tap.value in last.rest else ""  # any other entry was opened without a question
        shown = session.with_last_answer(tap.value, rest, question=question)
        return TurnResult(shown, (answer(_entry(ctx, tap.value), ctx),))
    return _judged(session, tap, ctx)


def _judged(session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Thank, or show the next best entry. A second tap or a button of an older entry is not counted as a vote."""
    helpful = tap.step == "helpful"
    thanks = TurnResult(session, (notice(ctx, "thanks", session=session),))
    result = thanks if helpful else _wrong(session, tap.value, ctx)
    if session.last_answer.entry != tap.value or session.last_answer.rated:
        return result
    vote = MetricEvent(catalogue.ENTRY_VOTES, (tap.value, "helpful" if helpful else "not_helpful"))
    after = session.with_rated_answer() if helpful else result.session
    question = session.last_answer.question
    voted = Voted(question, tap.value, helpful) if question else None
    return replace(result, session=after, metric_events=(vote,), voted=voted)


def answer(entry: Entry, ctx: Context, *notes: str, also: Sequence[str] = ()) -> AnswerView:
    """Return the entry as a bubble: facts, links, page, related entries, "did it help?".

    `notes` stand above the facts; `also` are entries shown before the related ones.
    """
    text = ctx.texts.ui.faq
    links = tuple(Button(link.label, Open(link.url, external=True)) for link in entry.links)
    related = dict.fromkeys((*(name for name in also if name != entry.id), *entry.related))
    copies = tuple(Button(copy.label, Copy(copy.text)) for copy in entry.copies)
    return AnswerView(
        title=entry.title,
        paragraphs=(*notes, *entry.text),
        source=ctx.resources.knowledge.cite(entry),
        buttons=(*links, *copies, *(opener(name, label) for name, label in text.opener(entry.id))),
        feedback=(
            postback_button(NAME, "helpful", entry.id, text.helpful),
            postback_button(NAME, "wrong", entry.id, text.wrong),
        ),
        related_title=text.related,
        related=tuple(
            postback_button(NAME, "entry", name, _entry(ctx, name).short) for name in tuple(related)[:SHOWN_RELATED]
        ),
        quick=(menu_button(ctx),),
    )


def _wrong(session: Session, entry: str, ctx: Context) -> TurnResult:
    """Show the next best entry after ちがう, or the desk if there is none."""
    rest = tuple(name for name in session.last_answer.rest if name != entry and name in ctx.resources.knowledge.by_id)
    if session.last_answer.entry != entry or not rest:
        contacts = opener("contacts", ctx.texts.ui.faq.contacts)
        return TurnResult(session.with_last_answer(""), (notice(ctx, "no_more", session=session, buttons=(contacts,)),))
    shown = session.with_last_answer(rest[0], rest[1:], question=session.last_answer.question)
    return TurnResult(shown, (answer(_entry(ctx, rest[0]), ctx),))


def _masked(question: str) -> str:
    """Return what is kept of a question until the vote on its answer: masked, and without resume codes."""
    return masked(without_codes(question))[:QUESTION]


def _candidates(ids: tuple[str, ...], ctx: Context) -> Menu:
    text = ctx.texts.ui.faq
    rows = [postback_row(NAME, "entry", name, _entry(ctx, name).short, _entry(ctx, name).title) for name in ids]
    none = postback_row(NAME, "none", "none", text.none_of_these, text.contacts)
    return Menu(title=text.candidates_title, lead=text.candidates_lead, items=(*rows, none))


def _questions(category: Category, ctx: Context) -> Menu:
    return Menu(
        title=category.title,
        lead=ctx.texts.ui.faq.category_lead,
        items=tuple(postback_row(NAME, "entry", entry.id, entry.short, entry.title) for entry in category.entries),
        quick=next_buttons(ctx),
    )


def _entry(ctx: Context, name: str) -> Entry:
    return ctx.resources.knowledge.by_id[name]
