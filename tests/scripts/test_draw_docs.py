"""The drawn pages show the code as it is, and every page of docs/ can be found from their index."""

import re
from pathlib import Path

import pytest

from bot.flows.counters import COUNTERS, FLOWS
from scripts.docs_index import index_page
from scripts.draw_docs import DOCS, HINT, LAYERS, PAGES, modules_page
from scripts.imports import modules, room

ROOT = DOCS.parent
PAGES_OF_PEOPLE = [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "README.ja.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("name", PAGES)
def test_committed_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


def test_every_flow_and_every_step_is_drawn() -> None:
    text = (DOCS / "flows.md").read_text(encoding="utf-8")
    assert [name for name in (*FLOWS, *COUNTERS) if f"`{name}`" not in text] == []
    assert [step for flow in FLOWS.values() for step in flow.steps if f'{step}["<b>{step}</b>' not in text] == []


def test_every_room_has_its_place_in_the_plan() -> None:
    drawn = {name for names in LAYERS.values() for name in names}
    assert {room(path) for path in modules() if path.parent.name != "bot"} - drawn == set()
    assert "emulator -->" not in modules_page(), "the emulator stands alone"


def test_index_names_every_page_and_files_one_that_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Rules")
    (tmp_path / "new.md").write_text("# Something new")
    page = index_page(tmp_path, HINT)
    assert "[rules.md](rules.md)" in page
    assert "[new.md](new.md): Something new" in page
    assert "how-to.md" not in page


@pytest.mark.parametrize("page", PAGES_OF_PEOPLE, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
