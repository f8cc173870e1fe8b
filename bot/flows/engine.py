"""The flow engine: declared steps, pure functions, and a stack of flows of which the top one is active.

A flow is a table of steps and a function `advance` that decides from the answers what comes next. The table names every
step that may follow. Tests walk it, so that a missing or unreachable step is found before a user finds it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import structs

from bot.flows.context import Context
from bot.flows.postback import Tap, decode, encode
from bot.flows.session import FlowState, Session
from bot.flows.turn_result import TurnResult
from bot.replies.actions import Postback
from bot.replies.views import Asking, Reply

BACK, CANCEL, CHANGE, SAME = "back", "cancel", "change", "same"


@dataclass(frozen=True, slots=True)
class Accept:
    """An answer to record. `note` says how it was understood; `origin` is the older message it came in, if any."""

    value: Any
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Reprompt:
    """An input that is no valid answer. The question is asked again with `problem` and, if given, other `options`."""

    problem: str
    options: tuple[str, ...] = ()


TextParser = Callable[[str, FlowState, Context], "Accept | Reprompt | GoTo | None"]
ChoiceParser = Callable[[str, FlowState, Context], Accept | Reprompt | None]


@dataclass(frozen=True, slots=True)
class GoTo:
    """A request to change an earlier answer, whose question is asked."""

    step: str


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The flow waits at a step, which is asked now. `problem` says why an answer is asked for again."""

    state: FlowState
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Respond:
    """The flow waits at its step. The replies are complete, and no question is added."""

    state: FlowState
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Finish:
    """The flow has ended. Its state is kept, so that an old button can still change an answer."""

    state: FlowState
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class PromptOptions:
    """The words that are added to a question this time."""

    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A question. `choices` are the values of its buttons, `to` the steps that may follow (none: the flow ends).

    `parse_text` converts typed text and `parse_choice` a button value into an answer. Both return None if the input is
    not valid for this step.
    """

    name: str
    choices: tuple[str, ...]
    to: tuple[str, ...]
    parse_text: TextParser
    parse_choice: ChoiceParser
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A declared conversation. An `ephemeral` one is over as soon as another begins, and is never resumed.

    `invalidate_dependents` gets the states before and after an answer, and drops answers that no longer hold.
    """

    name: str
    first: str
    steps: Mapping[str, Step]
    ask: Callable[[FlowState, Context, PromptOptions], Asking]
    advance: Callable[[FlowState, str, Context], NextQuestion | Respond | Finish]
    ephemeral: bool = False
    invalidate_dependents: Callable[[FlowState, FlowState, Context], FlowState] = lambda _before, after, _ctx: after
    open_steps: Callable[[FlowState], tuple[str, ...]] = lambda _state: ()  # not asked yet, but may be chosen
    prefill_from: tuple[str, ...] = ()  # steps whose answers in an active pre-check are offered first

    def reachable(self) -> set[str]:
        """Return every step that the declaration leads to from the first."""
        found: set[str] = set()
        ahead = [self.first]
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead.extend(self.steps[name].to)
        return found


def start(flow: Flow, session: Session, ctx: Context) -> TurnResult:
    """Start the flow. An older state of it is dropped, so that its buttons no longer work."""
    state = _new_state(flow, session, ctx)
    return TurnResult(session.activate(state), (flow.ask(state, ctx, PromptOptions()),))


def _new_state(flow: Flow, session: Session, ctx: Context) -> FlowState:
    given = session.base_flow.answers if session.base_flow else {}
    prefill = {step: given[step] for step in flow.prefill_from if given.get(step) is not None}
    return FlowState(
        flow=flow.name,
        conversation_id=ctx.new_conversation_id,
        step=flow.first,
        ephemeral=flow.ephemeral,
        prefill=prefill,
    )


def ask_again(flow: Flow, session: Session, ctx: Context, prompt: PromptOptions | None = None) -> TurnResult:
    """Activate the flow and ask its pending question."""
    state = session.flows[flow.name]
    return TurnResult(session.activate(state), (flow.ask(state, ctx, prompt or PromptOptions()),))


def can_parse(flow: Flow, session: Session, text: str, ctx: Context) -> bool:
    """Return True if the text is a valid answer to the flow's pending question."""
    state = session.flows[flow.name]
    return isinstance(flow.steps[state.step].parse_text(text, state, ctx), Accept)


def handle_text(flow: Flow, session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Answer the pending question with typed text. Return None if it is no answer."""
    state = session.flows[flow.name]
    pressed = press(flow, session, text, ctx)
    if pressed:
        return pressed
    parsed = flow.steps[state.step].parse_text(text, state, ctx)
    if parsed is None:
        return None
    if isinstance(parsed, GoTo):
        return ask_again(flow, session.activate(state.at(parsed.step)), ctx)
    if isinstance(parsed, Reprompt):
        return _reprompt(flow, session, state.at(state.step, options=parsed.options), parsed, ctx)
    return _record(flow, session, state.step, parsed, ctx)


def press(flow: Flow, session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Press the button of the pending question whose label was typed. Return None if there is none."""
    tap = _pressed(flow, session.flows[flow.name], text, ctx)
    return handle_postback(flow, session, tap, ctx) if tap else None


def _reprompt(flow: Flow, session: Session, state: FlowState, again: Reprompt, ctx: Context) -> TurnResult:
    return ask_again(flow, session.activate(state), ctx, PromptOptions(problem=again.problem))


def _pressed(flow: Flow, state: FlowState, text: str, ctx: Context) -> Tap | None:
    """Return the button of the pending question whose label was typed, because typing it does what tapping it does."""
    for button in flow.ask(state, ctx, PromptOptions()).tappable():
        if isinstance(button.action, Postback) and text.strip() == button.action.display:
            tap = decode(button.action.data)
            if tap and tap.conversation_id == state.conversation_id and tap.value != CANCEL:
                return tap
    return None


def handle_postback(flow: Flow, session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Handle a button of this conversation, of the pending question or of an earlier one."""
    state = session.flows[flow.name]
    if tap.value == BACK:
        return back(flow, session, ctx)
    if tap.value == CHANGE and (tap.step in state.answers or tap.step in (state.step, *flow.open_steps(state))):
        return ask_again(flow, session.activate(state.at(tap.step)), ctx)
    given = _parse_tap(flow, state, tap, ctx)
    if isinstance(given, Reprompt):
        return _reprompt(flow, session, state.at(tap.step, options=given.options), given, ctx)
    return _record(flow, session, tap.step, given, ctx) if given else ask_again(flow, session, ctx)


def _parse_tap(flow: Flow, state: FlowState, tap: Tap, ctx: Context) -> Accept | Reprompt | None:
    """Return the answer that the tap gives. None if it changes nothing, so that the question is only asked again."""
    pending = tap.step == state.step
    if tap.step not in flow.steps or not (pending or tap.step in state.answers):
        return None  # a question that was never asked or no longer matters
    if tap.value == SAME:
        return Accept(state.answers[tap.step]) if tap.step in state.answers else None
    given = flow.steps[tap.step].parse_choice(tap.value, state if pending else state.at(tap.step), ctx)
    unchanged = isinstance(given, Accept) and not pending and state.answers[tap.step] == given.value
    return None if unchanged else given


def handle_stale_postback(flow: Flow, session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """Handle a button of an ephemeral flow that has ended: it works as when it was new, in a new state."""
    if tap.step not in flow.steps or tap.value == BACK:
        return start(flow, session, ctx)
    return handle_postback(flow, session.activate(_new_state(flow, session, ctx).at(tap.step)), tap, ctx)


def back(flow: Flow, session: Session, ctx: Context) -> TurnResult:
    """Ask the question before the pending one. All answers are kept."""
    state = session.flows[flow.name]
    asked = state.asked[: state.asked.index(state.step)] if state.step in state.asked else state.asked
    return ask_again(flow, session.activate(state.at(asked[-1] if asked else state.step)), ctx)


def postback_data(flow: str, step: str, value: str, state: FlowState) -> str:
    """Return the postback data of a button of this conversation."""
    return encode(flow, step, value, state.conversation_id)


def _record(flow: Flow, session: Session, step: str, given: Accept, ctx: Context) -> TurnResult:
    before = session.flows[flow.name]
    state = flow.invalidate_dependents(
        before, before.with_answer(step, given.value, given.origin or ctx.message_id), ctx
    )
    result = flow.advance(state, step, ctx)
    if isinstance(result, NextQuestion):
        prompt = PromptOptions(problem=result.problem, note="" if result.problem else given.note)
        return TurnResult(session.activate(result.state), (flow.ask(result.state, ctx, prompt),))
    if isinstance(result, Respond):
        return TurnResult(session.activate(result.state), result.replies)
    ended = structs.replace(result.state, ended=True)
    return TurnResult(session.suspend(ended), result.replies)
