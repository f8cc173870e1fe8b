"""The drawn pages show the code as it is, and every page of docs/ can be found from their index."""

import re
from pathlib import Path

import pytest

from bot.flows.engine import Flow
from bot.flows.precheck.flow import PRECHECK
from bot.flows.registry import FLOWS, STATELESS_FLOWS
from scripts.docs_index import index_page
from scripts.draw_docs import DOCS, HINT, LAYERS, PAGES, flows_page, modules_page
from scripts.happy_paths import RESULT, happy_paths
from scripts.imports import modules, package

ROOT = DOCS.parent
PAGES_OF_PEOPLE = [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.ja.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("name", PAGES)
def test_committed_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


def test_every_flow_and_every_step_is_drawn() -> None:
    text = (DOCS / "reference" / "flows.md").read_text(encoding="utf-8")
    assert [name for name in (*FLOWS, *STATELESS_FLOWS) if f"`{name}`" not in text] == []
    assert [step for flow in FLOWS.values() for step in flow.steps if f'{step}["<b>{step}</b>' not in text] == []


def test_arrows_of_the_pre_check_are_named_after_the_answers_that_lead_along_them() -> None:
    ways = happy_paths()
    assert ways["applicant"] == {"account_name": "has_account: true · skip", "review": "has_account: false"}
    assert ways["plan_in_use"] == {"applicant": "none · unknown", "done": "this_account · other_account"}
    assert list(ways["body"]) == ["has_account", "done"]
    assert 'applicant -->|"has_account: false"| review' in (DOCS / "reference" / "flows.md").read_text(encoding="utf-8")


def test_what_was_played_is_what_the_pre_check_declares() -> None:
    ways = happy_paths()
    assert set(ways) == set(PRECHECK.steps)
    for name, step in PRECHECK.steps.items():
        assert set(ways[name]) - {RESULT} <= set(step.to)
        assert (RESULT in ways[name]) == step.ends


@pytest.mark.parametrize("flow", [flow for flow in FLOWS.values() if flow is not PRECHECK], ids=lambda flow: flow.name)
def test_every_declared_way_of_the_other_flows_is_drawn(flow: Flow) -> None:
    drawn = flows_page().split(f"## `{flow.name}`")[1].split("## ")[0]
    for name, step in flow.steps.items():
        assert [to for to in step.to if not re.search(rf"{name} -(\.-)?-?> {to}\b", drawn)] == []


def test_every_package_is_drawn_in_a_layer() -> None:
    drawn = {name for names in LAYERS.values() for name in names}
    assert {package(path) for path in modules() if path.parent.name != "bot"} - drawn == {"runtime"}
    assert "line_emulator -->" not in modules_page(), "the emulator stands alone"


def test_index_names_every_page_and_lists_one_without_a_description_by_its_title(tmp_path: Path) -> None:
    for folder in ("reference", "decisions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "reference" / "rules.md").write_text("# Rules")
    (tmp_path / "decisions" / "0001-new.md").write_text("# Something new")
    (tmp_path / "words.md").write_text("# Words")
    page = index_page(tmp_path, HINT)
    assert "[reference/rules.md](reference/rules.md): eligibility" in page
    assert "[decisions/0001-new.md](decisions/0001-new.md): Something new" in page
    assert "[words.md](words.md): Words" in page
    assert "how-to/" not in page


def test_every_page_of_the_documents_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if path != DOCS / "README.md"]
    assert [page for page in pages if f"]({page})" not in index] == []


@pytest.mark.parametrize("page", PAGES_OF_PEOPLE, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub names them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES_OF_PEOPLE, ids=lambda path: path.name)
def test_links_to_a_heading_find_it(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if link[1] not in anchors(page.parent / link[0] if link[0] else page)] == []
