"""Drives the demo in a real browser through the main job and writes the README's pictures: `make tour`."""

import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from playwright.sync_api import Page

from bot.commands.ports import free_port
from scripts.chromium import chromium

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
ANSWERS = ("横浜市", "あります", "使っていません", "職員", "横浜市", "認証済み", "スタンダード", "lg.jp", "来週月曜")


def main() -> None:
    """Start the demo, hold the conversation, take the pictures, stop it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", str(port), "--var", folder]
        demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            _wait(demo)
            _drive(f"http://127.0.0.1:{port}/")
        finally:
            demo.terminate()
            demo.wait()


def _wait(demo: subprocess.Popen[str]) -> None:
    line = demo.stdout.readline() if demo.stdout else ""
    if "http://" not in line:
        sys.exit(f"the demo did not start: {line}")


def _drive(url: str) -> None:
    urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        _say(page, "料金はいくらですか")
        _picture(page, "answer")
        _say(page, "申込前チェック")
        for answer in ANSWERS:
            _say(page, answer)
            if answer == "使っていません":
                _picture(page, "tour")
        _picture(page, "review")
        _say(page, "この内容で判定する")
        _picture(page, "verdict")


def _say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")
    page.wait_for_timeout(1500)


def _picture(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
