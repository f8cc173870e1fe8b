"""`madoguchi emulator`: a LINE Platform on this machine for any bot."""

from urllib.parse import urlsplit

import click

from bot.commands.ports import require_free
from bot.commands.terminal import report_errors
from bot.runtime.signals import install_stop_handlers
from line_emulator import Emulator


def _http_url(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
        raise click.BadParameter("must be an http or https URL, such as http://127.0.0.1:8001/callback")
    return value


@click.command()
@click.option("--bot-url", required=True, callback=_http_url, help="ボットのWebhook URL / the bot's webhook URL")
@click.option(
    "--channel-secret",
    required=True,
    envvar="LINE_CHANNEL_SECRET",
    help="署名に使うチャネルシークレット / signs the webhooks",
)
@click.option(
    "--token",
    envvar="LINE_CHANNEL_ACCESS_TOKEN",
    default="emulator-token",
    show_default=True,
    help="ボットが示すべきアクセストークン / what the bot has to present",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス / where to listen")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0は空きポート / 0: any free one",
)
@click.option(
    "--user",
    "users",
    multiple=True,
    help="最初からいる利用者（繰り返し可） / someone to begin with, repeatable",
)
@click.option("--bot-name", default="Bot", show_default=True, help="アカウントの表示名 / the account's name")
@click.option(
    "--token-life",
    type=click.FloatRange(0, 3600, min_open=True),
    default=60.0,
    show_default=True,
    help="応答トークンの寿命（秒） / life of a reply token in seconds",
)
@click.option(
    "--redelivery",
    is_flag=True,
    help="2xx以外のWebhookを再送する / deliver again what was not answered with 2xx",
)
@click.option(
    "--strict",
    is_flag=True,
    help="LINEが大目に見るものも拒否する / refuse also what LINE forgives",
)
@click.option("--online", is_flag=True, help="画面に外部の画像を表示する / let the page load pictures from elsewhere")
@report_errors
def command(
    *,
    bot_url: str,
    channel_secret: str,
    token: str,
    host: str,
    port: int,
    users: tuple[str, ...],
    bot_name: str,
    token_life: float,
    redelivery: bool,
    strict: bool,
    online: bool,
) -> None:
    """LINEプラットフォームを手元で再現する / a LINE Platform on this machine.

    Give the printed address to your bot in place of api.line.me and api-data.line.me, and open it to chat.
    """
    if port:
        require_free(port, host)
    emulator = Emulator(
        bot_url,
        channel_secret.partition(",")[0],  # a bot accepts two while the secret is changed; LINE signs with one
        token=token,
        host=host,
        bot_name=bot_name,
        reply_token_life=token_life,
        redelivery=redelivery,
        offline=not online,
        strict=strict,
    )
    for name in users or ("利用者",):
        emulator.new_user(name)
    asked = install_stop_handlers()
    click.echo(f"{emulator.start(port)}  ->  {bot_url}")
    asked.wait()
    emulator.stop()
