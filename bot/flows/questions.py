"""Builds the view of a flow's question: title, reason, choices, and the buttons 戻る and やめる."""

from collections.abc import Mapping, Sequence

from bot.content.texts import MovesText, QuestionText
from bot.flows.buttons import say_button
from bot.flows.engine import BACK, CANCEL, PromptOptions, postback_data
from bot.flows.session import FlowState
from bot.replies.actions import Action, Button, Postback
from bot.replies.views import Progress, Question


def choice(state: FlowState, step: str, value: str, label: str, *, primary: bool = False) -> Button:
    """Return a button that answers. Tapping it shows its label as the user's message."""
    data = postback_data(state.flow, step, value, state)
    return Button(label, Postback(data, label), "primary" if primary else "secondary")


def choices(state: FlowState, text: QuestionText, *, special: Mapping[str, Action] | None = None) -> tuple[Button, ...]:
    """Return the declared choices in the order of the content. `special` replaces the action of some."""
    replaced = special or {}
    return tuple(
        Button(label, replaced[value]) if value in replaced else choice(state, state.step, value, label)
        for value, label in text.choices.items()
    )


def moves(state: FlowState, text: MovesText) -> tuple[Button, ...]:
    """Return 戻る, if there is an earlier question, and やめる. Both contain the present step."""
    found = [] if state.at_start else [choice(state, state.step, BACK, text.back)]
    return (*found, choice(state, state.step, CANCEL, text.cancel))


def quick(*labels: str) -> tuple[Button, ...]:
    """Return quick replies that type a command."""
    return tuple(say_button(label) for label in labels)


def question(
    *,
    heading: str,
    text: QuestionText,
    source: str,
    buttons: Sequence[Button],
    ways: Sequence[Button],
    prompt: PromptOptions,
    progress: Progress | None = None,
    last: Sequence[Button] = (),
) -> Question:
    """Return the view of a pending question."""
    return Question(
        heading=heading,
        progress=progress,
        title=text.title,
        why=text.why,
        source=source,
        choices=tuple(buttons),
        hint=text.hint,
        problem=prompt.problem,
        note=prompt.note,
        moves=tuple(ways),
        quick=tuple(last),
    )
