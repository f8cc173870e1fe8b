"""`madoguchi worker`: the process that answers."""

import click

from bot.commands.failing import one_line
from bot.runtime.signals import exit_with_parent


@click.command("worker")
@click.option("--one", is_flag=True, hidden=True, help="This process only, without a supervisor.")
@one_line
def command(*, one: bool) -> None:
    """Workerを起動します / start the worker."""
    from bot.runtime.supervisor import Supervisor  # noqa: PLC0415 - likewise
    from bot.settings import load_settings  # noqa: PLC0415 - loaded only by the process that works
    from bot.store.redis.connection import require_reachable  # noqa: PLC0415 - likewise

    exit_with_parent()
    settings = load_settings()
    if not one:  # a supervised one waits for what is away: its end would be taken for that of a wrong setting
        require_reachable(settings)
    if one or settings.worker_processes == 1:
        from bot.worker.process import main  # noqa: PLC0415 - likewise

        main()
    else:
        Supervisor(("worker", "--one"), count=settings.worker_processes).run()
