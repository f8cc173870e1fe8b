"""Writes a picture of every sample message, drawn by the emulator's renderer."""

import mimetypes
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser, Page, Route

from bot.diagnostics.samples import samples
from bot.replies.render import render
from scripts.chromium import chromium

STATIC = Path(__file__).resolve().parent.parent / "line_emulator" / "static"
# Nothing listens there: every request of the page is answered out of STATIC or refused.
HOST = "http://gallery.invalid"
PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8">
<link rel="stylesheet" href="/static/css/tokens.css"><link rel="stylesheet" href="/static/css/flex.css">
<style>
  body { margin: 0; padding: 16px; background: #8cabd9; width: max-content; }
  .text { max-width: 260px; padding: 10px 14px; border-radius: 16px; background: #fff; }
  .text { font: 15px/1.5 sans-serif; white-space: pre-wrap; }
</style></head><body><div id="shown"></div></body></html>"""
DRAW = """async ([message, scale]) => {
  const { renderFlex } = await import("/static/js/flex.js");
  const shown = document.getElementById("shown");
  shown.style.setProperty("--fx-scale", scale);
  const text = Object.assign(document.createElement("div"), { className: "text", textContent: message.text });
  const node = message.type === "flex" ? renderFlex(message.contents, { onAction: () => {} }) : text;
  shown.replaceChildren(node);
  await document.fonts.ready;
  // one frame to measure and shrink the letters, one to draw them so
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def gallery_page(browser: Browser, width: int) -> Page:
    """A page as wide as a phone that draws messages and reaches no other host."""
    page = browser.new_page(locale="ja-JP", viewport={"width": width, "height": 200}, device_scale_factor=1.5)
    page.route("**/*", _serve)
    page.goto(f"{HOST}/")
    return page


def draw(page: Page, message: dict[str, Any], *, scale: float = 1.0) -> None:
    """Show that message alone; a carousel is drawn whole, beyond the edge of the phone."""
    page.evaluate(DRAW, [message, scale])


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("docs/pictures"))
@click.option("--width", default=390, show_default=True, help="Width of the phone in CSS pixels.")
@click.option("--scale", default=1.0, show_default=True, help="Font size set on the phone; 1 is the usual one.")
@click.option("--only", default="", help="Only the samples whose name starts so.")
def main(*, folder: Path, width: int, scale: float, only: str) -> None:
    """Draw every sample into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        page = gallery_page(browser, width)
        for name, view in samples().items():
            if name.startswith(only):
                draw(page, render(view), scale=scale)
                page.locator("body").screenshot(path=folder / f"{name}.png")
                click.echo(f"{name}.png")


def _serve(route: Route) -> None:
    address = route.request.url.removeprefix(HOST)
    file = STATIC / address.removeprefix("/static/")
    if address == "/":
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
    elif file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
    else:
        route.abort()


if __name__ == "__main__":
    main()
