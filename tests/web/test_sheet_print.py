"""The sheet in a real browser: one page of A4, readable on a phone, and nothing asked of anybody else."""

import itertools
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from bot.content.cached import precheck_texts
from bot.domain.answers import read_answers
from bot.domain.precheck import check
from bot.governments import load
from bot.runtime.clock import today_in_japan
from bot.sheet.layout import SIZES, height, size_class
from bot.sheet.links import SheetLinks, SheetRequest
from bot.sheet.texts import sheet_words
from bot.sheet.view import SheetView, sheet_view
from bot.web.sheet_page import sheet_html
from tests.web.conftest import token
from tests.web.test_sheet import READY, VERDICTS

ON = date(2026, 12, 24)  # spans with two years in them are the longest
A4_POINTS = (595, 842)
LONG_BODY = "鹿児島県大島郡" + "まちづくり推進" * 7 + "課"
LONG_NAME = "横浜市公式アカウント広報課防災情報LINE" * 2
LONG_DOMAIN = "a-very-long-name-of-a-domain.example-city-office-mail.co.jp"
CHOICES: dict[str, tuple[object, ...]] = {
    "body": ("鹿児島県南種子町", LONG_BODY, "横浜市中区"),
    "has_account": (True, False),
    "plan_in_use": ("none", "this_account", "other_account", "unknown"),
    "applicant": ("agency", None),
    "account_name": (LONG_NAME, "鹿児島県南種子町役場", None),
    "verified": ("yes", "pending", "no", None),
    "current_plan": ("standard", "unknown"),
    "email_domain": (LONG_DOMAIN,),
}


def view_of(answers: dict[str, object]) -> SheetView:
    given = read_answers({key: value for key, value in answers.items() if value is not None})
    decision = check(given, register=load(), today=ON)
    return sheet_view(decision, on=ON, valid_until=ON, words=sheet_words(), rules=precheck_texts())


def highest() -> list[dict[str, object]]:
    """Of all combinations of answers those that come nearest to the end of the page, for each verdict and size."""
    found: dict[tuple[str, str], tuple[float, dict[str, object]]] = {}
    for values in itertools.product(*CHOICES.values()):
        answers = dict(zip(CHOICES, values, strict=True))
        view = view_of(answers)
        size = size_class(view)
        reckoned = height(view, SIZES[size])
        if reckoned > found.get((view.verdict, size), (0, {}))[0]:
            found[view.verdict, size] = (reckoned, answers)
    return [answers for _, answers in found.values()]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture
def sheet_page(browser: Browser) -> Page:
    return browser.new_page(locale="ja-JP", timezone_id="Asia/Tokyo")


@pytest.mark.timeout(300)  # dozens of sheets are printed
def test_highest_sheets_of_each_verdict_and_size_print_on_exactly_one_page(sheet_page: Page) -> None:
    found = highest()
    assert len(found) > 8
    for answers in found:
        given = read_answers({key: value for key, value in answers.items() if value is not None})
        sheet_page.set_content(sheet_html(SheetRequest(given, ON)))
        assert pages(sheet_page.pdf(prefer_css_page_size=True)) == 1, answers


@pytest.mark.parametrize("name", VERDICTS)
def test_sheet_prints_on_one_page_of_a4_upright(sheet_page: Page, site: str, links: SheetLinks, name: str) -> None:
    sheet_page.goto(f"{site}/sheet/{token(links, VERDICTS[name][0], today_in_japan())}")
    pdf = sheet_page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert pages(pdf) == 1
    assert [(round(float(width)), round(float(high))) for width, high in boxes] == [A4_POINTS]


@pytest.mark.parametrize("name", VERDICTS)
def test_ordinary_sheets_are_set_large_enough_to_read(name: str) -> None:
    assert SIZES[size_class(view_of(VERDICTS[name][0]))] >= 8


def test_browser_runs_nothing_asks_nobody_else_and_finds_no_fault(
    browser: Browser, site: str, links: SheetLinks
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(f"{site}/sheet/{token(links, READY, today_in_japan())}")
    assert [urlsplit(url).path.split("/")[1] for url in asked] == ["sheet"]
    assert faults == []
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontWeight") == "700"  # the style was let in


def test_sheet_works_without_scripts_and_fits_a_phone(browser: Browser, site: str, links: SheetLinks) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{site}/sheet/{token(links, {**READY, 'account_name': LONG_NAME}, today_in_japan())}")
    box = page.locator("main").bounding_box()
    assert box
    assert box["width"] <= 360
    for part in page.locator("main section, main table, main svg").all():
        inner = part.bounding_box()
        assert inner
        assert inner["x"] + inner["width"] <= 360.5
    context.close()


def test_meaning_is_in_black_on_white(browser: Browser, site: str, links: SheetLinks) -> None:
    """Every text and mark keeps a dark ink, and nothing rests on a ground that a printer leaves out."""
    page = browser.new_page()
    page.goto(f"{site}/sheet/{token(links, READY, today_in_japan())}")
    page.emulate_media(media="print")
    inks = page.eval_on_selector_all("main, main *", "all => [...new Set(all.map(e => getComputedStyle(e).color))]")
    grounds = page.eval_on_selector_all(
        "main *", "all => [...new Set(all.map(e => getComputedStyle(e).backgroundColor))]"
    )
    assert set(inks) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    assert grounds == ["rgba(0, 0, 0, 0)"]
    assert [part.text_content() for part in page.locator(".mark").all()] == ["○ 適合"] * 5


def test_sheet_request_counts_its_days_from_the_check() -> None:
    assert SheetRequest(read_answers({}), date(2026, 12, 2)).valid_until == date(2027, 1, 1)
