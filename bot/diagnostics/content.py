"""The check that the whole content can be loaded and rendered, part by part, for operators and for the build."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateError

from bot.content import cached
from bot.content.account_names import load_sentences
from bot.content.addresses import check_addresses
from bot.content.console_content_texts import console_content_texts
from bot.content.console_texts import console_texts
from bot.content.fact_kinds import fact_kinds
from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import ContentError
from bot.content.questions import FOLDER, JUDGED, load_questions
from bot.content.source_checks import check_source
from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok
from bot.diagnostics.samples import samples
from bot.errors import BotError
from bot.flows.resources import conversation_texts, load_resources
from bot.replies.render import render
from bot.replies.templates import prepare
from bot.rich_menus.definition import wanted_menus
from bot.runtime.paths import templates_dir
from bot.sheet.texts import sheet_words
from bot.understanding.conflicts import conflicts
from bot.understanding.lines import Line, all_lines
from bot.understanding.model_files import BUNDLED_MODEL, load
from bot.understanding.search import load_search


@dataclass(frozen=True)
class Checked:
    """One part of the content; `problem` is one line, with file and line number where it has them."""

    part: str
    problem: str | None = None


def content_checks() -> Iterator[Checked]:
    """Every part, whether or not another one failed."""
    for part, check in _CHECKS.items():
        try:
            check()
        except (BotError, TemplateError, ValueError) as error:
            yield Checked(part, str(error).splitlines()[0])
        else:
            yield Checked(part)


def content(context: CheckContext) -> Iterator[CheckResult]:
    del context
    wrong = [checked for checked in content_checks() if checked.problem]
    for checked in wrong:
        next_step = (
            "そのファイルと行を直してください（madoguchi content check）",
            "mend that file and line (madoguchi content check)",
        )
        japanese, _, english = checked.part.partition(" / ")
        place = re.match(r"[^\s:]+:\d+", checked.problem or "")
        where = f"（{place[0]}）" if place else ""
        yield failed(f"「{japanese}」に誤りがあります{where}", f"{english}: {checked.problem}", next_step=next_step)
    if not wrong:
        yield ok("回答・文章・テンプレートに誤りはありません", "answers, sentences and templates are without mistakes")


def _entries_answer_their_titles() -> None:
    search = load_search()
    for entry in search.knowledge.entries:
        hits = search.ask(entry.title).hits
        if not hits or hits[0].entry.id != entry.id:
            where, line = _place_of(f"- id: {entry.id}")
            raise ContentError(where, line, f"its own title does not lead to it: {entry.title}")


def _lines_take_nothing_from_others() -> None:
    knowledge = load_knowledge()
    lines = all_lines(knowledge, load_questions(knowledge.by_id), unique=False)
    for found in conflicts(lines, load(BUNDLED_MODEL)):
        path, number = _place(found.line)
        taken = f"{found.taken} lines, such as {found.example}" if found.taken > 1 else found.example
        raise ContentError(path, number, f"{found.line.text!r} takes questions from {found.other}: {taken}")


def _place(line: Line) -> tuple[Path, int]:
    """File and number of a line that the ranker learns."""
    if line.writer == JUDGED:
        return JA / f"{JUDGED}.yaml", 1
    if line.writer:
        return FOLDER / f"{line.writer}.tsv", line.number
    return _place_of(line.text)


def _place_of(text: str) -> tuple[Path, int]:
    """File and line of a text in the knowledge of the release; the folder for a text that is new."""
    for path in sorted(JA.glob("knowledge/*.yaml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if text in line:
                return path, number
    return JA / "knowledge", 1


def _pages() -> None:
    for path in sorted((templates_dir("flex").parent / "web").rglob("*.html")):
        Environment(autoescape=True).parse(path.read_text(encoding="utf-8"), filename=path.name)


def _templates() -> None:
    prepare()
    for view in samples().values():
        render(view)


_CHECKS: dict[str, Callable[[], object]] = {
    "回答と、リンクの行き先 / answers and where their links lead": load_knowledge,
    "すべてのリンクの行き先 / where all addresses lead": check_addresses,
    "版とページ / edition and pages": check_source,
    "検索のことばと案内先 / words of the search and desks": load_search,
    "回答は自分の題名で見つかる / answers are found by their titles": _entries_answer_their_titles,
    "質問の行 / labelled questions": _lines_take_nothing_from_others,
    "会話の文 / sentences of the conversation": conversation_texts,
    "申込前チェックの文 / sentences of the pre-check": cached.precheck_texts,
    "確認シートの文 / words of the sheet": sheet_words,
    "運用画面の文 / words of the console": console_texts,
    "内容の画面の文 / words of the pages about the content": console_content_texts,
    "事実の種類 / kinds of facts": fact_kinds,
    "アカウント名チェックの文 / sentences on account names": load_sentences,
    "料金の文 / sentences on fees": cached.fee_texts,
    "プレミアムIDの文 / sentences on premium IDs": cached.premium_id_texts,
    "入力の読み取り / words typed instead of tapped": cached.typed_words,
    "リッチメニュー / rich menus": wanted_menus,
    "つながり / how the parts fit": load_resources,
    "メッセージのテンプレート / templates of messages": _templates,
    "ページのテンプレート / templates of pages": _pages,
}
