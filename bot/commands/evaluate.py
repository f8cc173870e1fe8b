"""`madoguchi eval`: how well questions with known answers are answered."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.commands.json_lines import BadInputError, write
from bot.commands.terminal import echo_escaped, report_errors
from bot.content.loader import ContentError
from bot.content.questions import Question
from bot.settings import encoder_choice
from bot.understanding.evaluation import (
    Asked,
    Measures,
    ask_all,
    calibration,
    interval,
    measure,
    measure_pairs,
    read_cases,
)
from bot.understanding.search import Search, load_search


@click.command("eval")
@click.argument("files", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1, required=True)
@click.option("--pairs", is_flag=True, help="直前の話題に左右されないかも測る / also ask after other questions.")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def command(files: tuple[Path, ...], *, pairs: bool, as_json: bool) -> None:
    """質問集(TSV)で検索の正しさを測ります / Measure the search on files of questions (label, tab, question)."""
    search = load_search(encoder_choice())
    for cases in [_cases(file, search) for file in files]:
        asked = ask_all(search, cases)
        if as_json:
            write(_as_json(search, cases, asked, pairs=pairs))
        else:
            echo_escaped("\n".join(_in_words(search, cases, asked, pairs=pairs)))


def _cases(file: Path, search: Search) -> tuple[Question, ...]:
    try:
        return read_cases(file, search.knowledge.by_id)
    except ContentError as error:
        raise BadInputError(str(error)) from None


def _as_json(search: Search, cases: Sequence[Question], asked: Sequence[Asked], *, pairs: bool) -> dict[str, object]:
    return {
        "file": cases[0].writer if cases else "",
        "encoder": search.ranker.encoder or None,
        **asdict(measure(asked)),
        "calibration": [asdict(one) for one in calibration(asked)],
        "misses": [_miss_as_json(one) for one in asked if one.missed],
        **({"pairs": asdict(measure_pairs(search, cases))} if pairs else {}),
    }


def _miss_as_json(one: Asked) -> dict[str, object]:
    return {
        "question": one.case.text,
        "expected": _label(one.case),
        "outcome": one.answered.outcome.value,
        "shown": list(one.shown),
    }


def _in_words(search: Search, cases: Sequence[Question], asked: Sequence[Asked], *, pairs: bool) -> Iterator[str]:
    yield f"== {cases[0].writer if cases else '-'}   encoder: {search.ranker.encoder or 'none'}"
    for one in asked:
        if one.missed:
            shown = ", ".join(one.shown) or "-"
            yield f"{_label(one.case)}\t{one.case.text}\t{one.answered.outcome.value}: {shown}"
    yield from _measures_in_words(measure(asked))
    yield "確率と実際 / probability said, right in fact:"
    for one_bin in calibration(asked):
        right = one_bin.right / one_bin.questions
        yield f"  {one_bin.low:.2f}-{one_bin.high:.2f}: {one_bin.expected:.1%} → {right:.1%} ({one_bin.questions})"
    if pairs:
        found = measure_pairs(search, cases)
        yield _share("直前の話題で答えを失う / lost after another question", found.lost, found.pairs)
        yield _share("直前の話題で答えが変わる / another answer after one", found.changed, found.pairs)
        yield _share("同じ質問で答えが変わる / changed when repeated", found.repeated_changed, found.repeated)


def _label(case: Question) -> str:
    return ("+" if case.several else ",").join(case.entries) or f"-{case.kind}"


def _measures_in_words(measures: Measures) -> Iterator[str]:
    inside, outside = measures.in_scope, measures.out_of_scope
    yield f"対象内 / in scope: {inside}   対象外 / out of scope: {outside}"
    yield _share("最初が正解 / right first", measures.right_first, inside)
    yield _share("表示した中に正解 / right among those shown", measures.right_shown, inside)
    yield _share("断定して回答 / answered with confidence", measures.confident, inside)
    yield _share("断定して誤り / confident and wrong", measures.confident_wrong, inside)
    yield _share("対象内なのに断る / turned away", measures.turned_away, inside)
    yield _share("対象外に断定して回答 / out of scope, answered with confidence", measures.out_answered, outside)
    yield _share("対象外と案内 / out of scope, said so", measures.out_refused, outside)


def _share(label: str, count: int, of: int) -> str:
    low, high = interval(count, of)
    return f"{label}: {count / of:.1%} [{low:.1%}–{high:.1%}] ({count}/{of})" if of else f"{label}: -"
