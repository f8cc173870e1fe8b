"""The gallery of templates, drawn by the renderer of the chat."""

from playwright.sync_api import Page, expect

from line_emulator import Emulator


def open_gallery(page: Page, emulator: Emulator) -> None:
    page.goto(f"{emulator.url}/gallery")
    expect(page.get_by_text("3件")).to_be_visible()


def test_every_sample_is_drawn_with_its_name_and_alt_text(page: Page, emulator: Emulator) -> None:
    open_gallery(page, emulator)
    card = page.get_by_role("region", name="choices")
    expect(card.locator(".fx-bubble")).to_be_visible()
    expect(card.get_by_text("どうしますか：はい、書いて答える、やめる")).to_be_visible()
    expect(page.get_by_role("region", name="cards").locator(".fx-bubble")).to_have_count(3)
    expect(page.get_by_role("region", name="plain")).to_contain_text("文だけの返事")


def test_samples_are_filtered_by_name_and_note(page: Page, emulator: Emulator) -> None:
    open_gallery(page, emulator)
    page.get_by_label("絞り込み").fill("選ばせる")
    expect(page.get_by_text("1件")).to_be_visible()
    expect(page.get_by_role("region", name="cards")).to_be_hidden()


def test_a_bubble_is_drawn_at_its_own_width(page: Page, emulator: Emulator) -> None:
    open_gallery(page, emulator)
    width = page.get_by_role("region", name="choices").locator(".fx-bubble").evaluate("(node) => node.offsetWidth")
    assert width == 300


def test_letters_follow_the_chosen_size(page: Page, emulator: Emulator) -> None:
    open_gallery(page, emulator)
    page.get_by_label("文字サイズ").select_option(label="特大")
    balloon = page.get_by_text("文だけの返事")
    assert balloon.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") > 19
