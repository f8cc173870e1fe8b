"""The samples as a phone draws them: nothing cut off, nothing pushed out, however large the letters are set."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bot.diagnostics.samples import samples
from bot.replies.render import render
from scripts.gallery import draw, gallery_page

SMALL_PHONE = 320

# Texts and buttons whose letters do not fit the room they got (shrunk ones fit after shrinking).
CUT_OFF = """() => [...document.querySelectorAll(".fx-line, .fx-label")]
  .filter((line) => line.scrollWidth > line.clientWidth + 1)
  .map((line) => line.textContent)"""
# What sticks out of its bubble.
PUSHED_OUT = """() => [...document.querySelectorAll(".fx-bubble")].flatMap((bubble) => {
  const edge = bubble.getBoundingClientRect();
  return [...bubble.querySelectorAll("*")]
    .filter((part) => part.getBoundingClientRect().right > edge.right + 1)
    .map((part) => part.textContent);
})"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    page = gallery_page(browser, SMALL_PHONE)
    yield page
    page.close()


@pytest.mark.parametrize("scale", [1.0, 1.38])
@pytest.mark.parametrize("name", sorted(samples()))
def test_nothing_is_cut_off_on_a_small_phone(phone: Page, name: str, scale: float) -> None:
    draw(phone, render(samples()[name]), scale=scale)
    assert phone.evaluate(CUT_OFF) == []
    assert phone.evaluate(PUSHED_OUT) == []


def test_bubbles_of_a_carousel_are_equally_large(phone: Page) -> None:
    draw(phone, render(samples()["cards_partners"]))
    sizes = phone.evaluate(
        """() => [...document.querySelectorAll(".fx-bubble")].map((bubble) => {
          const { width, height } = bubble.getBoundingClientRect();
          return `${Math.round(width)}x${Math.round(height)}`;
        })"""
    )
    assert len(sizes) == 4
    assert len(set(sizes)) == 1


def test_what_is_tapped_is_large_enough_for_a_finger(phone: Page) -> None:
    for name in ("menu", "question", "review", "verdict_ready"):
        draw(phone, render(samples()[name]))
        heights = phone.evaluate(
            """() => [...document.querySelectorAll(".fx-bubble :is(button, [role=button], [role=link])")]
              .map((part) => part.getBoundingClientRect().height)"""
        )
        assert heights
        assert min(heights) >= 40, name
