"""Draws the picture of the console: runs the demo, holds conversations, logs in and takes a screenshot."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.chromium import chromium
from scripts.running_demo import running_demo

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "console.png"
ALL_THE_WAY = (
    *("申込前チェック", "横浜市", "あります", "使っていません", "職員", "横浜市", "認証済み"),
    *("コミュニケーション", "lg.jp", "まだ決めていない", "この内容で判定する"),
)
TALKS = (ALL_THE_WAY, ALL_THE_WAY[:8], ("申込前チェック", "横浜市中区"), ("料金はいくらですか",), ALL_THE_WAY[:4])


def main() -> None:
    """Write docs/pictures/console.png."""
    with running_demo() as (demo, _):
        _draw(demo)


def _draw(demo: subprocess.Popen[str]) -> None:
    said = [demo.stdout.readline() if demo.stdout else "" for _ in range(2)]
    chat = re.search(r"http://\S+", said[0])
    console = re.search(r"(http://\S+)\s+\((\S+) / (\S+)\)", said[1])
    if not chat or not console:
        sys.exit(f"the demo did not start: {said}")
    with chromium() as browser:
        _talk(browser.new_page(), chat[0])
        _look(browser, *console.groups())


def _talk(page: Page, url: str) -> None:
    page.goto(url)
    box = page.get_by_role("textbox").first
    for talk in TALKS:
        for text in ("最初から", *talk):
            box.fill(text)
            box.press("Enter")
            page.wait_for_timeout(700)
    page.wait_for_timeout(2500)  # figures reach Redis once a second


def _look(browser: Browser, url: str, name: str, password: str) -> None:
    page = browser.new_page(viewport={"width": 1120, "height": 1240})
    page.goto(url)
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_selector("figure svg")
    page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
