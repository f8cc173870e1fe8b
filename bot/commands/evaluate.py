"""`madoguchi eval`: measures how well questions with known answers are answered."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.commands.json_lines import BadInputError, write
from bot.commands.terminal import echo_escaped, report_errors
from bot.content.evaluation import Asked, Measures, ask_all, measure, read_cases
from bot.content.loader import ContentError
from bot.content.search import load_search


@click.command("eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def command(file: Path, *, as_json: bool) -> None:
    """質問集(TSV)で検索の正しさを測ります / Measure the search on a TSV of questions (id, tab, question)."""
    search = load_search()
    try:
        cases = read_cases(file, search.knowledge.by_id)
    except ContentError as error:
        raise BadInputError(str(error)) from None
    asked = ask_all(search, cases)
    measures = measure(asked)
    if as_json:
        write(asdict(measures) | {"misses": [_miss_as_json(one) for one in asked if one.missed]})
    else:
        echo_escaped("\n".join((*_misses_in_words(asked), *_in_words(measures))))


def _miss_as_json(one: Asked) -> dict[str, object]:
    return {
        "question": one.case.question,
        "expected": one.case.expected,
        "outcome": one.answered.outcome.value,
        "shown": list(one.shown),
    }


def _misses_in_words(asked: Sequence[Asked]) -> Iterator[str]:
    for one in asked:
        if one.missed:
            shown = ", ".join(one.shown) or "-"
            yield f"{one.case.expected}\t{one.case.question}\t{one.answered.outcome.value}: {shown}"


def _in_words(measures: Measures) -> Iterator[str]:
    inside, outside = measures.in_scope, measures.out_of_scope
    yield f"対象内 / in scope: {inside}   対象外 / out of scope: {outside}"
    yield _share("最初が正解 / right first", measures.right_first, inside)
    yield _share("表示した中に正解 / right among those shown", measures.right_shown, inside)
    yield _share("断定して回答 / answered with confidence", measures.confident, inside)
    yield _share("断定して誤り / confident and wrong", measures.confident_wrong, inside)
    yield _share("対象外に断定して回答 / out of scope, answered with confidence", measures.out_answered, outside)
    yield _share("対象外と案内 / out of scope, said so", measures.out_refused, outside)


def _share(label: str, count: int, of: int) -> str:
    return f"{label}: {count / of:.1%} ({count}/{of})" if of else f"{label}: -"
