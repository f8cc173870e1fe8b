"""Every flow's declaration holds: its steps are reached, its targets exist, its ways end."""

import pytest

from bot.flows.engine import Flow
from bot.flows.registry import FLOWS, OCCASIONAL, STATELESS_FLOWS
from tests.flows.conftest import Conversation

ALL = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())


@ALL
def test_every_step_is_reached_and_every_target_exists(flow: Flow) -> None:
    assert flow.reachable() == set(flow.steps)


@ALL
def test_every_step_is_filed_under_its_name(flow: Flow) -> None:
    assert all(name == step.name for name, step in flow.steps.items())


@ALL
def test_from_every_step_the_flow_can_end(flow: Flow) -> None:
    ending = {name for name, step in flow.steps.items() if step.ends}
    while True:
        more = {name for name, step in flow.steps.items() if set(step.to) & ending} - ending
        if not more:
            break
        ending |= more
    assert ending == set(flow.steps)


@ALL
def test_flow_without_a_way_on_says_that_it_ends(flow: Flow) -> None:
    assert all(step.ends for step in flow.steps.values() if not step.to)


@pytest.mark.parametrize("function", sorted({*FLOWS, *STATELESS_FLOWS} - OCCASIONAL))
def test_every_function_opens_from_the_menu_and_by_its_word(talk: Conversation, function: str) -> None:
    items = talk.resources.texts.ui.menu.items
    assert function in items
    talk.says("メニュー")
    from_menu = talk.tap_label(items[function].label)
    talk.says("データ削除")
    by_word = talk.says(talk.resources.texts.words.functions[function][0])
    assert from_menu.splitlines()[0] == by_word.splitlines()[0]


def test_menu_offers_exactly_the_functions_there_are(talk: Conversation) -> None:
    assert (
        set(talk.resources.texts.ui.menu.items)
        == {*FLOWS, *STATELESS_FLOWS} - OCCASIONAL
        == set(talk.resources.texts.words.functions)
    )
