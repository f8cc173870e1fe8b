"""Finds the button whose label was typed, because LINE for desktop shows no quick replies."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from bot.flows import contacts, faq, menu, partners, process
from bot.flows.after import reminders
from bot.flows.after import result as after
from bot.flows.commands import bare, fold
from bot.flows.context import Context
from bot.flows.postback import Tap
from bot.flows.precheck.answers import QUESTION
from bot.flows.session import LastView, Session

SHORTEST, LONGEST_NEED = 2, 30  # characters
_ABOUT = re.compile(r"(について|に関すること|のこと|の件)$")
Labels = Mapping[str, Tap]
_folded = lru_cache(maxsize=1024)(fold)  # cached, because the content's labels are few and the same in each turn


def find(text: str, view: LastView | None, session: Session, ctx: Context) -> Tap | None:
    """Return the typed button: of the stateless flow shown last, also in part, or of another one if unmistakable."""
    if len(text) > LONGEST_NEED:
        return None
    typed = _ABOUT.sub("", bare(text))
    if view:
        listed = {_folded(label): tap for label, tap in _SHOWN[view.function](session, ctx).items()}
        within = {tap for label, tap in listed.items() if typed in label} if len(typed) >= SHORTEST else set[Tap]()
        found = listed.get(fold(text)) or listed.get(typed) or (within.pop() if len(within) == 1 else None)
        if found:
            return found
    return {_folded(label): tap for label, tap in _anywhere(session, ctx).items()}.get(fold(text))


def match_need(text: str, view: LastView | None, ctx: Context) -> Tap | None:
    """Return the partners' button for a need said in the user's own words. None for a question."""
    if view is None or view.function != partners.NAME or len(text) > LONGEST_NEED or QUESTION.search(text):
        return None
    typed = fold(text)
    words = ctx.resources.counters.partners.words
    meant = {need for need, ways in words.items() if any(fold(way) in typed for way in ways)}
    return Tap(partners.NAME, "need", meant.pop()) if len(meant) == 1 else None


def _anywhere(session: Session, ctx: Context) -> Labels:
    return {**_unmistakable(ctx), **_of_flows(session, ctx), **_feedback(session, ctx)}


def _of_flows(session: Session, ctx: Context) -> Labels:
    """Return the buttons of flows and those that open one."""
    texts = ctx.resources.counters
    shown = {
        texts.fees.buttons.compare: ("plans", "table", "compare"),
        texts.fees.buttons.other: ("plans", "table", "compare"),
        texts.premium_id.buttons.check: ("premium_id", "kinds", "check"),
        texts.premium_id.buttons.other: ("premium_id", "kinds", "check"),
        texts.schedule.buttons.date: ("schedule", "apply_date", "change"),
        texts.schedule.buttons.plan: ("schedule", "current_plan", "change"),
    }
    openers = ctx.texts.ui.faq.openers.items()
    states = {flow: state.conversation_id for flow, state in session.flows.items()}
    return {
        **{one.label: Tap(menu.NAME, "open", function) for function, one in openers},
        **{label: Tap(*parts, conversation_id=states.get(parts[0], "")) for label, parts in shown.items()},
    }


def _feedback(session: Session, ctx: Context) -> Labels:
    """Return the feedback buttons of the answer shown last."""
    text, entry = ctx.texts.ui.faq, session.last_answer.entry
    meant = {text.helpful: Tap(faq.NAME, "helpful", entry), text.wrong: Tap(faq.NAME, "wrong", entry)}
    return meant if entry else {}


def _unmistakable(ctx: Context) -> Labels:
    """Return the labels that mean the same everywhere."""
    rows, words = ctx.resources.counters.partners.rows, ctx.resources.counters.contacts
    return {
        rows.all: Tap(partners.NAME, "all", "all"),
        rows.needs: Tap(partners.NAME, "needs", "needs"),
        ctx.resources.counters.partners.other: Tap(partners.NAME, "needs", "needs"),
        rows.criteria: Tap(faq.NAME, "entry", ctx.resources.counters.partners.entries.criteria),
        words.all: Tap(contacts.NAME, "all", "all"),
        words.other: Tap(contacts.NAME, "concerns", "concerns"),
        **_process(Session(), ctx),
    }


def _partners(session: Session, ctx: Context) -> Labels:
    del session
    texts = ctx.resources.counters.partners
    needs = {need: Tap(partners.NAME, "need", need) for need in texts.needs}
    return {
        **_unmistakable(ctx),
        texts.rows.what: Tap(faq.NAME, "entry", texts.entries.what),
        **{label: needs[need] for need, label in texts.needs.items()},
        **{way: needs[need] for need, ways in texts.words.items() for way in ways},
    }


def _contacts(session: Session, ctx: Context) -> Labels:
    del session
    routes = ctx.resources.counters.contacts.routes
    return {**_unmistakable(ctx), **{route.concern: Tap(contacts.NAME, "route", route.key) for route in routes}}


def _process(session: Session, ctx: Context) -> Labels:
    del session
    words = ctx.resources.counters.process.buttons
    shown = {words.overview: "overview", words.before: "before", words.requests: "requests"}
    return {label: Tap(process.NAME, "show", value) for label, value in shown.items()}


def _after(session: Session, ctx: Context) -> Labels:
    """Return no labels, because what is said after an application is read as free words."""
    del session, ctx
    return {}


def _faq(session: Session, ctx: Context) -> Labels:
    """Return categories, entries, and the feedback buttons of the answer shown last."""
    text, knowledge = ctx.texts.ui.faq, ctx.resources.knowledge
    return {
        **{entry.short: Tap(faq.NAME, "entry", entry.id) for entry in knowledge.entries},
        **{one.title: Tap(faq.NAME, "category", one.category) for one in knowledge.categories},
        text.none_of_these: Tap(faq.NAME, "none", "none"),
        **_feedback(session, ctx),
    }


_SHOWN: Mapping[str, Callable[[Session, Context], Labels]] = {
    partners.NAME: _partners,
    contacts.NAME: _contacts,
    process.NAME: _process,
    faq.NAME: _faq,
    after.NAME: _after,
    reminders.NAME: _after,
}
