"""`madoguchi event`: shows what became of one event, by the reference in the apology or the help."""

from typing import TYPE_CHECKING

import click

from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped, report_errors
from bot.errors import StoreUnavailableError

if TYPE_CHECKING:
    from bot.store.trail import Note

WORDS = {
    "accepted": "受け付け / accepted",
    "answered": "処理 / answered",
    "delivery": "配信 / delivery",
}


@click.command("event")
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def command(*, reference: str, as_json: bool) -> int:
    """問い合わせ番号（6文字）の記録を表示します / Show the trail of an event by its reference.

    The reference stands at the end of apologies and of the help. Exit status 1 if nothing is known under it.
    """
    from datetime import UTC, datetime  # noqa: PLC0415 - not for `--help`

    from redis.exceptions import RedisError  # noqa: PLC0415 - not for `--help`

    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`
    from bot.store.trail import read_trail, typed_reference  # noqa: PLC0415 - not for `--help`

    known = typed_reference(reference)
    if not known:
        raise click.BadParameter("6文字の英数字です / six characters, without 0, 1, I, L and O", param_hint="REF")
    try:
        notes = read_trail(connect(load_settings()), known, datetime.now(UTC))
    except (RedisError, OSError) as error:
        raise StoreUnavailableError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
    if as_json:
        write({"reference": known, "trail": [_as_json(note) for note in notes]})
    elif not notes:
        echo_escaped("記録がありません（7日まで） / nothing is known (kept for 7 days)", err=True)
    else:
        for line in _lines(notes):
            echo_escaped(line)
    return 0 if notes else 1


def _as_json(note: "Note") -> dict[str, object]:
    import msgspec  # noqa: PLC0415 - not for `--help`

    found: dict[str, object] = msgspec.to_builtins(note)
    del found["seconds"]
    return {"at": note.at.isoformat(timespec="milliseconds"), **found}


def _lines(notes: "tuple[Note, ...]") -> list[str]:
    from bot.runtime.clock import JAPAN  # noqa: PLC0415 - not for `--help`

    begun = notes[0].seconds
    lines = [f"イベント / event {notes[0].event_id}"]
    for note in notes:
        at = note.at.astimezone(JAPAN)
        facts = (note.event_type, note.flow, note.step, note.status, note.line_request_id)
        said = " ".join(str(fact) for fact in facts if fact)
        attempt = f" #{note.attempt}" if note.attempt else ""
        after = f"+{note.seconds - begun:.1f}s"
        lines.append(f"{at:%Y-%m-%d %H:%M:%S} {after:>8}  {WORDS[note.stage]}{attempt}: {note.outcome} {said}".rstrip())
    return lines
