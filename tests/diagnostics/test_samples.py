"""The samples are what the flows really answer, and the page of the stateless flows shows a picture of each."""

import re
from pathlib import Path

from bot.diagnostics.samples import STATELESS, samples
from bot.domain.eligibility import Verdict
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

DOCS = Path(__file__).parents[2] / "docs"
KINDS: dict[str, type[Reply]] = {
    "menu": Menu,
    "cards": Cards,
    "answer": AnswerView,
    "process": Process,
    "table": TableView,
    "costs": Costs,
    "check": Check,
    "question": Question,
    "review": Review,
    "verdict": VerdictView,
    "notice": Notice,
    "text": Text,
    "welcome": Welcome,
    "timeline": Timeline,
}


def test_each_play_ends_in_the_view_its_name_says() -> None:
    for name, view in samples().items():
        assert isinstance(view, KINDS[name.split("_")[0]]), name


def test_page_embeds_every_picture_and_each_exists() -> None:
    embedded = re.findall(r"\(\.\./pictures/(\w+)\.png\)", (DOCS / "reference/functions.md").read_text())
    assert sorted(embedded) == sorted(STATELESS)
    assert all((DOCS / "pictures" / f"{name}.png").is_file() for name in embedded)


def test_a_verdict_of_every_kind_is_among_the_samples() -> None:
    verdicts = {name: view.verdict for name, view in samples().items() if isinstance(view, VerdictView)}
    assert verdicts == {f"verdict_{verdict.value}": verdict.value for verdict in Verdict}
