from pathlib import Path
from shutil import copytree

import pytest

from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import ContentError
from bot.content.search.desks import load_desks
from bot.content.search.features import Reader
from bot.content.search.vocabulary import load_vocabulary

READER = Reader(load_vocabulary())


@pytest.mark.parametrize("text", ["申込", "申し込み", "もうしこみ", "モウシコミ", "申請", "エントリー", "えんとりー"])
def test_words_that_mean_the_same_are_one_concept(text: str) -> None:
    assert READER.read(text).concepts == {"申込"}


def test_the_longest_form_wins() -> None:
    assert "認証" in READER.read("未認証").concepts
    assert READER.read("スタンプラリー").concepts == {"地域課題"}
    assert "スタンプ制作" in READER.read("スタンプ").concepts


def test_a_latin_word_and_a_number_count_only_whole() -> None:
    assert READER.read("video").concepts == frozenset()
    assert "ID" in READER.read("idを").concepts
    assert "超過" in READER.read("30000通").concepts
    assert READER.read("130000").concepts == frozenset()


def test_a_word_does_not_reach_from_hiragana_into_katakana() -> None:
    assert READER.read("画面がスタンダード").foreign == ()
    assert READER.read("ガス料金").foreign == ("resident",)


@pytest.mark.parametrize("text", ["プレミヤム", "プレアミム", "プレミアムム", "プレミム"])
def test_one_slip_in_a_longer_word_is_forgiven(text: str) -> None:
    assert "プレミアム" in READER.read(text).concepts


def test_an_ending_makes_one_name_of_the_words_before_it() -> None:
    assert READER.read("湯沢雄勝消防組合").letters == frozenset()
    assert READER.read("水道企業団").foreign == ()
    assert READER.read("水道 企業団").foreign == ("resident",)
    assert READER.read("湯沢雄勝").letters != frozenset()


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("vocabulary.yaml", "anchors: [", "anchors: [無い概念, ", r"vocabulary\.yaml:\d+: no such concept: 無い概念"),
        ("vocabulary.yaml", "silent:", "quiet:", r"vocabulary\.yaml:\d+: "),
        ("desks.yaml", "entry: plan_desk", "entry: plan_dest", r"desks\.yaml:\d+: no such entry: plan_dest"),
        ("desks.yaml", "kind: unknown", "kind: unknwon", r"desks\.yaml:\d+: the kind unknown is missing"),
    ],
)
def test_a_mistake_in_the_words_stops_the_start_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    folder = Path(copytree(JA, tmp_path / "ja"))
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=problem):
        _ = load_vocabulary(folder), load_desks(load_knowledge(), folder)


def test_every_kind_of_other_matter_has_a_desk() -> None:
    vocabulary = load_vocabulary()
    desks = load_desks(load_knowledge())
    kinds = {name for concepts in vocabulary.forms.values() for name in concepts if name.startswith("foreign:")}
    assert {kind.removeprefix("foreign:") for kind in kinds} | {"unknown"} == set(desks)
