"""The flame graphs in the documents are of this bot and name no folder of a machine."""

import re

import pytest

from bench.flames import PICTURES, titled


def test_the_command_in_the_title_gives_way_to_what_is_drawn() -> None:
    drawn = '<text id="title" x="50%">/home/me/py-spy record --pid 1</text><title>callback (bot/web/webhook.py)</title>'
    assert titled(drawn, "a web process") == drawn.replace("/home/me/py-spy record --pid 1", "a web process")


@pytest.mark.parametrize(("name", "function"), [("web", "callback"), ("worker", "UserWorker.process")])
def test_the_kept_graphs_show_the_bot_at_work_without_folders_of_a_machine(name: str, function: str) -> None:
    svg = (PICTURES / f"flames_{name}.svg").read_text("utf-8")
    places = re.findall(r"<title>([^<(]+) \(([^:<]+)", svg)
    assert any(found == function and place.startswith("bot/") for found, place in places)
    assert not [place for _, place in places if place.startswith("/")]
    assert "record --pid" not in svg
