"""The links of the content against servers on this machine; the real ones are asked by operators only."""

import pytest
from redis import Redis

from bot.commands.check import _record
from bot.diagnostics.context import CheckContext
from bot.diagnostics.link_checks import ask_links, content_links, published_links
from bot.diagnostics.result import failed, warning
from bot.diagnostics.runner import CHECKS, STAGES
from bot.settings import Settings
from bot.store.content_versions import ContentVersions, StoredVersion
from bot.store.link_results import LinkResultStore
from tests.diagnostics.answering import answering
from tests.scenario.kept import undocumented
from tests.servers import free_port


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "ok"), (404, "failed"), (410, "failed"), (403, "warning"), (429, "warning"), (503, "warning")],
)
def test_a_dead_address_fails_and_one_that_refuses_programs_warns(status: int, state: str) -> None:
    with answering(status) as url:
        (result,) = ask_links({f"{url}/page": "fee.yaml"})
    assert result.state == state
    assert state == "ok" or (f"{url}/page" in result.message.ja and "fee.yaml" in result.message.en)


def test_a_server_that_is_gone_fails_and_hides_no_other() -> None:
    with answering(404) as url:
        found = list(ask_links({f"http://127.0.0.1:{free_port()}/": "plan.yaml", url: "fee.yaml"}))
    assert [result.state for result in found] == ["failed", "failed"]


def test_a_server_that_hangs_fails_within_its_time() -> None:
    with answering(200, after=1.0) as url:
        (result,) = ask_links({url: "fee.yaml"}, seconds=0.2)
    assert result.state == "failed"


def test_each_address_of_the_content_is_listed_once_with_its_file() -> None:
    found = content_links()
    assert found["https://linegov.com/application/plan-form.php"].endswith(".yaml")
    assert not [address for address in found if "#" in address or "{" in address]


def test_other_peoples_servers_are_asked_only_by_name() -> None:
    (check,) = [check for check in CHECKS if check.name == "links"]
    assert not [stage for stage in ("offline", "before", "after") if check.stage in STAGES[stage]]


def test_links_of_what_is_published_are_asked_too(redis: Redis, settings: Settings) -> None:
    unit, entry = "knowledge/fee:entries/plan_fee", {"links": [{"label": "x", "url": "https://example.jp/new#part"}]}
    ContentVersions(redis).publish(StoredVersion("taro", "x", {unit: (entry, None)}), after=0)
    assert published_links(CheckContext(settings)) == {"https://example.jp/new": unit}
    nowhere = Settings(**{**settings.model_dump(), "redis_url": f"redis://127.0.0.1:{free_port()}"})
    assert published_links(CheckContext(nowhere)) == {}


def test_recorded_result_is_shown_to_the_editors(redis: Redis, settings: Settings) -> None:
    dead = failed("https://example.jp は開けません", "x", next_step=("x", "x"))
    refused = warning("https://example.jp/a が 403 を返しました", "x", next_step=("x", "x"))
    _record(CheckContext(settings), {"links": "failed"}, [dead, refused])
    found = LinkResultStore(redis).read()
    assert found is not None
    assert (found.dead, found.doubtful) == ((dead.message.ja,), (refused.message.ja,))
    assert undocumented(redis) == []
