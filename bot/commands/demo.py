"""`madoguchi demo`: the whole bot on this machine, with an emulated LINE Platform and a phone in the browser."""

import fcntl
import os
import secrets
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import orjson

from bot.commands.demo_processes import BotProcesses
from bot.commands.demo_time import MovedTime
from bot.commands.ports import free_port, require_free
from bot.commands.terminal import report_errors
from bot.diagnostics.samples import samples
from bot.errors import PermanentError, SettingsError
from bot.replies.render import render
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.sync import RichMenuSync
from bot.runtime.signals import SignalFlag, install_stop_handlers
from bot.settings import Settings, load_settings
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys
from bot.store.redis.connection import connect
from bot.store.redis.private_folder import private_folder
from bot.web.console.passwords import digest_of
from line_emulator import Emulator

READY_SECONDS = 30
OPERATOR = "demo"
STOP_SECONDS = 4.0  # the longest time to wait after Ctrl+C


@click.command("demo")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    envvar="PORT",
    help="チャット画面のポート（PORTでも可） / port of the chat page; PORT= works, too",
)
@click.option("--browser/--no-browser", default=True, help="ブラウザーを開く / open the browser")
@click.option("--var", "var_dir", type=click.Path(path_type=Path), default=Path("var/demo"), help="データの置き場所")
@click.option("--desk-chat", is_flag=True, help="「担当者に聞く」を使う（/manager で返信） / with answers by a person")
@click.option(
    "--log-level",
    type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]),
    default="WARNING",
    show_default=True,
    help="標準出力に書くログ / what the processes log to standard output; INFO as on a server",
)
@report_errors
def command(*, port: int, browser: bool, var_dir: Path, desk_chat: bool, log_level: str) -> None:
    """LINEなしで全体を試します / try the whole bot without LINE."""
    require_free(port, name="--port", hint=f"; take another one: --port {port + 1}, or PORT={port + 1} make demo")
    with _sole_user_of(var_dir):
        _run(port, var_dir, browser=browser, desk_chat=desk_chat, log_level=log_level)


def _run(port: int, var_dir: Path, *, browser: bool, desk_chat: bool, log_level: str) -> None:
    click.echo("準備しています（1分ほど） / starting; this takes up to a minute …", err=True)
    password = secrets.token_urlsafe(9)
    settings = _settings(var_dir, page=port, password=password, desk_chat=desk_chat, log_level=log_level)
    emulator = Emulator(
        f"http://127.0.0.1:{settings.port}/callback",
        settings.channel_secrets[0],
        token=settings.line_channel_access_token.get_secret_value(),
        bot_name="地方公共団体プラン 窓口",
        inspect_session=_inspector(settings),
        on_advance=MovedTime(settings),
        gallery=lambda: [{"name": name, "message": render(view)} for name, view in samples().items()],
        mark_as_read="manual" if desk_chat else "auto",
        strict=True,
    )
    page = emulator.start(port)
    asked = install_stop_handlers()
    processes = BotProcesses(os.environ)
    try:
        click.echo("  LINEの模擬サーバー ✓ / LINE emulator", err=True)
        _make_rich_menus(settings)
        click.echo("  リッチメニュー ✓ / rich menus", err=True)
        if _ready(settings, processes, asked):
            click.echo("  WebとワーカーとRedis ✓ / web, worker and Redis", err=True)
            emulator.new_user("山田 花子", follows=True)
            emulator.new_user("鈴木 一郎", friend=False)
            click.echo(f"チャット画面 / chat page: {page}/")
            if desk_chat:
                click.echo(f"担当者の画面 / manager's view: {page}/manager")
            click.echo(f"運用画面 / console: {settings.public_url}/console/  ({OPERATOR} / {password})")
            click.echo("終了は Ctrl+C / stop with Ctrl+C")
            if browser and sys.stdout.isatty():
                webbrowser.open(page)
            _run_until_stopped(processes, asked)
    finally:
        processes.stop(within=STOP_SECONDS)
        emulator.stop()


@contextmanager
def _sole_user_of(var_dir: Path) -> Iterator[None]:
    """Hold a lock on the folder: two demos on one Redis would process each other's events."""
    try:
        private_folder(var_dir.resolve(), "--var")
        lock = (var_dir / "demo.lock").open("a")
    except OSError as error:
        raise SettingsError(f"--var: {var_dir} cannot be used ({error.strerror})") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(f"--var: {var_dir} is in use by another demo") from None
        yield


def _settings(var_dir: Path, *, page: int, password: str, desk_chat: bool, log_level: str) -> Settings:
    """Return the settings of the demo and its processes, independent of what this machine has set for a real bot."""
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        del os.environ[name]
    os.environ.update(_environment(var_dir, page=page, log_level=log_level))
    if desk_chat:
        os.environ["DESK_CHAT"] = "1"
    os.environ["CONSOLE_USERS"] = f"{OPERATOR}={digest_of(password)}"
    return load_settings()


def _environment(var_dir: Path, *, page: int, log_level: str) -> dict[str, str]:
    """Return the environment of the demo. The key that decrypts its stored data is kept beside that data."""
    key = var_dir / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_hex(32), "utf-8")
    port = free_port()
    return {
        "LINE_CHANNEL_SECRET": secrets.token_hex(16),
        "LINE_CHANNEL_ACCESS_TOKEN": secrets.token_hex(32),
        "SECRET_KEY": key.read_text("utf-8").strip(),
        "LINE_API_URL": f"http://127.0.0.1:{page}",
        "LINE_DATA_API_URL": f"http://127.0.0.1:{page}",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "BIND_ADDRESS": "127.0.0.1",
        "VAR_DIR": str(var_dir),
        "WEB_PROCESSES": "1",
        "WORKER_PROCESSES": "1",
        "LOG_LEVEL": log_level,
    }


def _ready(settings: Settings, processes: BotProcesses, asked: SignalFlag) -> bool:
    """Wait for the processes. Return False if the demo is stopped; raise PermanentError if one does not start."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not asked.is_set():
        if not processes.all_run():
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{settings.port}/readyz", timeout=1) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.05)
    if asked.is_set():
        return False
    raise PermanentError("the web process did not start; see the lines above")


def _make_rich_menus(settings: Settings) -> None:
    """Create the rich menus like `madoguchi richmenu sync`, because the emulator starts without any."""
    token = settings.line_channel_access_token.get_secret_value()
    api = RichMenuApi(settings.line_api_url, settings.line_data_api_url, token, settings.limits.rich_menu_api_seconds)
    for _ in RichMenuSync(api, wanted_menus()).run():
        pass


def _inspector(settings: Settings) -> Any:
    """Return a function that reads a user's session for the panel beside the phone."""
    redis = connect(settings)
    secret = settings.secret_key.get_secret_value()
    pseudonyms, encryptor = Pseudonyms(secret), Encryptor(secret)

    def inspect(user_id: str) -> dict[str, Any]:
        user = pseudonyms.of(user_id)
        raw = encryptor.decrypt_session(redis.get(UserKeys(user).session) or b"", user)
        return orjson.loads(raw) if raw else {}

    return inspect


def _run_until_stopped(processes: BotProcesses, asked: SignalFlag) -> None:
    """Restart processes that die, until the demo is stopped."""
    while not asked.wait(0.5):
        for words in processes.keep_running():
            click.echo(f"{words}を起動し直しました / {words} had ended and was started again")
