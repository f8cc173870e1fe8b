"""The pictures of the counters show what is really answered, and the page embeds each."""

import re
from pathlib import Path

from bot.replies.views import AnswerView, Cards, Check, Costs, Menu, Process, Question, Reply, TableView, Timeline
from scripts.counter_views import PLAYS, counter_views

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
    "timeline": Timeline,
}


def test_each_play_ends_in_the_view_its_name_says() -> None:
    for name, view in counter_views().items():
        assert isinstance(view, KINDS[name.split("_")[0]]), name


def test_page_embeds_every_picture_and_each_exists() -> None:
    embedded = re.findall(r"\(\.\./pictures/(\w+)\.png\)", (DOCS / "reference" / "functions.md").read_text())
    assert sorted(embedded) == sorted(PLAYS)
    assert all((DOCS / "pictures" / f"{name}.png").is_file() for name in embedded)
