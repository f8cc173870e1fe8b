"""One typed view for each Flex template: what the bubble says, with every sentence already chosen."""

from dataclasses import dataclass
from typing import Literal

from bot.replies.actions import Action, Button

Mark = Literal["pass", "fail", "unclear"]
Tone = Literal["info", "success", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Every view may end in quick replies; they vanish, so they repeat what buttons or words also do."""

    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(View):
    """A plain text message of at most 5,000 UTF-16 units; longer ones are cut at a grapheme.

    `quote`: LINE's token of the message that it quotes.
    """

    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(View):
    """A short word of its own: a stale button, a sticker, nothing found, a resume offer."""

    title: str
    text: str
    tone: Tone = "info"
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(View):
    """The greeting: who this is and what it can do."""

    title: str
    lead: str
    points: tuple[str, ...]
    note: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A row that can be tapped anywhere."""

    label: str
    note: str
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(View):
    """A list to choose from: the text menu, the categories, the questions of a category."""

    title: str
    lead: str
    items: tuple[MenuItem, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Question `at` of `of`, from 1."""

    at: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(View):
    """A question; `problem` explains why it is asked again, `note` acknowledges the last answer."""

    heading: str
    progress: Progress | None
    title: str
    why: str
    source: str
    choices: tuple[Button, ...]
    hint: str = ""
    problem: str = ""
    note: str = ""
    moves: tuple[Button, ...] = ()

    def tappable(self) -> tuple[Button, ...]:
        """All that can be tapped on it."""
        return self.choices + self.moves


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """An answer as given, with the button that goes back to its question."""

    label: str
    value: str
    change: Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(View):
    """All answers before the verdict."""

    heading: str
    title: str
    lead: str
    rows: tuple[ReviewRow, ...]
    confirm: Button
    moves: tuple[Button, ...] = ()

    def tappable(self) -> tuple[Button, ...]:
        """All that can be tapped on it."""
        return (*(row.change for row in self.rows), self.confirm, *self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One of the five conditions of page 6, with the outcome and its reason."""

    name: str
    mark: Mark
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePoint:
    """A date or a range, ready to read, and what happens then."""

    when: str
    what: str
    emphasised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A next step; `irreversible` marks one that cannot be undone, `final` explains why, `link` leads to the page."""

    text: str
    irreversible: bool = False
    title: str = ""
    final: str = ""
    source: str = ""
    link: Button | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView(View):
    """The end of the pre-check: verdict, conditions, dates, next steps in order, hand-off."""

    verdict: Literal["ready", "action_needed", "not_eligible", "already_applied", "unclear"]
    headline: str
    lead: str
    conditions: tuple[ConditionRow, ...]
    warnings: tuple[str, ...]
    steps: tuple[NextStep, ...]
    timeline: tuple[TimelinePoint, ...]
    timeline_note: str
    buttons: tuple[Button, ...]
    disclaimer: str
    source: str
    heading: str
    steps_title: str
    conditions_title: str
    timeline_title: str
    warnings_title: str
    irreversible_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView(View):
    """One entry of the knowledge: facts, links, page, "did it help?", related entries."""

    title: str
    paragraphs: tuple[str, ...]
    source: str
    buttons: tuple[Button, ...] = ()
    feedback: tuple[Button, ...] = ()
    related_title: str = ""
    related: tuple[Button, ...] = ()
    moves: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView(View):
    """The plans side by side; every row has one cell a column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    emphasised: int | None
    notes: tuple[str, ...]
    source: str
    buttons: tuple[Button, ...] = ()

    def tappable(self) -> tuple[Button, ...]:
        """All that can be tapped on it."""
        return self.buttons


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """A plan and what it costs, ready to read."""

    plan: str
    cost: str
    note: str = ""
    emphasised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs(View):
    """The cost of a number of messages a month on each plan."""

    title: str
    lead: str
    rows: tuple[CostRow, ...]
    result: str
    notes: tuple[str, ...]
    source: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A name or ID that would be accepted, with the button that copies it."""

    text: str
    note: str
    button: Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(View):
    """The result of a checker (account name, premium ID): verdict, why, what would be accepted."""

    heading: str
    subject: str
    mark: Mark
    headline: str
    reasons: tuple[str, ...]
    suggestions_title: str
    suggestions: tuple[Suggestion, ...]
    caution: str
    source: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(View):
    """Dates in order: today, application, review, start of use."""

    title: str
    lead: str
    points: tuple[TimelinePoint, ...]
    note: str
    source: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStep:
    """One step of the way to the start of use, whose it is, and where a "no" leads. `here`: the user is here."""

    who: Literal["body", "line"]
    title: str
    text: str
    otherwise: str = ""
    here: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(View):
    """The flow from an account to the start of use (page 7)."""

    title: str
    lead: str
    legend_body: str
    legend_line: str
    steps: tuple[ProcessStep, ...]
    source: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One bubble of a carousel: a partner or a contact; at most three buttons."""

    title: str
    tags: tuple[str, ...]
    text: str
    reason: str
    buttons: tuple[Button, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards(View):
    """A carousel of at most 12 cards; without a card the title is sent as text."""

    title: str
    cards: tuple[Card, ...]


Reply = (
    Text
    | Notice
    | Welcome
    | Menu
    | Question
    | Review
    | VerdictView
    | AnswerView
    | TableView
    | Costs
    | Check
    | Timeline
    | Process
    | Cards
)

Asking = Question | Review | TableView
