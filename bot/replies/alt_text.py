"""The alternative text of a bubble: a few lines for notifications, the chat list and screen readers."""

from collections.abc import Iterable

from bot.replies.views import (
    AnswerView,
    Cards,
    Check,
    Costs,
    Menu,
    Notice,
    Process,
    Question,
    Reply,
    Review,
    TableView,
    Text,
    Timeline,
    VerdictView,
    Welcome,
)
from bot.text import measure

# LINE takes 1,500; a notification shows the first lines, and older clients were given 400.
ALT_UNITS = 400


def alt_text(view: Reply) -> str:
    """The alternative text: the title first, then what matters most; never empty."""
    lines = (" ".join(measure.clean(line).split()) for line in _lines(view))
    return measure.cut_units("\n".join(filter(None, lines)), ALT_UNITS) or measure.ELLIPSIS


def _lines(view: Reply) -> Iterable[str]:  # noqa: C901, PLR0911, PLR0912 - one line a kind of view
    match view:
        case Text():
            return (view.text,)
        case Notice():
            return (view.title, view.text)
        case Welcome():
            return (view.title, view.lead, *view.points)
        case Menu():
            return (view.title, view.lead, _list(item.label for item in view.items))
        case Question():
            return (_stand(view), view.problem, view.title, _list(choice.label for choice in view.choices))
        case Review():
            return (view.title, *(f"{row.label}：{row.value}" for row in view.rows))
        case VerdictView():
            steps = (f"{number}. {step.title or step.text}" for number, step in enumerate(view.steps, start=1))
            return (view.headline, view.lead, *view.warnings, *steps)
        case AnswerView():
            return (view.title, *view.paragraphs)
        case TableView():
            return (view.title, *(_cells(view.columns, row) for row in view.rows))
        case Costs():
            return (view.title, view.result, *(f"{row.plan}：{row.cost}" for row in view.rows))
        case Check():
            return (f"{view.subject}：{view.headline}", *view.reasons, view.caution)
        case Timeline():
            return (view.title, *(f"{point.when}：{point.what}" for point in view.points))
        case Process():
            return (view.title, _list(f"{at}. {step.title}" for at, step in enumerate(view.steps, start=1)))
        case Cards():
            return (view.title, _list(card.title for card in view.cards))


def _stand(view: Question) -> str:
    if view.progress is None:
        return view.heading
    return f"{view.heading} {view.progress.at}/{view.progress.of}"


def _cells(columns: tuple[str, ...], row: tuple[str, tuple[str, ...]]) -> str:
    label, cells = row
    pairs = zip(columns, cells, strict=False)
    return f"{label}：{_list(f'{column} {cell}' for column, cell in pairs)}"


def _list(words: Iterable[str]) -> str:
    return "、".join(filter(None, words))
