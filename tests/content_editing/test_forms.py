"""Forms of units: what is typed comes back as it was, with limits of the models, and nothing else."""

import pytest

from bot.content.release import release_units
from bot.content.units import Value
from bot.content_editing.forms import FormError, fields, mistakes, read

FEE = "knowledge/fee:entries/plan_fee"


def typed(unit: str, value: Value) -> dict[str, str]:
    return {field.name: field.value.replace("\n", "\r\n") for field in fields(unit, value)}


def test_every_unit_of_the_release_goes_through_its_form_unchanged() -> None:
    """A unit that its form changes would be published changed by whoever only looked at it."""
    changed = [key for key, value in release_units().items() if read(key, typed(key, value), value) != value]
    assert changed == []


def test_few_units_need_yaml_in_their_form() -> None:
    asked = [key for key, value in release_units().items() if any(one.kind == "yaml" for one in fields(key, value))]
    assert len(asked) < len(release_units()) / 50, asked


def test_new_entry_has_all_fields_of_the_model_and_leaves_out_empty_ones() -> None:
    unit = "knowledge/fee:entries/made_up"
    shown = {field.name: field for field in fields(unit, None)}
    assert (shown["short"].limit, shown["text"].most, shown["ask"].least) == (20, 6, 5)
    found = read(unit, {"title": " 架空 ", "links": "見る ｜ https://x", "text": "a\n\n b \n"}, {"id": "made_up"})
    assert found == {
        "id": "made_up",
        "title": "架空",
        "text": ["a", "b"],
        "links": [{"label": "見る", "url": "https://x"}],
    }
    assert {field for field, _ in mistakes(unit, found)} >= {"short", "pages", "ask"}
    assert mistakes("ui:welcome/lead", "x") == []


def test_text_copied_from_a_slide_or_a_table_has_plain_line_breaks_and_blanks() -> None:
    given = "\ufeffスライドの\x0b改行、PDFの\u2028改行、\x85と\r\n表\tの区切り\x00。"
    assert read("ui:welcome/lead", {"": given}, "x") == "スライドの\n改行、PDFの\n改行、\nと\n表 の区切り。"
    found = read(FEE, {"title": "a\x0bb", "text": "1行\u20282行"}, {"id": "plan_fee"})
    assert isinstance(found, dict)
    assert (found["title"], found["text"]) == ("a b", ["1行", "2行"])


@pytest.mark.parametrize("text", ["a: &x [b]\nc: *x", "[" * 50, "a: 'b", "\x00", " "])
def test_yaml_that_is_broken_or_a_bomb_is_refused(text: str) -> None:
    was: Value = {"rows": [["a", "b"]]}
    assert [one.kind for one in fields("ui:x", was)] == ["yaml"]
    with pytest.raises(FormError):
        read("ui:x", {"rows": text}, was)
