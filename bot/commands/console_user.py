"""`madoguchi console-user`: makes an operator's entry for CONSOLE_USERS."""

import re
import sys

import click

from bot.commands.json_lines import BadInputError
from bot.runtime.setting_values import OPERATOR_NAME
from bot.web.console import second_factor
from bot.web.console.passwords import LONGEST, SHORTEST, digest_of, has_good_length


@click.command("console-user")
@click.argument("name")
@click.option(
    "--stdin", "from_stdin", is_flag=True, help="パスワードを標準入力から読む / read the password from stdin."
)
@click.option("--totp", is_flag=True, help="認証アプリの鍵をつくる / make an entry for CONSOLE_TOTP instead.")
def command(*, name: str, from_stdin: bool, totp: bool) -> None:
    """運用画面の利用者を1人分つくります / Make an operator's entry for CONSOLE_USERS."""
    if not re.fullmatch(OPERATOR_NAME, name):
        raise BadInputError("NAME: has to be lower-case letters, digits, . _ - (at most 32)")
    if totp:
        secret = second_factor.new_secret()
        click.echo(f"{name}={secret}")
        click.echo(f"認証アプリに登録 / for the authenticator app: {second_factor.address_of(name, secret)}", err=True)
        return
    password = sys.stdin.readline().rstrip("\r\n") if from_stdin else _asked()
    if not has_good_length(password):
        raise BadInputError(f"the password has to have {SHORTEST} to {LONGEST} characters")
    click.echo(f"{name}={digest_of(password)}")


def _asked() -> str:
    password: str = click.prompt("パスワード / password", hide_input=True, confirmation_prompt=True, err=True)
    return password
