"""The conversation machine: declared steps, pure functions, one talk at a time on top of those that wait.

A flow is a table of steps and a `then` that says, from the answers so far, what comes next. The table names every
step that may follow; tests walk it, so a target that does not exist or is never reached is found before a user does.
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
    """An answer as it is recorded; `note` acknowledges how it was understood, `origin` is an older message of it."""

    value: Any
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Reprompt:
    """Not an answer yet: the question is asked again with this word, and may offer values of its own."""

    problem: str
    options: tuple[str, ...] = ()


TextParser = Callable[[str, FlowState, Context], "Accept | Reprompt | GoTo | None"]
ChoiceParser = Callable[[str, FlowState, Context], Accept | Reprompt | None]


@dataclass(frozen=True, slots=True)
class GoTo:
    """Not an answer but the wish to change an earlier one: that question is asked."""

    step: str


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The talk waits at a step, which is asked now; `problem` says why an answer is asked for again."""

    state: FlowState
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Respond:
    """The talk waits at its step; these replies say all, nothing is asked again."""

    state: FlowState
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Finish:
    """The talk is over; it is kept, so that an old button can still change an answer."""

    state: FlowState
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class PromptOptions:
    """How a question is asked this time."""

    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A question. `choices` are the values its buttons carry, `to` the steps that may follow (none: it ends).

    `read` makes an answer of typed words (None: they are none), `settle` of a button's value (None: not one of ours).
    """

    name: str
    choices: tuple[str, ...]
    to: tuple[str, ...]
    parse_text: TextParser
    parse_choice: ChoiceParser
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A declared conversation; `brief`: a counter's question, which nothing has to wait for (session.Talk).

    `revise` drops, from the talk after an answer, what no longer holds because of the change from the talk before.
    """

    name: str
    first: str
    steps: Mapping[str, Step]
    ask: Callable[[FlowState, Context, PromptOptions], Asking]
    advance: Callable[[FlowState, str, Context], NextQuestion | Respond | Finish]
    ephemeral: bool = False
    invalidate_dependents: Callable[[FlowState, FlowState, Context], FlowState] = lambda _before, after, _ctx: after
    prefill_from: tuple[str, ...] = ()  # steps whose answers in a running pre-check are offered first

    def reachable(self) -> set[str]:
        """Every step that the declaration leads to from the first."""
        found: set[str] = set()
        ahead = [self.first]
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead.extend(self.steps[name].to)
        return found


def start(flow: Flow, session: Session, ctx: Context) -> TurnResult:
    """A new talk; an older one of the same flow is forgotten, and its buttons with it."""
    state = _fresh(flow, session, ctx)
    return TurnResult(session.activate(state), (flow.ask(state, ctx, PromptOptions()),))


def _fresh(flow: Flow, session: Session, ctx: Context) -> FlowState:
    given = session.base_flow.answers if session.base_flow else {}
    known = {step: given[step] for step in flow.prefill_from if given.get(step) is not None}
    return FlowState(
        flow=flow.name,
        conversation_id=ctx.new_conversation_id,
        step=flow.first,
        ephemeral=flow.ephemeral,
        prefill=known,
    )


def ask_again(flow: Flow, session: Session, ctx: Context, prompt: PromptOptions | None = None) -> TurnResult:
    """The pending question of this flow's talk, which comes on top."""
    state = session.flows[flow.name]
    return TurnResult(session.activate(state), (flow.ask(state, ctx, prompt or PromptOptions()),))


def can_parse(flow: Flow, session: Session, text: str, ctx: Context) -> bool:
    """Whether typed words answer this flow's pending question as they stand."""
    state = session.flows[flow.name]
    return isinstance(flow.steps[state.step].parse_text(text, state, ctx), Accept)


def handle_text(flow: Flow, session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Typed words at the pending question; None where they are no answer to it."""
    state = session.flows[flow.name]
    pressed = _pressed(flow, state, text, ctx)
    if pressed:
        return handle_postback(flow, session, pressed, ctx)
    understood = flow.steps[state.step].parse_text(text, state, ctx)
    if understood is None:
        return None
    if isinstance(understood, GoTo):
        return ask_again(flow, session.activate(state.at(understood.step)), ctx)
    if isinstance(understood, Reprompt):
        return _ask_back(flow, session, state.at(state.step, options=understood.options), understood, ctx)
    return _take(flow, session, state.step, understood, ctx)


def _ask_back(flow: Flow, session: Session, state: FlowState, again: Reprompt, ctx: Context) -> TurnResult:
    return ask_again(flow, session.activate(state), ctx, PromptOptions(problem=again.problem))


def _pressed(flow: Flow, state: FlowState, text: str, ctx: Context) -> Tap | None:
    """The button of the pending question whose words were typed: typing them does what tapping does."""
    for button in flow.ask(state, ctx, PromptOptions()).tappable():
        if isinstance(button.action, Postback) and text.strip() == button.action.display:
            tap = decode(button.action.data)
            if tap and tap.conversation_id == state.conversation_id and tap.value != CANCEL:
                return tap
    return None


def handle_postback(flow: Flow, session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """A button of the running conversation, of the pending question or of an earlier one."""
    state = session.flows[flow.name]
    if tap.value == BACK:
        return back(flow, session, ctx)
    if tap.value == CHANGE and (tap.step in state.answers or tap.step == state.step):
        return ask_again(flow, session.activate(state.at(tap.step)), ctx)
    given = _given(flow, state, tap, ctx)
    if isinstance(given, Reprompt):
        return _ask_back(flow, session, state.at(tap.step, options=given.options), given, ctx)
    return _take(flow, session, tap.step, given, ctx) if given else ask_again(flow, session, ctx)


def _given(flow: Flow, state: FlowState, tap: Tap, ctx: Context) -> Accept | Reprompt | None:
    """What the tap answers; None where it answers nothing new and only shows where one is."""
    pending = tap.step == state.step
    if tap.step not in flow.steps or not (pending or tap.step in state.answers):
        return None  # a question that was never asked, or matters no more
    if tap.value == SAME:
        return Accept(state.answers[tap.step]) if tap.step in state.answers else None
    given = flow.steps[tap.step].parse_choice(tap.value, state if pending else state.at(tap.step), ctx)
    double = isinstance(given, Accept) and not pending and state.answers[tap.step] == given.value
    return None if double else given


def handle_stale_postback(flow: Flow, session: Session, tap: Tap, ctx: Context) -> TurnResult:
    """A button of a counter's question that is over: it works as on the first day, in a new talk."""
    if tap.step not in flow.steps or tap.value == BACK:
        return start(flow, session, ctx)
    return handle_postback(flow, session.activate(_fresh(flow, session, ctx).at(tap.step)), tap, ctx)


def back(flow: Flow, session: Session, ctx: Context) -> TurnResult:
    """The question before the pending one, its answer and the others kept."""
    state = session.flows[flow.name]
    asked = state.asked[: state.asked.index(state.step)] if state.step in state.asked else state.asked
    return ask_again(flow, session.activate(state.at(asked[-1] if asked else state.step)), ctx)


def postback_data(flow: str, step: str, value: str, state: FlowState) -> str:
    """Postback data of a button of this talk."""
    return encode(flow, step, value, state.conversation_id)


def _take(flow: Flow, session: Session, step: str, given: Accept, ctx: Context) -> TurnResult:
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
