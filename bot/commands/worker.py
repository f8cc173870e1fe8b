"""`madoguchi worker`: the process that runs the turns and replies."""

import click

from bot.commands.terminal import report_errors
from bot.runtime.signals import exit_with_parent


@click.command("worker")
@click.option("--one", is_flag=True, hidden=True, help="This process only, without a supervisor.")
@report_errors
def command(*, one: bool) -> None:
    """Workerを起動します / start the worker."""
    from bot.runtime.supervisor import Supervisor  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import require_reachable  # noqa: PLC0415 - not for `--help`

    exit_with_parent()
    settings = load_settings()
    if not one:  # a supervised one waits for Redis: its exit would be taken for a wrong setting
        require_reachable(settings)
    if one or settings.worker_processes == 1:
        from bot.worker.process import main  # noqa: PLC0415 - not for `--help`

        main()
    else:
        Supervisor(("worker", "--one"), count=settings.worker_processes).run()
