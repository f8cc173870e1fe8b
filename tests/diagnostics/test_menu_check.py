"""Rich menus that are not those of this release."""

import pytest

from bot.rich_menus.definition import key_in, wanted_menus
from tests.diagnostics.conftest import Deployment

SYNC = "run: madoguchi richmenu sync"


def failing(deployment: Deployment) -> str:
    result = deployment.only("rich-menus")
    assert result.state == "failed"
    assert result.next_step
    assert result.next_step.en == SYNC
    return result.message.en


def test_menus_of_this_release_are_fine(deployment: Deployment) -> None:
    result = deployment.only("rich-menus")
    assert (result.state, result.message.en[:1]) == ("ok", str(len(wanted_menus())))


def test_account_without_menus(deployment: Deployment) -> None:
    deployment.emulator.platform.menus.menus.clear()
    said = failing(deployment)
    assert all(f"{menu.key} (missing)" in said for menu in wanted_menus())


def test_menus_of_another_release(deployment: Deployment) -> None:
    for menu in deployment.emulator.platform.menus.menus.values():
        menu["name"] = f"madoguchi/{key_in(menu['name'])}/{'0' * 16}"
    said = failing(deployment)
    assert all(f"{menu.key} (changed)" in said for menu in wanted_menus())


@pytest.mark.parametrize("aliases", [{}, {wanted_menus()[1].alias: "richmenu-0"}], ids=["none", "another's"])
def test_alias_that_leads_elsewhere(deployment: Deployment, aliases: dict[str, str]) -> None:
    menus = deployment.emulator.platform.menus
    menus.aliases = {**menus.aliases, **aliases} if aliases else {}
    assert f"{wanted_menus()[1].alias} (alias)" in failing(deployment)


def test_another_default(deployment: Deployment) -> None:
    deployment.emulator.platform.menus.default = None
    assert "(not the default)" in failing(deployment)


def test_what_is_left_of_an_older_release_is_a_warning(deployment: Deployment) -> None:
    menus = deployment.emulator.platform.menus
    menus.menus["richmenu-old"] = {"richMenuId": "richmenu-old", "name": f"madoguchi/ask/{'1' * 16}"}
    menus.menus["richmenu-theirs"] = {"richMenuId": "richmenu-theirs", "name": "キャンペーン"}
    result = deployment.only("rich-menus")
    assert (result.state, result.message.en) == ("warning", "1 old rich menus are left")
