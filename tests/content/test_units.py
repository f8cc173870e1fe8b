"""Changes over the files of the release: what they say in the next version, and nothing else."""

from collections.abc import Callable

import pytest

from bot.content.after import load_after
from bot.content.knowledge import load_knowledge
from bot.content.loader import ContentError
from bot.content.models import Entry
from bot.content.release import content_files, release_units, still_changes, units_with
from bot.content.service import load_service
from bot.content.talk import load_talk
from bot.content.units import Change, Value, changed_units, conflicts, units, with_changes
from bot.content.version import RELEASE, ContentVersion, current, once_a_version, using_version
from bot.sheet.texts import sheet_words

FEE = "knowledge/fee:entries/plan_fee"
LEAD = "ui:welcome/lead"


def entry(**changed: Value) -> dict[str, Value]:
    said = release_units()[FEE]
    assert isinstance(said, dict)
    return {**said, **changed}


def version(unit: str, value: Value) -> ContentVersion:
    return ContentVersion(1, {unit: Change(value, release_units().get(unit))})


def fee(knowledge_of: ContentVersion) -> Entry:
    with using_version(knowledge_of):
        return load_knowledge().by_id["plan_fee"]


def test_every_file_is_the_sum_of_its_units() -> None:
    """A unit that no key reaches could never be mended."""
    assert units_with({}) == release_units()
    assert len({key.partition(":")[0] for key in release_units()}) == len(content_files())
    assert all(key.count(":") == 1 for key in release_units())


def test_changed_entry_speaks_in_its_version_only() -> None:
    assert fee(version(FEE, entry(text=["架空の文です。"]))).text == ("架空の文です。",)
    assert fee(RELEASE).text != ("架空の文です。",)


def test_cached_sentences_are_those_of_the_version() -> None:
    title = sheet_words().own.gone.title
    with using_version(version("sheet:gone/title", "架空の題")):
        assert sheet_words().own.gone.title == "架空の題"
    assert sheet_words().own.gone.title == title


def test_new_edition_stands_under_every_answer_after_one_change() -> None:
    with using_version(version("source:edition", "架空の版")):
        knowledge = load_knowledge()
        assert all("架空の版" in knowledge.cite(one) for one in knowledge.entries)
        assert "架空の版" in sheet_words().source.edition


def test_changed_unit_may_name_the_source_as_files_do() -> None:
    found = fee(version(FEE, entry(text=["<<title>> <<edition>>のとおりです。"])))
    assert found.text == (f"{load_knowledge().source.title} {load_knowledge().edition}のとおりです。",)


def test_entry_is_added_and_removed() -> None:
    added = entry(id="made_up", title="架空の題", short="架空")
    with using_version(version("knowledge/fee:entries/made_up", added)):
        assert load_knowledge().by_id["made_up"].title == "架空の題"
    with using_version(version("knowledge/fee:entries/extra_fee", None)), pytest.raises(ContentError):
        load_knowledge()  # other entries name it


@pytest.mark.parametrize("wrong", [entry(text=[]), entry(pages=["99"]), entry(unknown="x"), "text", ["a"]])
def test_mistake_in_a_change_is_named_like_one_in_a_file(wrong: Value) -> None:
    with pytest.raises(ContentError), using_version(version(FEE, wrong)):
        load_knowledge()


def test_sentence_that_a_release_no_longer_has_is_left_out() -> None:
    """Else the whole work of the desk would be lost with one key."""
    tree: Value = {"welcome": {"lead": "いま"}}
    gone = {"ui:welcome/gone": Change("窓口の文", "前の文"), "ui:other/lead": Change("窓口の文", "前の文")}
    assert with_changes("ui", tree, gone) == tree
    assert with_changes("ui", tree, {"ui:welcome/new": Change("窓口の文", None)}) == {
        "welcome": {"lead": "いま", "new": "窓口の文"}
    }


def test_unit_that_both_have_changed_is_a_conflict_and_the_desk_speaks() -> None:
    changes = {"ui:a": Change("窓口", "前"), "ui:b": Change("窓口", "前"), "ui:c": Change("同じ", "前")}
    release: dict[str, Value] = {"ui:a": "新しい", "ui:b": "前", "ui:c": "同じ"}
    assert set(conflicts(changes, release)) == {"ui:a"}
    assert with_changes("ui", {"a": "新しい"}, changes)["a"] == "窓口"  # type: ignore[call-overload,index]


def test_change_back_to_the_release_is_no_change() -> None:
    said = release_units()[LEAD]
    assert still_changes({LEAD: Change(said, "前の文"), FEE: Change("x", None)}).keys() == {FEE}


def test_rows_without_a_name_are_one_unit() -> None:
    assert set(units("f", {"rows": [{"label": "a"}, {"label": "b"}], "named": [{"id": "x"}, {"id": "y"}]})) == {
        "f:rows",
        "f:named/x",
        "f:named/y",
    }
    assert set(units("f", {"twice": [{"id": "x"}, {"id": "x"}]})) == {"f:twice"}


def test_what_differs_includes_what_is_gone() -> None:
    assert changed_units({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == {
        "a": Change(None, "1"),
        "b": Change("3", "2"),
        "c": Change("4", None),
    }


def test_each_version_is_read_once() -> None:
    read = []

    @once_a_version
    def load() -> int:
        read.append(current().number)
        return len(read)

    one, two = ContentVersion(1), ContentVersion(2)
    for chosen in (one, two, one):
        with using_version(chosen):
            load()
    assert read == [1, 2]


LOADERS: dict[str, tuple[str, Callable[[], object]]] = {
    "talk:english": ("title", lambda: load_talk(load_knowledge())),
    "talk:still/text": ("edition", lambda: load_talk(load_knowledge())),
    "service:closed_until": ("until", lambda: load_service(load_knowledge())),
    "after:known": ("plan", load_after),
    "after:refused/earlier": ("recheck", load_after),
    "after:process/review": ("review", load_after),
    "sheet:valid": ("day", sheet_words),
}


@pytest.mark.parametrize("wrong", ["{name:>999999999}", "{name.__class__}", "{name[0]}", "{name!r}", "{nobody}", "{"])
@pytest.mark.parametrize("unit", LOADERS)
def test_only_a_known_name_may_be_in_braces(unit: str, wrong: str) -> None:
    """Else one published sentence fills the memory of every worker, or fails each turn that says it."""
    name, load = LOADERS[unit]
    load()
    with using_version(version(unit, wrong.replace("name", name))), pytest.raises(ContentError):
        load()
