"""What the checks find is said in Japanese: every sentence that they can raise, and those of the models."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.content.models import Entry
from bot.content.release import release_units
from bot.content_editing.problem_texts import in_japanese, says

ROOT = Path(__file__).parents[2] / "bot"
RAISING = (
    *sorted((ROOT / "content").glob("*.py")),
    ROOT / "diagnostics" / "content.py",
    ROOT / "replies" / "action_objects.py",
    ROOT / "rich_menus" / "definition.py",
    ROOT / "rich_menus" / "texts.py",
    ROOT / "understanding" / "desks.py",
)
ENTRY = {
    "id": "a1",
    "title": "題",
    "short": "題",
    "text": ["文"],
    "pages": ["4"],
    "ask": ["一", "二", "三", "四", "五"],
}


def raised() -> Iterator[str]:
    """Yield every text with which these modules raise an error, with a figure in place of each value."""
    for path in RAISING:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                text = sample(node.exc.args[-1])
                if text.strip("12: "):  # else it only hands on the words of another error
                    yield text


def sample(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(sample(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "'12'" if node.conversion == ord("r") else "12"
    if isinstance(node, ast.BinOp):
        return sample(node.left) + (sample(node.right) or "{12}")
    return ""


def test_every_problem_that_is_raised_has_a_sentence() -> None:
    texts = set(raised())
    assert len(texts) > 40
    assert sorted(text for text in texts if "まだありません" in says(text)) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"short": "二十文字をこえる名前はボタンに入りきらないのでだめです"}, "20文字までです"),
        ({"text": ["文"] * 7}, "6行までです（いま7行）。"),
        ({"ask": ["一"]}, "5行以上が必要です（いま1行）。"),
        ({"title": ""}, "1文字以上が必要です。"),
        ({"title": "長" * 301}, "300文字までです。"),
        ({"pages": ["四"]}, "数字を入れてください。"),
        ({"pages": ["0"]}, "1以上の数字を入れてください。"),
        ({"pages": None}, "この欄の書き方に合いません。"),
        ({"question": "はい"}, "true か false を入れてください。"),
        ({"links": [{"label": "開く", "url": "http://x"}]}, "https:// で始まるリンクを入れてください。"),
        ({"links": [{"label": "開く"}]}, "入力が必要です。"),
        ({"related": ["プレミアム"]}, "英小文字・数字・_ だけの名前を入れてください。"),
        ({"made_up": "x"}, "この欄は使えません。"),
    ],
)
def test_mistake_that_a_model_sees_has_a_sentence(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as found:
        Entry.model_validate({**ENTRY, **wrong})
    assert says(found.value.errors()[0]["msg"]).startswith(sentence)


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (
            "fee.yaml:12: entries.0.pages.0: the source has 17 pages: 99",
            "「地方公共団体プランの料金」の出典のページ: 出典は17ページまでです: 99",
        ),
        ("fee.yaml:12: entries.99.ask: Field required", "fee 聞き方: 入力が必要です。"),
        ("ui.yaml:3: welcome.lead: nobody fills in {name}", "ui lead: 使えないしるしがあります: {name}"),
        ("ui.yaml:3: : Value error, no text for lead", "ui: 文が足りません: lead"),
        ("knowledge:1: its own title does not lead to it: 題", "knowledge: 題名「題」で聞いても"),
        ("an error of another kind", "この誤りの説明はまだありません（an error of another kind）"),
    ],
)
def test_place_is_named_as_the_forms_name_it(problem: str, sentence: str) -> None:
    assert in_japanese(problem, release_units()).startswith(sentence)
