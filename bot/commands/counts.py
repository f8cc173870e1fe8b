"""`madoguchi counts`: saves the counts without personal data, and restores them to a Redis that has lost them."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.terminal import echo_escaped, report_errors
from bot.errors import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAVED = click.Path(dir_okay=False, path_type=Path)


@click.group("counts")
def command() -> None:
    """件数だけを保存・復元します / Save and restore the counts alone, without personal data."""


@command.command("save")
@click.argument("file", type=_SAVED)
@report_errors
def save(*, file: Path) -> None:
    """件数をファイルに保存します（毎晩の実行向け） / Save all counts to a file; run it every night.

    If the counts are lower than those in the file, Redis has lost some: that file is kept, with the day in its name.
    """
    import msgspec  # noqa: PLC0415 - not for `--help`

    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.metrics_backup import has_lost, read_counts  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    today = today_in_japan()
    with _redis_errors():
        found = read_counts(connect(load_settings()), today)
    kept = file.with_name(f"{file.name}.before-{today}")
    lost = not kept.exists() and file.is_file() and has_lost(file.read_bytes(), found)
    beside = file.with_name(f"{file.name}.new")  # a file that is half written never takes the place of a whole one
    try:
        beside.write_bytes(msgspec.json.encode(found) + b"\n")
        if lost:
            file.rename(kept)
        beside.replace(file)
    except OSError as error:
        raise click.FileError(str(file), error.strerror or type(error).__name__) from None
    echo_escaped(f"{len(found.days)}日分を保存しました / saved {len(found.days)} days")
    if lost:
        said = f"件数が減っています。前のファイルを残しました / counts were lost; the earlier file is kept: {kept.name}"
        raise click.ClickException(said)


@command.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@report_errors
def restore(*, file: Path) -> None:
    """保存した件数を、失われたRedisに加えます / Add the saved counts to a Redis that has lost them."""
    import msgspec  # noqa: PLC0415 - not for `--help`

    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.metrics_backup import CountsThereError, parse_counts, restore_counts  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    try:
        saved = parse_counts(file.read_bytes())
    except (OSError, ValueError, msgspec.DecodeError, RecursionError):
        raise click.BadParameter(
            "madoguchi counts save の出力ではありません / is no file of counts", param_hint="FILE"
        ) from None
    try:
        with _redis_errors():
            days = restore_counts(connect(load_settings()), saved, today_in_japan())
    except CountsThereError as there:
        raise click.ClickException(f"この件数はすでにあります / {there}") from None
    echo_escaped(f"{days}日分を復元しました / restored {days} days")


@contextmanager
def _redis_errors() -> "Iterator[None]":
    from redis.exceptions import RedisError  # noqa: PLC0415 - not for `--help`

    try:
        yield
    except (RedisError, OSError) as error:
        raise StoreUnavailableError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
