import pytest

from bot.replies.action_objects import UnsendableActionError, action_object, label_of, quick_reply
from bot.replies.actions import Action, Button, Copy, Open, PickDate, Postback, Say
from tests.line_emulator.strictly import check_flex


@pytest.mark.parametrize(
    ("action", "made"),
    [
        (Postback("flow=a", "はい"), {"type": "postback", "data": "flow=a", "displayText": "はい"}),
        (Postback("flow=a"), {"type": "postback", "data": "flow=a"}),
        (Say("料金"), {"type": "message", "text": "料金"}),
        (Copy("横浜市"), {"type": "clipboard", "clipboardText": "横浜市"}),
        (Open("https://a.jp/x"), {"type": "uri", "uri": "https://a.jp/x"}),
        (Open("https://a.jp", external=True), {"type": "uri", "uri": "https://a.jp?openExternalBrowser=1"}),
        (
            Open("https://a.jp/x?b=1#c", external=True),
            {"type": "uri", "uri": "https://a.jp/x?b=1&openExternalBrowser=1#c"},
        ),
        (Open("tel:0312345678", external=True), {"type": "uri", "uri": "tel:0312345678"}),
        (
            Open("https://a.jp/申請"),
            {"type": "uri", "uri": "https://a.jp/%E7%94%B3%E8%AB%8B"},
        ),
        (
            PickDate("flow=a", "2026-11-24", "2026-11-24", "2027-11-24"),
            {
                "type": "datetimepicker",
                "data": "flow=a",
                "mode": "date",
                "initial": "2026-11-24",
                "min": "2026-11-24",
                "max": "2027-11-24",
            },
        ),
    ],
)
def test_each_action_becomes_the_object_of_line(action: Action, made: dict[str, str]) -> None:
    button = action_object(action, label="押す")
    assert button == {**made, "label": "押す"}
    assert check_flex(_bubble(button)) == []


@pytest.mark.parametrize(
    "action",
    [
        Postback("x" * 301),
        Postback(""),
        Say("窓" * 301),
        Say(""),
        Copy("窓" * 1_001),
        Copy(""),
        Open("javascript:alert(1)"),
        Open("ftp://a.jp"),
        Open("a.jp"),
        Open("https://a.jp/" + "x" * 10_000),
        PickDate("flow=a", "2026-11-23", "2026-11-24", "2027-11-24"),
        PickDate("flow=a", "2026-11-24", "2026-11-24", "2026-11-24"),
    ],
)
def test_what_would_do_something_else_once_cut_is_refused(action: Action) -> None:
    with pytest.raises(UnsendableActionError):
        action_object(action, label="押す")


def test_the_displayed_text_is_cut_and_never_empty() -> None:
    assert len(action_object(Postback("x", "窓" * 400), label="a")["displayText"]) == 300
    assert len(action_object(Postback("x", "窓" * 400), label="a", shown=60)["displayText"]) == 60
    assert "displayText" not in action_object(Postback("x", " \n"), label="a")


@pytest.mark.parametrize(
    ("label", "shown"),
    [("はい", "はい"), ("窓" * 25, "窓" * 19 + "…"), ("", "…"), ("二\n行", "二 行"), ("\u0000", "…")],
)
def test_a_label_is_one_line_of_at_most_its_length(label: str, shown: str) -> None:
    assert label_of(label, 20) == shown


def test_a_quick_reply_has_a_label_of_at_most_20() -> None:
    item = quick_reply(Button("窓" * 45, Say("料金")))
    assert item["type"] == "action"
    assert item["action"] == {"type": "message", "label": "窓" * 19 + "…", "text": "料金"}


def _bubble(action: dict[str, str]) -> dict[str, object]:
    button = {"type": "button", "action": action}
    return {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [button]}}
