"""Draws the rich menus' pictures in Chromium, and those with their areas for docs/: `make rich-menus`.

A PNG text chunk holds the hash of each picture's source, so that a test finds an outdated picture.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser

from bot.replies.palette import COLOURS
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.preview import preview_svg
from bot.rich_menus.texts import PICTURES, RichMenusText, load_rich_menus
from scripts.chromium import chromium

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"Source"


def page(texts: RichMenusText, key: str) -> str:
    """Return the menu as an HTML page of exactly its size."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True
    )
    template = environment.get_template("rich_menu.html.j2")
    return template.render(texts=texts, menu=texts.menus[key], colours=COLOURS)


def source_hash(texts: RichMenusText, key: str) -> str:
    """Return the hash of everything that this menu's picture is drawn from."""
    return hashlib.sha256(page(texts, key).encode()).hexdigest()


def with_source(png: bytes, source: str) -> bytes:
    """Return the picture with the hash of its source in a text chunk after the header."""
    end = len(SIGNATURE) + 25  # length, type, 13 bytes of IHDR, checksum
    chunk = b"tEXt" + KEYWORD + b"\0" + source.encode()
    written = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:end] + written + png[end:]


def source_of(png: bytes) -> str | None:
    """Return the hash of the source that is stored in the picture."""
    for kind, data in _chunks(png):
        if kind == b"tEXt" and data.startswith(KEYWORD + b"\0"):
            return data.removeprefix(KEYWORD + b"\0").decode()
    return None


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=PICTURES)
@click.argument("docs", type=click.Path(path_type=Path), default=Path("docs/pictures"))
def main(*, folder: Path, docs: Path) -> None:
    """Draw every rich menu into FOLDER, and again with its areas into DOCS."""
    texts = load_rich_menus()
    with chromium() as browser:
        for key in texts.menus:
            png = with_source(_drawn(browser, page(texts, key), texts.size), source_hash(texts, key))
            (folder / f"{key}.png").write_bytes(png)
            click.echo(f"{key}.png {len(png)} bytes")
        small = (900, round(900 * texts.size[1] / texts.size[0]))
        for menu in wanted_menus(texts):
            svg = f"<style>body{{margin:0}} body>svg{{width:100%;height:auto}}</style>{preview_svg(menu)}"
            (docs / f"rich_menu_{menu.key}.png").write_bytes(_drawn(browser, svg, small))


def _drawn(browser: Browser, html: str, size: tuple[int, int]) -> bytes:
    sheet = browser.new_page(viewport={"width": size[0], "height": size[1]})
    sheet.set_content(html)
    sheet.evaluate("document.fonts.ready")
    png = sheet.screenshot()
    sheet.close()
    return png


if __name__ == "__main__":
    main()
