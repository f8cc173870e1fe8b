"""Takes the picture of a printed sheet as Chromium lays it out on paper."""

from datetime import date
from pathlib import Path

import click

from bot.domain.answers import read_answers
from bot.sheet.links import SheetRequest
from bot.web.sheet_page import sheet_html
from scripts.chromium import chromium

WIDTH, HEIGHT = 794, 1123  # A4 at 96 dots an inch
MARGINS = "@media print { body { padding: 10mm 12mm; } }"  # on paper the page's own; a picture has none
ANSWERS = {
    "has_account": True,
    "body": "神奈川県横浜市",
    "applicant": "staff",
    "account_name": "横浜市",
    "verified": "yes",
    "plan_in_use": "none",
    "current_plan": "light",
    "email_domain": "city.yokohama.lg.jp",
    "apply_date": "2026-12-01",
}


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path("docs/pictures/sheet.png"))
def main(*, path: Path) -> None:
    """Draw the sheet of a ready account into PATH."""
    html = sheet_html(SheetRequest(read_answers(ANSWERS), date(2026, 11, 24)))
    with chromium() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5)
        page.emulate_media(media="print")
        page.set_content(html)
        page.add_style_tag(content=MARGINS)
        page.screenshot(path=path)
    click.echo(str(path))


if __name__ == "__main__":
    main()
