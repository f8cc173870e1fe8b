"""Plays the pre-check on the demo in a real browser and takes the README's pictures: `make tour`."""

import subprocess
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Page

from scripts.chromium import chromium
from scripts.running_demo import running_demo

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
# As staff write: several answers in one message, a question amid the check, a correction.
ANSWERS = (
    "あ、もうあります。認証も済んでます",
    "使ってないです。今はスタンダードです",
    "職員の私が出します。月末だと遅れますか？",
    "名前は「横浜市」です。lg.jpで、来週の月曜に出します",
)
TOUR = ANSWERS[1]  # the picture that opens the README


def main() -> None:
    """Start the demo, hold the conversation, take the pictures, stop the demo."""
    with running_demo() as (demo, port):
        _wait(demo)
        _drive(f"http://127.0.0.1:{port}/")


def _wait(demo: subprocess.Popen[str]) -> None:
    line = demo.stdout.readline() if demo.stdout else ""
    if "http://" not in line:
        sys.exit(f"the demo did not start: {line}")


def _drive(url: str) -> None:
    urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
    with chromium() as browser:
        page = browser.new_page(locale="ja-JP", viewport={"width": 1280, "height": 900})
        page.goto(url)
        _say(page, "料金はいくらですか")
        _picture(page, "answer")
        _say(page, "申込前チェック")
        _say(page, "横浜市の広報課です")
        for answer in ANSWERS:
            _say(page, answer)
            if answer == TOUR:
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
