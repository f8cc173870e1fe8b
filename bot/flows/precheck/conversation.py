"""Takes an interpreted message into the pre-check: notes it, says what was noted, and asks what is still open."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec import structs

from bot.content.slow_patterns import LONGEST_TEXT
from bot.flows import engine, typed_options
from bot.flows.buttons import say_button
from bot.flows.context import Context
from bot.flows.engine import Accept, NextQuestion, PromptOptions, Reprompt
from bot.flows.menu import notice, opener
from bot.flows.precheck.flow import PRECHECK, advance
from bot.flows.precheck.noting import Noted, is_correction, note
from bot.flows.precheck.review import STUCK, answer_label, is_suggestion, shown
from bot.flows.precheck.steps import is_open, open_points, relevant
from bot.flows.precheck.verdict import verdict_view
from bot.flows.reading import Reading
from bot.flows.session import FlowState, Session
from bot.flows.turn_result import TurnResult
from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.replies.views import Reply, Text

LONGEST_REQUEST = 80  # characters of a message that asks for the verdict
ROWS = ("first", "second", "third")
ENOUGH_FOR_REVIEW = 4  # answers in one message, after which all is shown instead of asking on


def respond(session: Session, state: FlowState, reading: Reading, text: str, ctx: Context) -> TurnResult:
    """Record what the message says, say so, and ask the next open question or give the verdict."""
    kind = kind_alone(text, ctx) if "body" not in reading.facts else ""
    noted = note(state, reading, ctx, correction=is_correction(text, ctx))
    said = _said(noted, ctx)
    asked = _doubt(noted, reading, ctx)
    if asked:
        pending, problem = asked
        if pending.step == state.step and not noted.changes:
            return miss(session, structs.replace(pending, misses=state.misses), ctx, problem=problem)
        return engine.ask_again(PRECHECK, session.activate(pending), ctx, PromptOptions(problem=problem, note=said))
    if wants_verdict(text, ctx):
        return show_verdict(session, noted.state, ctx, said=said)
    if _still_contradicts(state, noted, reading):
        pending, problem = _conflict(noted, {state.step: _suggested(state, ctx)}, ctx)
        return engine.ask_again(PRECHECK, session.activate(pending), ctx, PromptOptions(problem=problem, note=said))
    return _go_on(session, state, noted, said, ctx, kind=kind)


def _still_contradicts(before: FlowState, noted: Noted, reading: Reading) -> bool:
    """Return True if the user was asked about a contradiction, and has said something else instead."""
    unsettled = before.step not in (*reading.facts, *reading.unsure, *noted.left_open, *(noted.corrected or {}))
    return is_suggestion(before) and unsettled and noted.changes and before.step in relevant(noted.state)


def _suggested(state: FlowState, ctx: Context) -> Any:
    """Return the value that contradicts the recorded answer."""
    parsed = PRECHECK.steps[state.step].parse_choice(state.options[0], state, ctx)
    return parsed.value if isinstance(parsed, Accept) else state.options[0]


def miss(session: Session, state: FlowState, ctx: Context, *, problem: str = "") -> TurnResult:
    """Ask again in other words, then with ways out; after that leave the question open and go on."""
    words, row = ctx.texts.precheck.conversation, state.misses + 1
    events = (MetricEvent(catalogue.PRECHECK_MISSES, (state.step, ROWS[min(row, len(ROWS)) - 1])),)
    if row > STUCK + bool(state.options):
        return replace(_left_open(session, state, ctx), metric_events=events)
    problem = problem or words.again[state.step]
    prompt = PromptOptions(problem=f"{problem}\n{words.stuck}" if row >= STUCK else problem)
    asked = engine.ask_again(PRECHECK, session.activate(state.missed()), ctx, prompt)
    return replace(asked, metric_events=events)


def _left_open(session: Session, state: FlowState, ctx: Context) -> TurnResult:
    """Go on without an answer. The review has nothing to go on to, so its ways out are shown alone."""
    if state.step == "review":
        contacts = opener("contacts", ctx.texts.precheck.verdict.contacts)
        return TurnResult(session, (notice(ctx, "stuck", session=session, buttons=(contacts,)),))
    reading = Reading(unsure=(state.step,))
    before = state.without(state.step) if is_open(state, state.step) else state
    if not is_open(before, state.step):
        return _go_on(session, before, Noted(before, same=(state.step,)), "", ctx)
    return respond(session, before, reading, "", ctx)


def asked_again(session: Session, ctx: Context) -> TurnResult:
    """Ask the pending question after something else was answered, each time with another line before it."""
    state = session.flows[PRECHECK.name]
    notes = ctx.texts.precheck.conversation.back_notes
    prompt = PromptOptions(note=notes[state.repeats % len(notes)])
    return engine.ask_again(PRECHECK, session.activate(state.repeated()), ctx, prompt)


def kind_alone(text: str, ctx: Context) -> str:
    """Return the sentence for a text that says what kind of body it is (町です) and not which. Empty if none."""
    kinds = ctx.texts.precheck.conversation.kinds
    found = re.search(
        rf"(?:^|[、。\s]|の|は|小さ[いな])({'|'.join(map(re.escape, kinds))})(?=です|の|で|$|[、。！!])",
        text.strip()[:LONGEST_REQUEST],
    )
    return kinds[found[1]] if found else ""


def wants_check(text: str, ctx: Context) -> bool:
    """Return True if the words ask to begin the pre-check, as 申込前チェックをお願いいたします does."""
    return any(re.search(form, text.strip()[:LONGEST_TEXT]) for form in ctx.texts.precheck.conversation.starts)


def wants_to_apply(text: str, ctx: Context) -> bool:
    """Return True if the words say that their writer would like to apply, as では申し込みたいです does."""
    return any(re.search(form, text.strip()[:LONGEST_REQUEST]) for form in ctx.texts.precheck.conversation.wishes)


def asks_if_eligible(text: str, ctx: Context) -> bool:
    """Return True if the words ask whether their writer can apply, as これで申し込めますか does."""
    return any(re.search(form, text) for form in ctx.texts.precheck.conversation.asks_if_eligible)


def wants_verdict(text: str, ctx: Context) -> bool:
    """Return True if the words ask for the verdict, as 結局もう出していいの does."""
    return any(
        re.search(form, text.strip()[:LONGEST_REQUEST]) for form in ctx.texts.precheck.conversation.wants_verdict
    )


def show_verdict(session: Session, state: FlowState, ctx: Context, *, said: str = "") -> TurnResult:
    """Give the verdict on what is known, with what is still open. A running pre-check goes on after it."""
    if not any(value is not None for value in state.answers.values()):
        prompt = PromptOptions(note=ctx.texts.precheck.conversation.nothing_known)
        return engine.ask_again(PRECHECK, session.activate(state), ctx, prompt)
    shown_verdict = verdict_view(state, ctx)
    if state.ended:
        return TurnResult(session.suspend(state), (*_line(said), shown_verdict))
    way_on = replace(shown_verdict, quick=(say_button(ctx.texts.ui.moves.resume, primary=True),))
    return TurnResult(session.activate(state), (*_line(said), way_on))


def _go_on(session: Session, before: FlowState, noted: Noted, said: str, ctx: Context, *, kind: str = "") -> TurnResult:
    result = advance(noted.state, "", ctx)
    if not isinstance(result, NextQuestion) or (before.ended and not _reopened(before, noted.state)):
        ended = structs.replace(noted.state.at("review"), ended=True)
        return show_verdict(session, ended, ctx, said=said)
    state = result.state
    overview = before.step == "review" or len(noted.new) >= ENOUGH_FOR_REVIEW
    if overview and not result.problem and state.answers.get("body") and not before.ended:
        state = state.at("review")
    problem = result.problem or (kind if state.step == "body" else "")
    return engine.ask_again(PRECHECK, session.activate(state), ctx, PromptOptions(problem=problem, note=said))


def _reopened(before: FlowState, after: FlowState) -> bool:
    """Return True if a correction after the verdict has made a question open that was answered or not asked."""
    return bool(set(open_points(after)) - set(open_points(before)))


def _doubt(noted: Noted, reading: Reading, ctx: Context) -> tuple[FlowState, str] | None:
    """Return the question to ask because something said is not sure, and why. None if nothing is in doubt."""
    if noted.conflicts:
        return _conflict(noted, noted.conflicts, ctx)
    if noted.doubtful:
        state = noted.state.at("account_name")
        parsed = PRECHECK.steps["account_name"].parse_text(noted.doubtful, state, ctx)
        if isinstance(parsed, Reprompt):
            return state.at("account_name", options=parsed.options), parsed.problem
    for step, values in reading.ask_back.items():
        before = noted.state.answers.get(step)
        if before is not None and step in relevant(noted.state) and len(values) == 1 and values[0] != before:
            return _conflict(noted, {step: values[0]}, ctx)  # perhaps a correction: たぶん無料だったと思います
        if step in relevant(noted.state) and noted.state.answers.get(step) is None:
            return noted.state.at(step, options=_options(step, values, ctx)), _which(step, values, ctx)
    return None


def _conflict(noted: Noted, conflicts: Mapping[str, Any], ctx: Context) -> tuple[FlowState, str]:
    """Return the question of the first contradiction. The others become open questions, so none is overwritten."""
    words = ctx.texts.precheck.conversation
    (step, value), *rest = conflicts.items()
    before = shown(noted.state, step, ctx)
    problem = words.conflict.format(label=_label(step, ctx), before=before, value=answer_label(step, value, ctx))
    if rest:
        labels = "、".join(_label(other, ctx) for other, _ in rest)
        problem = f"{problem}\n{words.conflict_rest.format(labels=labels)}"
    state = noted.state.without(*(other for other, _ in rest))
    return state.at(step, options=(value_option(step, value, ctx),)), problem


def still_open(state: FlowState, ctx: Context) -> str:
    """Return the sentence that names the questions left. Empty if there are none."""
    labels = "、".join(_label(step, ctx) for step in open_points(state))
    return ctx.texts.precheck.conversation.still_open.format(labels=labels) if labels else ""


def _which(step: str, values: tuple[str, ...], ctx: Context) -> str:
    words = ctx.texts.precheck.conversation
    if step == "plan_in_use" and set(values) == {"this_account", "other_account"}:
        return words.which_account
    if step == "body" and len(values) > 1:
        return ctx.texts.precheck.problems["body_several"].format(count=len(values))
    return words.likely.format(label=_label(step, ctx))


def _options(step: str, values: tuple[str, ...], ctx: Context) -> tuple[str, ...]:
    """Return the likeliest values that the question does not offer anyway."""
    declared = ctx.texts.precheck.questions[step].choices
    options = (value_option(step, value, ctx) for value in values)
    return tuple(option for option in options if option not in declared)


def value_option(step: str, value: Any, ctx: Context) -> str:
    """Return the entry of a value for the options of its question: a code, a declared value or the words."""
    if isinstance(value, bool):
        return str(value).lower()
    if step == "body":
        found = ctx.resources.register.find(value).government
        if found and found.full_name == value:
            return found.code
    if step in ("body", "account_name", "email_domain") and value not in ctx.texts.precheck.questions[step].choices:
        return typed_options.option(value, ctx.message_id)
    return str(value)


def _said(noted: Noted, ctx: Context) -> str:
    """Return what was noted, in words."""
    words = ctx.texts.precheck.conversation
    parts = []
    plain = tuple(step for step in noted.new if step != "account_name")
    if plain:
        parts.append(words.noted.format(values=_values(noted, plain, ctx)))
    if "account_name" in noted.new:
        parts.append(ctx.texts.precheck.notes["name_ok"].format(name=noted.state.answers["account_name"]))
    if noted.same and not noted.changes:
        parts.append(words.same.format(values=_values(noted, noted.same, ctx)))
    for step, before in (noted.corrected or {}).items():
        value = shown(noted.state, step, ctx)
        parts.append(
            words.corrected.format(label=_label(step, ctx), before=answer_label(step, before, ctx), value=value)
        )
    parts += [words.left_open.format(label=_label(step, ctx), how=words.find_out[step]) for step in noted.left_open]
    return "".join(parts)


def _values(noted: Noted, steps: tuple[str, ...], ctx: Context) -> str:
    return "".join(f"「{_echo(step, noted.state.answers[step], ctx)}」" for step in steps)


def _echo(step: str, value: Any, ctx: Context) -> str:
    key = str(value).lower() if isinstance(value, bool) else str(value)
    short = ctx.texts.precheck.conversation.echo.get(step, {})
    return short.get(key) or answer_label(step, value, ctx)


def _label(step: str, ctx: Context) -> str:
    return ctx.texts.precheck.questions[step].label


def _line(said: str) -> tuple[Reply, ...]:
    return (Text(text=said),) if said else ()
