"""`madoguchi content check`: checks all content. `content learn`: trains the ranker anew. The rest: versions."""

import sys
from pathlib import Path

import click

from bot.commands.content_versions import COMMANDS
from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped, report_errors


@click.group("content")
def command() -> None:
    """回答・文章・テンプレートを調べます / Look after what the bot says."""


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
def check(*, as_json: bool) -> None:
    """すべての内容を検査し、誤りは行番号で示します / Check all content; a mistake is named with its line."""
    from bot.diagnostics.content import content_checks  # noqa: PLC0415 - imports the whole bot: not for `--help`

    found = list(content_checks())
    for checked in found:
        if as_json:
            write({"part": checked.part, "ok": checked.problem is None, "problem": checked.problem})
        else:
            echo_escaped(f"NG  {checked.part}: {checked.problem}" if checked.problem else f"OK  {checked.part}")
    sys.exit(1 if any(checked.problem for checked in found) else 0)


@command.command("learn")
@report_errors
def learn() -> None:
    """質問の見分け方を学び直します（数分） / Learn anew which entry a question is about; takes minutes.

    新しい質問や項目は、学び直さなくても次の起動から使われます。 / New lines count without it from the next start.
    """
    from bot.content.fact_examples import load_fact_examples  # noqa: PLC0415 - not for `--help`
    from bot.content.knowledge import load_knowledge  # noqa: PLC0415 - not for `--help`
    from bot.content.questions import load_questions  # noqa: PLC0415 - not for `--help`
    from bot.content.small_talk import load_small_talk  # noqa: PLC0415 - not for `--help`
    from bot.flows.resources import question_examples  # noqa: PLC0415 - not for `--help`
    from bot.governments import load  # noqa: PLC0415 - not for `--help`
    from bot.settings import encoder_choice  # noqa: PLC0415 - not for `--help`
    from bot.understanding import asking, learning, model_files, talk_kinds  # noqa: PLC0415 - not for `--help`
    from bot.understanding.encoder import BUNDLED, NONE, load_encoder  # noqa: PLC0415 - not for `--help`
    from bot.understanding.facts import second_reader  # noqa: PLC0415 - not for `--help`
    from bot.understanding.lines import all_lines  # noqa: PLC0415 - not for `--help`

    choice = encoder_choice()
    if choice == NONE:
        raise click.UsageError("ENCODER=none: there is nothing to learn for; letters are learned with any encoder")
    knowledge = load_knowledge()
    lines = all_lines(knowledge, load_questions(knowledge.by_id))
    examples = question_examples(knowledge, load())
    asking.learn(examples)
    talk_kinds.learn(load_small_talk(), [text for _, text in examples])
    cache = Path("var") / "vectors.npz"
    learned = learning.learn(lines, load_encoder(choice), echo_escaped, cache)
    folder = model_files.BUNDLED_MODEL if choice == BUNDLED else Path(choice) / model_files.OWN_MODEL
    model_files.save(learned, folder)
    facts = second_reader.lines_of(load_fact_examples())
    model_files.save(learning.learn(facts, load_encoder(choice), echo_escaped, cache), folder / second_reader.FOLDER)
    echo_escaped(f"{len(lines)} lines: {folder}")


for _of_versions in COMMANDS:
    command.add_command(_of_versions)
