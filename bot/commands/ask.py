"""`madoguchi ask`: answers a question that is asked in free words."""

import sys
from collections.abc import Iterator

import click

from bot.commands.json_lines import BadInputError, read_texts, refuse_undecodable, write
from bot.commands.terminal import echo_escaped, report_errors
from bot.content.models import Knowledge
from bot.content.talk import TalkText, age_in_words
from bot.runtime.clock import today_in_japan
from bot.settings import encoder_choice
from bot.understanding.messages import Understood, understand
from bot.understanding.search import Answered, Hit, Outcome, load_search
from bot.understanding.talk import load_talk_reader


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
    talk = load_talk_reader(search.knowledge)
    for text in read_texts(sys.stdin.buffer, "question") if question is None else [refuse_undecodable(question)]:
        understood = understand(text, search, talk)
        if as_json:
            write(_as_json(text, understood.answered or Answered(Outcome.NONE), search.knowledge))
        else:
            echo_escaped("\n".join((f"? {text.strip()}", *_in_words(understood, talk.text, search.knowledge))))


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


def _in_words(understood: Understood, text: TalkText, knowledge: Knowledge) -> Iterator[str]:
    if understood.talk:
        yield f"  {understood.talk.title}"
        yield f"  {understood.talk.text}"
    elif understood.newer:
        yield f"  {text.newer.text.format(word=understood.newer, edition=knowledge.edition)}"
    answered = understood.answered
    if answered is None:
        return
    if answered.outcome is Outcome.ANSWER:
        if understood.still:
            age = age_in_words(knowledge.source.published, today_in_japan())
            yield f"  {text.still.text.format(edition=knowledge.edition, age=age)}"
        for one in answered.several or (answered,):
            yield from _answer_in_words(one.hits[0], knowledge)
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
