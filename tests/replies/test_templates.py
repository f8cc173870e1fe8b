import re
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError

from bot.diagnostics.samples import samples
from bot.replies.actions import Button, Open, Say
from bot.replies.render import render, template_of
from bot.replies.templates import SUFFIX, names, prepare, source, template
from bot.replies.views import Notice, Progress, Question, Reply, Text, VerdictView, View
from bot.runtime.paths import templates_dir

DRAWN: list[type[View]] = [view for view in get_args(Reply) if view is not Text]


def test_each_view_has_exactly_one_template() -> None:
    assert sorted(map(template_of, DRAWN)) == list(names())


def test_every_view_but_plain_text_is_among_the_samples() -> None:
    assert {type(view) for view in samples().values()} == set(get_args(Reply))


@pytest.mark.parametrize("view", DRAWN, ids=template_of)
def test_a_template_shows_every_field_of_its_view_and_names_no_other(view: type[View]) -> None:
    named = set(re.findall(r"\bview\.(\w+)", source(template_of(view))))
    # Quick replies hang below the message, not in the bubble.
    assert named == {field.name for field in fields(view)} - {"quick"}


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        template("notice", 1.0).render(view=object())


def test_nothing_is_written_into_the_json_unquoted() -> None:
    # Numbers the template counts itself, and words and colours the template chooses, need no quotes.
    harmless = r'(before \+ )?loop\.(index|length)|counted|view\.progress\.(at|of)|".*|ink|result|\d if wide else \d'
    for name in names():
        for written in re.findall(r"\{\{ (.*?) \}\}", source(name)):
            filtered = re.search(r"\| (text\(\d+\)|action|percent)$", written)
            assert filtered or re.fullmatch(harmless, written), f"{name}: {written}"


def test_templates_are_compiled_once() -> None:
    prepare()
    assert all(template(name, 1.0) is template(name, 1.0) for name in names())


def test_the_parts_leave_nothing_to_fill_in() -> None:
    assert not [name for name in names() if re.search(r"<<|<%|<#|\$[a-z]", source(name))]


def test_the_folder_holds_templates_only() -> None:
    assert all(path.name.endswith(SUFFIX) for path in templates_dir("flex").iterdir())


def test_an_unknown_kind_of_template_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        templates_dir("nowhere")


def _texts(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [text for item in part for text in _texts(item)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("type") in {"text", "button"} else []
    return own + [text for value in part.values() for text in _texts(value)]


@pytest.mark.parametrize("name", sorted(samples()))
def test_every_text_follows_the_font_size_of_the_phone(name: str) -> None:
    for text in _texts(render(samples()[name]).get("contents", {})):
        sign = text["type"] == "text" and len(text["text"]) <= 2 and text.get("align") == "center"
        assert text.get("scaling") is True or sign, text


@pytest.mark.parametrize("name", sorted(samples()))
def test_at_most_one_button_of_a_bubble_stands_out(name: str) -> None:
    contents = render(samples()[name]).get("contents", {})
    for bubble in contents.get("contents", [contents]):
        primary = [text for text in _texts(bubble) if text.get("style") == "primary"]
        assert len(primary) <= 1


def test_a_long_label_becomes_a_box_that_wraps() -> None:
    notice = Notice(title="a", text="b", buttons=(Button("とても長い名前のボタンを押すと次へ進みます", Say("次")),))
    shown = render(notice)["contents"]["footer"]["contents"][0]["contents"][0]
    assert shown["type"] == "box"
    assert shown["action"]["text"] == "次"
    assert shown["contents"][0]["wrap"] is True


def test_marks_say_by_sign_what_colour_repeats() -> None:
    verdict = samples()["verdict_action_needed"]
    assert isinstance(verdict, VerdictView)
    conditions = render(verdict)["contents"]["contents"][1]["body"]["contents"]
    signs = [text["text"] for text in _texts(conditions) if text.get("align") == "center"]
    assert signs == ["○", "×", "×", "？", "○"]


def test_a_step_that_cannot_be_undone_says_so() -> None:
    verdict = samples()["verdict_ready"]
    assert isinstance(verdict, VerdictView)
    steps = str(render(verdict)["contents"]["contents"][2])
    assert steps.count(verdict.irreversible_label) == 1
    calm = replace(verdict, steps=tuple(replace(step, irreversible=False) for step in verdict.steps))
    assert verdict.irreversible_label not in str(render(calm)["contents"]["contents"][2:])


def test_a_step_names_its_page_and_leads_to_where_it_is_done() -> None:
    verdict = samples()["verdict_ready"]
    assert isinstance(verdict, VerdictView)
    link = Button("申込フォーム", Open("https://linegov.com/application/plan-form.php", external=True))
    view = replace(verdict, steps=(replace(verdict.steps[0], source="資料 15ページ", link=link),))
    steps = render(view)["contents"]["contents"][2]
    assert "資料 15ページ" in str(steps)
    assert "plan-form.php?openExternalBrowser=1" in str(steps)


def test_the_hand_off_stands_on_the_first_bubble() -> None:
    bubbles = render(samples()["verdict_ready"])["contents"]["contents"]
    assert "application/plan-form.php" in str(bubbles[0]["footer"])
    assert all("footer" not in bubble for bubble in bubbles[1:])


@pytest.mark.parametrize(("at", "of", "width"), [(1, 8, "12%"), (4, 8, "50%"), (8, 8, "100%"), (1, 90, "4%")])
def test_the_bar_is_filled_as_far_as_the_question_stands(at: int, of: int, width: str) -> None:
    question = samples()["question"]
    assert isinstance(question, Question)
    header = render(replace(question, progress=Progress(at=at, of=of)))["contents"]["header"]
    assert header["contents"][1]["contents"][0]["width"] == width
    assert header["contents"][0]["contents"][1]["text"] == f"{at}/{of}"
    without = render(replace(question, progress=None))["contents"]["header"]
    assert len(without["contents"]) == 1


@pytest.mark.parametrize(
    ("count", "bubbles"), [(1, [1]), (4, [4]), (5, [3, 2]), (8, [4, 4]), (13, [4, 4, 4, 1]), (20, [4] * 4)]
)
def test_many_steps_take_several_bubbles_and_are_counted_through(count: int, bubbles: list[int]) -> None:
    verdict = samples()["verdict_ready"]
    assert isinstance(verdict, VerdictView)
    view = replace(verdict, steps=verdict.steps[:1] * count, conditions=(), timeline=(), warnings=())
    drawn = render(view)["contents"]["contents"][1:]
    numbers = [[text["text"] for text in _texts(bubble) if text.get("align") == "center"] for bubble in drawn]
    assert [len(each) for each in numbers] == bubbles
    assert [number for each in numbers for number in each] == [str(at) for at in range(1, sum(bubbles) + 1)]


def test_cautions_stand_with_the_dates_or_else_with_the_last_steps() -> None:
    dated, undated = samples()["verdict_ready"], samples()["verdict_action_needed"]
    for verdict in (dated, undated):
        assert isinstance(verdict, VerdictView)
        bubbles = render(verdict)["contents"]["contents"]
        assert [verdict.warnings[0] in str(bubble["body"]) for bubble in bubbles] == [False] * (len(bubbles) - 1) + [
            True
        ]
    assert isinstance(undated, VerdictView)
    alone = render(replace(undated, steps=()))["contents"]["contents"][-1]
    assert undated.warnings_title in str(alone)
