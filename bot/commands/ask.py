"""`madoguchi ask`: answers a question that is asked in free words."""

import sys
from collections.abc import Iterator

import click

from bot.commands.json_lines import BadInputError, read_texts, refuse_undecodable, write
from bot.commands.terminal import echo_escaped, report_errors
from bot.content.models import Knowledge
from bot.settings import encoder_choice
from bot.understanding.search import Answered, Hit, Outcome, load_search


@click.command("ask")
@click.argument("question", required=False, metavar="[質問]")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@click.option("--stdin", "from_stdin", is_flag=True, help='1行に1件読む(質問か{"question"}) / one per line.')
@report_errors
def command(question: str | None, *, as_json: bool, from_stdin: bool) -> None:
    """職員の質問に答えます / Answer a question in one's own words."""
    if from_stdin == (question is not None):
        raise BadInputError("give either a question or --stdin")
    search = load_search(encoder_choice())
    for text in read_texts(sys.stdin.buffer, "question") if question is None else [refuse_undecodable(question)]:
        answered = search.ask(text)
        if as_json:
            write(_as_json(text, answered, search.knowledge))
        else:
            echo_escaped("\n".join(_in_words(text, answered, search.knowledge)))


def _as_json(question: str, answered: Answered, knowledge: Knowledge) -> dict[str, object]:
    return {
        "question": question,
        "outcome": answered.outcome.value,
        "answers": [_hit_as_json(hit, knowledge) for hit in answered.hits],
    }


def _hit_as_json(hit: Hit, knowledge: Knowledge) -> dict[str, object]:
    return {
        "id": hit.entry.id,
        "title": hit.entry.title,
        "text": "\n".join(hit.entry.text),
        "urls": [link.url for link in hit.entry.links],
        "source": knowledge.cite(hit.entry),
        "score": hit.score,
    }


def _in_words(question: str, answered: Answered, knowledge: Knowledge) -> Iterator[str]:
    yield f"? {question.strip()}"
    if answered.outcome is Outcome.ANSWER:
        yield from _answer_in_words(answered.hits[0], knowledge)
    elif answered.outcome is Outcome.CHOICES:
        yield "  次のどれかでしょうか / Do you mean:"
        yield from (f"  - {hit.entry.title} ({hit.entry.id})" for hit in answered.hits)
    elif answered.desk:
        yield f"  {answered.desk.text}"


def _answer_in_words(hit: Hit, knowledge: Knowledge) -> Iterator[str]:
    yield f"  {hit.entry.title}"
    yield from (f"  {line}" for line in hit.entry.text)
    yield from (f"  {link.label}: {link.url}" for link in hit.entry.links)
    yield f"  ({knowledge.cite(hit.entry)})"
