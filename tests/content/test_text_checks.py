"""A slip of whoever edits the sentences is named with file and line before anybody talks to the bot."""

import shutil
from pathlib import Path

import pytest

from bot.content import texts
from bot.content.knowledge import JA
from bot.content.loader import ContentError, load_yaml
from bot.content.partner_needs import PartnerTexts
from bot.diagnostics.content import content_checks
from bot.flows.resources import conversation_texts


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = tmp_path / "ja"
    shutil.copytree(JA, copied)
    monkeypatch.setattr(texts, "JA", copied)
    return copied


def slip(path: Path, right: str, wrong: str) -> int:
    """Writes it; the line it is in."""
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1, right
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    return text[: text.index(right)].count("\n") + 1


SLIPS = [
    ("ui.yaml", '"{count}件"', '"{conut}件"', "faq.count: nobody fills in {conut}"),
    ("ui.yaml", '"{count}件"', '"{count件"', "faq.count: braces do not match"),
    ("ui.yaml", '"{count}件"', '"{count:>9}件"', "faq.count: nobody fills in {count}"),
    (
        "ui.yaml",
        "lead: 分野をお選びください。",
        "lead: 分野を{count}件からお選びください。",
        "faq.lead: nobody fills in {count}",
    ),
    ("precheck.yaml", "name_ng: 「{text}」", "name_ng: 「{txt}」", "problems.name_ng: nobody fills in {txt}"),
    ("precheck.yaml", "checked: 確認日：{day}", "checked: 確認日：{}", "text_version.checked: nobody fills in {}"),
    (
        "precheck.yaml",
        "other_account: 別の",
        "other_acount: 別の",
        "questions.plan_in_use.choices: other_acount is no choice",
    ),
    ("precheck.yaml", "confirm: この", "confrim: この", "questions.review.choices: confrim is no choice"),
    ("precheck.yaml", "  has_account:\n    label", "  had_account:\n    label", "questions: has_account is missing"),
    (
        "precheck.yaml",
        "    verified: 認証済アカウントには青色のバッジが付きます（6ページ）。下",
        "    verifed: 下",
        "conversation.again: verified is missing",
    ),
    (
        "precheck.yaml",
        "    verified: 認証済アカウントには青色のバッジが付きます（6ページ）。\n",
        "",
        "conversation.find_out: verified is missing",
    ),
    ("name_check.yaml", "{names}", "{name}", "homonyms: nobody fills in {name}"),
    ("words.yaml", "back: [戻る,", "back: [ﾒﾆｭｰ, 戻る,", "always.back: ﾒﾆｭｰ stands for always.menu already"),
    (
        "words.yaml",
        "faq: [よくある質問,",
        "faq: [へるぷ, よくある質問,",
        "functions.faq: へるぷ stands for always.help already",
    ),
]


@pytest.mark.parametrize(("name", "right", "wrong", "problem"), SLIPS)
def test_slip_is_named_with_file_and_line(folder: Path, name: str, right: str, wrong: str, problem: str) -> None:
    line = slip(folder / name, right, wrong)
    with pytest.raises(ContentError) as caught:
        conversation_texts()
    assert caught.value.problem == problem
    assert caught.value.path.name == name
    if "is missing" not in problem:
        assert caught.value.line == line


def test_text_that_is_filled_in_must_be_there(folder: Path) -> None:
    slip(folder / "precheck.yaml", "  body_several: ", "  body_sevral: ")
    with pytest.raises(ContentError, match=r"^precheck\.yaml:\d+: .*body_sev"):
        conversation_texts()


def test_choice_without_words_is_named(folder: Path) -> None:
    slip(folder / "precheck.yaml", "agency: 代理店・委託業者, ", "")
    with pytest.raises(ContentError, match=r"questions\.applicant\.choices: agency is missing"):
        conversation_texts()


def test_content_check_shows_a_slip(folder: Path) -> None:
    slip(folder / "ui.yaml", '"{count}件"', '"{conut}件"')
    problems = {checked.problem for checked in content_checks() if checked.problem}
    assert problems == {
        "ui.yaml:" + str(line_of(folder / "ui.yaml", "{conut}")) + ": faq.count: nobody fills in {conut}"
    }


def line_of(path: Path, text: str) -> int:
    return path.read_text(encoding="utf-8").split(text)[0].count("\n") + 1


def test_file_that_is_not_utf8_is_said_to_be_so(folder: Path) -> None:
    path = folder / "words.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", "ignore"))
    with pytest.raises(ContentError, match=r"^words\.yaml:1: not UTF-8"):
        conversation_texts()


@pytest.mark.parametrize("name", ["count", "found", "reason"])
def test_partners_with_a_blank_that_nobody_fills_in_are_refused(name: str) -> None:
    right = load_yaml(JA / "partner_needs.yaml", PartnerTexts).model_dump()
    with pytest.raises(ValueError, match=r"nobody fills in \{neeed\}"):
        PartnerTexts.model_validate({**right, name: "{neeed}"})
