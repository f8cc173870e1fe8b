"""A phone in a terminal: prints what the bot writes, numbers its buttons, and reads lines."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from line_emulator.chats import Json
from line_emulator.page_client import PageClient
from line_emulator.plain_text import JAPANESE, as_text
from line_emulator.visible import Button, actions_in
from line_emulator.world import ImpossibleError

MENU = "/menu"
QUIT = "/quit"
_STILL = 0.3  # a bot may send in two calls; this long after the last one it has spoken
_ASKS_FOR = {"date": "日付（例 2026-11-22）", "time": "時刻（例 09:30）", "datetime": "日時（例 2026-11-22T09:30）"}


@dataclass
class Terminal:
    """The conversation of one user as text."""

    client: PageClient
    user: str
    write: Callable[[str], None]
    patience: float = 10.0
    _read: int = 0
    _choices: list[Button] = field(default_factory=list)
    _picking: Button | None = None

    def take(self, line: str) -> bool:
        """Do what the line says. Return False if the user wants to leave."""
        words = line.strip()
        if words == QUIT:
            return False
        try:
            self._act(words)
        except ImpossibleError as error:
            self.write(f"（できません：{error}）")
        return True

    def listen(self) -> None:
        """Print the bot's next messages with numbered buttons. Give up after a while."""
        state = self._wait()
        fresh = state["entries"][self._read :]
        self._read = len(state["entries"])
        spoken = [entry for entry in fresh if entry["from"] == "bot"]
        for entry in spoken:
            self.write(f"\n{entry['name']}：\n{as_text(entry['message'], JAPANESE)}")
        if spoken:
            self._offer([*_buttons(spoken), *_quick(state)])
        else:
            self.write("（返事がありません）")

    def _act(self, words: str) -> None:
        if self._picking:
            button, self._picking = self._picking, None
            self._tap(button, params={button.action["mode"]: words})
        elif words == MENU:
            self._open_menu()
        elif words.isdecimal() and 0 < int(words) <= len(self._choices):
            self._choose(self._choices[int(words) - 1])
        elif words:
            self._sent(self.client.says(self.user, words))

    def _open_menu(self) -> None:
        menu = self.client.state(self.user)["rich_menu"]
        if menu:
            self._offer([Button(area["action"], "rich_menu") for area in menu["areas"]])
        else:
            self.write("（リッチメニューはありません）")

    def _choose(self, button: Button) -> None:
        if button.action["type"] == "datetimepicker":
            self._picking = button
            self.write(f"{_ASKS_FOR[button.action['mode']]}を入力してください。")
        else:
            self._tap(button)

    def _tap(self, button: Button, params: Json | None = None) -> None:
        done = self.client.taps(self.user, button.action, entry=button.entry, params=params)
        if done["delivery"]:
            self._sent(done)
        else:
            self.write(
                f"{button.label}：{button.action.get('uri') or button.action.get('clipboardText') or '（端末の操作）'}"
            )

    def _sent(self, done: Json) -> None:
        delivery = done["delivery"]
        if delivery and delivery["outcome"] != "ok":
            self.write(f"（ボットに届きませんでした：{delivery['detail'] or delivery['outcome']}）")
        else:
            self.listen()

    def _offer(self, buttons: list[Button]) -> None:
        self._choices = buttons
        for number, button in enumerate(buttons, start=1):
            self.write(f"  [{number}] {button.label}")

    def _wait(self) -> Json:
        deadline, spoken_at, known = time.monotonic() + self.patience, None, 0
        while True:
            state = self.client.state(self.user)
            now = time.monotonic()
            answers = sum(1 for entry in state["entries"][self._read :] if entry["from"] == "bot")
            if answers > known:
                known, spoken_at = answers, now
            if now > deadline or (spoken_at is not None and now - spoken_at > _STILL):
                return state
            time.sleep(0.05)


def _buttons(entries: list[Json]) -> list[Button]:
    return [Button(action, "message", entry["id"]) for entry in entries for action in actions_in(entry["message"])]


def _quick(state: Json) -> list[Button]:
    shown = state["quick_replies"] or {"entry": None, "items": []}
    return [Button(item["action"], "quick_reply", shown["entry"]) for item in shown["items"]]
