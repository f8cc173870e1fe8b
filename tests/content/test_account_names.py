from pathlib import Path

import pytest

from bot.content.account_names import LONGEST_NAME, SENTENCES, load_sentences, name_message, read_sentences
from bot.content.loader import ContentError
from bot.domain.account_names import judge, judge_for
from bot.domain.name_verdict import AcceptedCase, NameProblem
from bot.governments import load


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SENTENCES.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "account_names.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_every_case_has_a_short_sentence() -> None:
    for case in (*AcceptedCase, *NameProblem):
        sentence = load_sentences().of(case)
        assert sentence.endswith("。")
        assert len(sentence) <= 90


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("  decoration:", "  decorations:", "decorations"),
        ("  bare_stem:", "  inner_space: 空白\n  bare_stem:", "inner_space"),
        ("「{best}」を", "「{besst}」を", "besst"),
        ("「{best}」を", "「{best」を", "account_names.yaml:"),
        ("\nng:", "\nno:", "ng: Field required"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(ContentError, match=named) as caught:
        read_sentences(changed(tmp_path, old, new))
    assert "\n" not in str(caught.value)


def test_the_sentences_of_the_file_are_the_ones_that_are_said(tmp_path: Path) -> None:
    sentences = read_sentences(changed(tmp_path, "団体名以外の語や記号が付いています。", "飾りは要りません。"))
    assert name_message(judge("横浜市公式", load()), sentences).startswith("飾りは要りません。")


def test_a_message_repeats_no_more_of_a_typed_text_than_a_reader_needs() -> None:
    long = "あ" * 200
    assert "あ" * LONGEST_NAME + "…" in name_message(judge_for("横浜市", load(), government=f"{long}広域連合"))


def test_every_government_is_named_as_the_registry_spells_it() -> None:
    register = load()
    verdicts = {body.full_name: judge(body.full_name, register) for body in register.governments}
    unique = {name: found for name, found in verdicts.items() if found.case is AcceptedCase.UNIQUE}
    assert len(unique) > 1_500
    assert [name for name, found in unique.items() if f"（{name}）" not in name_message(found)] == []
