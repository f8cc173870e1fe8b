"""`line-emulator chat`: a conversation in the terminal, with numbered choices."""

import sys

from line_emulator.page_client import PageClient
from line_emulator.terminal import MENU, QUIT, Terminal
from line_emulator.world import UnknownError

GREETING_SECONDS = 1.0  # a bot that greets does so at once; most do not


def chat(url: str, name: str, patience: float) -> int:
    """Converse until the user leaves. Return 1 if no emulator runs at the address."""
    client = PageClient(url)
    try:
        terminal = Terminal(client, client.new_user(name), _printed, min(patience, GREETING_SECONDS))
        print(f"A number or words; {MENU}, {QUIT}")
        terminal.listen()
        terminal.patience = patience
        while (line := _line()) and terminal.take(line):
            pass
    except UnknownError as error:
        print(f"line-emulator: {error}", file=sys.stderr)
        return 1
    finally:
        client.close()
    return 0


def _line() -> str:
    print("> ", end="", flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        _printed(line.rstrip("\n"))
    return line


def _printed(words: str) -> None:
    """Print a text of the bot without the characters that could steer the terminal."""
    print("".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in words))
