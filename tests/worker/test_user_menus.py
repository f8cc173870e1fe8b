"""The worker and a user's own rich menu: after the answer, and never at its cost."""

from collections.abc import Iterator

import pytest
from redis import Redis

from bot.rich_menus.definition import wanted_menus
from bot.settings import Settings
from tests.worker.test_user_worker import WorkerHarness


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


@pytest.fixture
def resume(office: WorkerHarness) -> str:
    """The id of the menu to go on from."""
    menus, menu = office.line.platform.menus, wanted_menus()[2]
    menu_id = menus.create({**menu.definition, "name": menu.name})
    menus.set_image(menu_id, "image/png", menu.image)
    menus.aliases[menu.alias] = menu_id
    return menu_id


def linked(office: WorkerHarness) -> str | None:
    return office.line.platform.world.user(office.user).rich_menu


def test_answer_comes_first_and_the_menu_after_it(office: WorkerHarness, resume: str) -> None:
    office.receives("申込前チェック")
    office.works()
    assert office.paths() == ["reply", "list", resume]
    assert linked(office) == resume
    office.receives("横浜市")
    office.works()
    assert office.paths()[3:] == ["reply"], "nothing to change, nothing called"
    office.receives("データ削除")
    office.works()
    assert office.paths()[4:] == ["reply", "richmenu"]
    assert linked(office) is None


def test_link_that_line_refuses_costs_no_answer_and_is_not_repeated(office: WorkerHarness, resume: str) -> None:
    office.line.platform.menus.images.pop(resume)
    for text in ("申込前チェック", "やめる", "申込前チェック", "横浜市"):
        office.receives(text)
    office.works()
    assert len(office.heard) == 4
    assert [path for path in office.paths() if path != "reply"] == ["list", resume] * 2
    assert office.back.user_worker.dead_letters.newest() == []


def test_answer_that_has_to_wait_does_not_hold_up_the_menu(office: WorkerHarness, resume: str) -> None:
    office.receives("申込前チェック")
    office.line.control(failing=503, failing_count=1)
    office.works()
    assert linked(office) == resume
    office.works_when_due()
    assert len(office.heard) == 1
    assert office.paths().count(resume) == 1


def test_blocking_asks_for_the_usual_menu_without_a_word(office: WorkerHarness, resume: str) -> None:
    office.receives("申込前チェック")
    office.works()
    office.stores({"type": "unfollow", "webhookEventId": "E-block", "source": {"type": "user", "userId": office.user}})
    office.works()
    assert (linked(office), len(office.heard)) == (None, 1)
    assert office.paths()[-2:] == [resume, "richmenu"]


def test_nothing_about_the_menu_is_kept(office: WorkerHarness, resume: str) -> None:
    office.receives("申込前チェック")
    office.works()
    kept = [office.redis.dump(key) for key in office.redis.keys("*")]
    assert kept
    assert not [value for value in kept if value and (office.user.encode() in value or resume.encode() in value)]
