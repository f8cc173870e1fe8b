"""The largest font size at which the sheet fits on one page of A4, estimated from the number of lines.

Japanese characters are as wide as they are high in every font, so the estimate holds for any font;
tests measure it in a browser.
"""

import math

from bot.content.precheck_explanation import StepLine
from bot.sheet.view import SheetView
from bot.text.measure import columns

PAPER_MM = 277 - 12  # between the margins, and a reserve for other fonts and lines that break early
WIDTH_MM = 186
SIZES = {
    "size-1": 10.0,
    "size-2": 9.5,
    "size-3": 9.0,
    "size-4": 8.5,
    "size-5": 8.0,
    "size-6": 7.5,
    "size-7": 7.0,
}  # points
MM = 0.3528  # a point
LINE = 1.4  # em, as in the style sheet
FRAME, FORM, FIXED_MM = 32.0, 5.0, 14  # what is always there: in em, with the form in em, in millimetres
PAGE = "　（15頁）"  # behind a sentence
BOX_MM, REASON_MM = 7, 115  # the check box beside a step, and the column of reasons


def size_class(view: SheetView) -> str:
    """The class of the largest size that fits."""
    return next((name for name, points in SIZES.items() if height(view, points) <= PAPER_MM), "size-7")


def height(view: SheetView, points: float) -> float:
    """About how many millimetres the sheet takes at that size."""
    em = points * MM
    sentences = _sentences(view, em) + 0.24 * len(view.steps) + 0.32 * len(view.conditions)
    timeline = 3.8 if view.timeline else 0
    return (
        em * (FRAME + (FORM if view.form else 0) + sentences + timeline + _fact_rows(view) * (LINE + 0.28)) + FIXED_MM
    )


def _sentences(view: SheetView, em: float) -> float:
    """The height, in em, of all that is set in lines."""
    beside_box = WIDTH_MM - BOX_MM
    texts = [(f"1. 　{step.title}{step.text}{PAGE}{_final(view, step)}", beside_box) for step in view.steps]
    texts += [(f"{label}：{address}", WIDTH_MM) for label, address in view.addresses]
    texts += [(f"※{text}{PAGE}", WIDTH_MM) for text, _ in view.cautions]
    texts += [(row.reason, REASON_MM) for row in view.conditions]
    heading = 2.1 if view.cautions else 0
    return heading + LINE * sum(_lines(text, em, width) for text, width in (*texts, (view.schedule, WIDTH_MM)))


def _final(view: SheetView, step: StepLine) -> str:
    return f"　　{view.text.cannot_undo}{step.cannot_undo}" if step.cannot_undo else ""


def _lines(text: str, em: float, width: float) -> int:
    """Return the number of lines of a text. Some width is lost, because no line begins with 。 or ends with 「."""
    return math.ceil(columns(text) * em / 2 / (width * 0.96))


def _fact_rows(view: SheetView) -> int:
    wide = sum(fact.wide for fact in view.facts)
    return wide + math.ceil((len(view.facts) - wide) / 2) + bool(view.form)
