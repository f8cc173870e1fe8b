"""Writes a picture of every sample message, drawn in Chromium by the emulator's renderer."""

import mimetypes
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Page, Route, sync_playwright

from bot.replies.render import render
from bot.replies.samples import samples

STATIC = Path(__file__).resolve().parent.parent / "bot" / "emulator" / "static"
# Nothing listens there: every request of the page is answered out of STATIC or refused.
HOST = "http://gallery.invalid"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8">
<link rel="stylesheet" href="/static/css/tokens.css"><link rel="stylesheet" href="/static/css/flex.css">
<style>
  body { margin: 0; padding: 16px; background: #8cabd9; width: max-content; }
  .narrow { width: calc(100vw - 32px); overflow: hidden; }
  .text { max-width: 260px; padding: 10px 14px; border-radius: 16px; background: #fff; }
  .text { font: 15px/1.5 sans-serif; white-space: pre-wrap; }
</style></head><body><div id="shown"></div></body></html>"""
DRAW = """async ([message, narrow, scale]) => {
  const { renderFlex } = await import("/static/js/flex.js");
  const shown = document.getElementById("shown");
  shown.className = narrow ? "narrow" : "";
  shown.style.setProperty("--fx-scale", scale);
  const node = message.type === "flex" ? renderFlex(message.contents) : document.createElement("div");
  if (message.type === "text") { node.className = "text"; node.textContent = message.text; }
  shown.replaceChildren(node);
  await document.fonts.ready;
  await new Promise((done) => setTimeout(done, 60));
}"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("docs/pictures"))
@click.option("--width", default=390, show_default=True, help="Width of the phone in CSS pixels.")
@click.option("--scale", default=1.0, show_default=True, help="Font size set on the phone; 1 is the usual one.")
@click.option("--whole/--cut", default=True, show_default=True, help="Show carousels whole, or as the phone cuts them.")
@click.option("--only", default="", help="Only the samples whose name starts so.")
def main(*, folder: Path, width: int, scale: float, whole: bool, only: str) -> None:
    """Draw every sample into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        page = browser.new_page(viewport={"width": width, "height": 200}, device_scale_factor=2)
        page.route("**/*", _serve)
        page.goto(f"{HOST}/")
        for name, view in samples().items():
            if name.startswith(only):
                _draw(page, render(view), folder / f"{name}.png", whole=whole, scale=scale)
                click.echo(f"{name}.png")
        browser.close()


def _draw(page: Page, message: dict[str, Any], path: Path, *, whole: bool, scale: float) -> None:
    page.evaluate(DRAW, [message, not whole, scale])
    page.locator("body").screenshot(path=path)


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
