"""Builds the views of the pre-check: each question with its progress, and the review of all answers."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.content.precheck_explanation import in_japanese
from bot.flows import typed_options
from bot.flows.buttons import menu_button
from bot.flows.context import Context
from bot.flows.engine import CHANGE, SAME, Accept, GoTo, PromptOptions, Reprompt, postback_data
from bot.flows.menu import opener
from bot.flows.precheck import answers as reading
from bot.flows.precheck.names import option_label
from bot.flows.precheck.steps import CHOICES, relevant
from bot.flows.precheck.verdict import open_points_said
from bot.flows.questions import choice, moves, question, quick
from bot.flows.session import FlowState
from bot.replies.actions import Action, Button, PickDate, Postback
from bot.replies.views import Progress, Question, Review, ReviewRow
from bot.text.measure import cut

LONGEST_LABEL = 20  # characters of a button that offers the user's own words
STUCK = 2  # misses in a row after which the question offers a way out
PICK_AHEAD = timedelta(days=366)
_CHANGE = re.compile(r"変更|変え|違|ちが|間違|まちが|直|修正|訂正|いいえ")


def ask(state: FlowState, ctx: Context, prompt: PromptOptions) -> Question | Review:
    """Return the view of the pending step."""
    if state.step == "review":
        return _review(state, ctx, prompt)
    text = ctx.texts.precheck.questions[state.step]
    note = prompt.note or ("" if prompt.problem else _note(state, ctx))
    return question(
        heading=ctx.texts.precheck.heading,
        text=text,
        source=ctx.texts.precheck.source.format(page=text.page),
        buttons=_buttons(state, ctx),
        ways=moves(state, ctx.texts.ui.moves),
        prompt=PromptOptions(problem=prompt.problem, note=note),
        progress=_progress(state),
        last=_to_colleague(state, ctx),
    )


def _to_colleague(state: FlowState, ctx: Context) -> tuple[Button, ...]:
    """Return the button for a resume code, once there are answers."""
    return quick(ctx.texts.ui.moves.handover) if state.answers else ()


def _note(state: FlowState, ctx: Context) -> str:
    """Return the introduction at the first question, or the recorded answer if it is being changed."""
    if state.step in state.answers:
        return ctx.texts.precheck.notes["now"].format(value=shown(state, state.step, ctx))
    return "" if state.answers else ctx.texts.precheck.intro


def _progress(state: FlowState) -> Progress:
    order = relevant(state)
    return Progress(at=order.index(state.step) + 1 if state.step in order else len(order), of=len(order))


def _buttons(state: FlowState, ctx: Context) -> tuple[Button, ...]:
    """Return the options offered for this answer, then the possible choices."""
    replaced = picker(state, ctx)
    own = tuple(
        Button(label, replaced.get(value) or Postback(postback_data(state.flow, state.step, value, state), label))
        for value, label in reading.offered(state, ctx).items()
        if not (is_suggestion(state) and value in state.options)
    )
    same = (choice(state, state.step, SAME, ctx.texts.precheck.buttons["same"]),) if state.step in state.answers else ()
    return (*(_option(state, value, ctx) for value in state.options), *own, *same, *_ways_out(state, ctx))


def _ways_out(state: FlowState, ctx: Context) -> tuple[Button, ...]:
    """Return buttons to skip the question, to a desk and to the menu, if it was asked twice without an answer."""
    if state.misses < STUCK:
        return ()
    skip = choice(state, state.step, reading.SKIP, ctx.texts.precheck.conversation.skip)
    offered = reading.SKIP in reading.offered(state, ctx) or "unknown" in reading.offered(state, ctx)
    contacts = opener("contacts", ctx.texts.precheck.verdict.contacts)
    return (*(() if offered else (skip,)), contacts, menu_button(ctx))


def _option(state: FlowState, value: str, ctx: Context) -> Button:
    return choice(state, state.step, typed_options.value(value), _option_label(value, state, ctx))


def _option_label(value: str, state: FlowState, ctx: Context) -> str:
    """Return the label of an offered value. One that contradicts the recorded answer says that it replaces it."""
    if is_suggestion(state):
        words = typed_options.find(typed_options.value(value), state.options)
        body = ctx.resources.register.by_code(value) if state.step == "body" else None
        name = words.text if words else body.full_name if body else answer_label(state.step, value, ctx)
        return cut(ctx.texts.precheck.buttons["change_to"].format(value=name), LONGEST_LABEL)
    if typed_options.is_offer(value) and state.step == "email_domain":
        return value.split(":", 3)[3]
    return option_label(value, state, ctx)


def is_suggestion(state: FlowState) -> bool:
    """Return True if the pending question is whether its recorded answer is to be replaced by another one."""
    return len(state.options) == 1 and state.step in state.answers


def picker(state: FlowState, ctx: Context) -> Mapping[str, Action]:
    if state.step != "apply_date":
        return {}
    given = state.answers.get("apply_date")
    initial = max(date.fromisoformat(given), ctx.today) if given else ctx.today
    last = ctx.today + PICK_AHEAD
    data = postback_data(state.flow, state.step, "pick", state)
    return {"pick": PickDate(data, min(initial, last).isoformat(), ctx.today.isoformat(), last.isoformat())}


def _review(state: FlowState, ctx: Context, prompt: PromptOptions) -> Review:
    """Return the view of every answer, each with 変更."""
    text = ctx.texts.precheck
    asked = text.questions["review"]
    rows = tuple(_row(state, name, ctx) for name in relevant(state))
    label = asked.choices["confirm"]
    data = postback_data(state.flow, "review", "confirm", state)
    return Review(
        heading=text.heading,
        title=asked.title,
        lead="\n".join(filter(None, (prompt.problem or prompt.note or asked.why, open_points_said(state, ctx)))),
        rows=rows,
        confirm=Button(label, Postback(data, label), "primary"),
        moves=moves(state, ctx.texts.ui.moves),
        quick=_to_colleague(state, ctx),
    )


def parse_review_text(text: str, state: FlowState, ctx: Context) -> Accept | Reprompt | GoTo | None:
    """Accept agreement, or the answer to change: 「団体名を変更」「認証が違う」「アカウント名」."""
    questions = ctx.texts.precheck.questions
    named = [name for name in relevant(state) if name in state.answers and questions[name].label in text]
    if named and (text.strip() == questions[named[-1]].label or _CHANGE.search(text)):
        return GoTo(max(named, key=lambda name: len(questions[name].label)))
    parsed = reading.parse_listed_text(text, state, ctx)
    if parsed is None or (isinstance(parsed, Accept) and parsed.value != "confirm"):
        return Reprompt(ctx.texts.precheck.problems["review_which"]) if _CHANGE.search(text) else None
    return Reprompt(ctx.texts.precheck.problems["review_which"]) if isinstance(parsed, Reprompt) else parsed


def _row(state: FlowState, name: str, ctx: Context) -> ReviewRow:
    label = ctx.texts.precheck.questions[name].label
    word = ctx.texts.ui.moves.change
    tapped = Postback(postback_data(state.flow, name, CHANGE, state), f"{label}を{word}")
    return ReviewRow(label=label, value=shown(state, name, ctx), change=Button(word, tapped))


def shown(state: FlowState, name: str, ctx: Context) -> str:
    """Return a recorded answer as its question words it."""
    return answer_label(name, state.answers.get(name), ctx)


def answer_label(name: str, value: Any, ctx: Context) -> str:
    """Return the value of an answer as its question words it."""
    text = ctx.texts.precheck
    if value is None:
        return text.skipped
    if name == "apply_date":
        return in_japanese(date.fromisoformat(value))
    key = str(value).lower() if isinstance(value, bool) else str(value)
    listed = text.questions[name].choices if name in CHOICES and name != "email_domain" else {}
    return listed.get(key, key)
