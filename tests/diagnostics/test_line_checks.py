"""Every state of LINE's side that the emulator can be put into: the line that breaks, and what it says to do."""

import re
import time
from dataclasses import replace
from typing import Literal

import pytest
from pydantic import SecretStr

from bot.diagnostics.result import CheckResult
from tests.conftest import PATIENT
from tests.diagnostics.answering import answering
from tests.diagnostics.conftest import Deployment
from tests.eventually import quickest

FINE = "ok"
LINES = ("token", "channel", "clock", "webhook", "webhook-test", "rich-menus", "quota")


def test_bot_that_is_all_right_breaks_no_line(deployment: Deployment) -> None:
    found = deployment.found()
    assert [(name, result) for name, result in found if result.state == "failed"] == []
    looked = {name for name, result in found if result.state == "manual"}
    assert looked - {"redis"} == {"redelivery", "greeting"}  # redis: Debian's server, whose line its makers have ended
    assert "Bot @bot" in next(result.message.en for name, result in found if name == "token")


def breaks(result: CheckResult, state: str, said: str, next_step: str) -> None:
    assert result.state == state
    assert said in result.message.en
    assert result.next_step
    assert next_step in result.next_step.en
    assert result.message.ja != result.message.en
    assert result.next_step.ja != result.next_step.en


def test_webhook_that_is_switched_off(deployment: Deployment) -> None:
    deployment.emulator.control(webhook_off=True)
    breaks(deployment.only("webhook"), "failed", "Use webhook is off", "switch Use webhook on")


def test_no_pushes_left(deployment: Deployment) -> None:
    deployment.emulator.control(monthly_limit=0)
    breaks(deployment.only("quota"), "failed", "used up (0/0)", "raise the limit")


@pytest.mark.parametrize(
    ("switches", "said"),
    [
        ({"failing": 500}, "no answer from LINE"),
        ({"failing": 503}, "no answer from LINE"),
        ({"drop": "before"}, "no answer from LINE"),
        ({"drop": "after"}, "no answer from LINE"),
    ],
    ids=str,
)
def test_platform_in_trouble_is_said_once_and_the_others_that_ask_it_are_not_looked_at(
    deployment: Deployment, switches: dict[str, object], said: str
) -> None:
    deployment.emulator.control(**switches)
    found = [(name, result) for name, result in deployment.found(*LINES) if result.state != "ok"]
    assert [(name, result.state) for name, result in found] == [
        ("token", "failed"),
        *((name, "skipped") for name in LINES[1:]),
    ]
    breaks(found[0][1], "failed", said, "look at LINE's status")
    assert {result.message.en for _, result in found[1:]} == {"not looked at, for the reason that token gives"}


@pytest.mark.parametrize(
    ("switches", "said"), [({"rate_limited": True}, "try again later"), ({"failing": 403}, "LINE refused")], ids=str
)
def test_call_that_is_refused_breaks_its_own_line(
    deployment: Deployment, switches: dict[str, object], said: str
) -> None:
    deployment.emulator.control(**switches)
    found = deployment.found(*LINES)
    broken = {name: result for name, result in found if result.state == "failed"}
    assert set(broken) == set(LINES)
    for result in broken.values():
        assert said in result.message.en
        assert result.next_step


def test_platform_that_is_too_slow_costs_a_bounded_time(deployment: Deployment) -> None:
    impatient = replace(PATIENT, account_api_seconds=(0.3, 0.3))
    deployment.emulator.control(slow=1.5)

    def looked() -> float:
        began = time.monotonic()
        result = deployment.only("token", limits=impatient)
        took = time.monotonic() - began
        if took < 1.5:  # else LINE may have answered before this machine went on
            breaks(result, "failed", "no answer from LINE", "look at LINE's status")
        return took

    assert quickest(looked, 1) < 1


def test_token_of_another_channel_is_named(deployment: Deployment) -> None:
    found = deployment.found(*LINES, line_channel_access_token=SecretStr("not-the-token"))
    ((name, result),) = [(name, result) for name, result in found if result.state == "failed"]
    assert name == "token"
    breaks(result, "failed", "does not accept the token (401)", "LINE_CHANNEL_ACCESS_TOKEN")
    assert [name for name, result in found if result.state == "skipped"] == list(LINES[1:])


def test_secret_of_another_channel_is_found_by_the_test_webhook(deployment: Deployment) -> None:
    deployment.emulator.platform.webhooks.secret = "of another channel"
    breaks(
        deployment.only("webhook-test"), "failed", "signature (400)", "LINE_CHANNEL_SECRET must be that of the token"
    )


def test_no_endpoint(deployment: Deployment) -> None:
    deployment.emulator.bot_url = ""
    wanted = f"set the webhook URL to {deployment.settings.public_url}/callback"
    breaks(deployment.only("webhook"), "failed", "is another: none", wanted)


def test_endpoint_of_another_bot(deployment: Deployment) -> None:
    deployment.emulator.bot_url = "https://old.example.jp/callback"
    wanted = f"set the webhook URL to {deployment.settings.public_url}/callback"
    breaks(deployment.only("webhook"), "failed", "https://old.example.jp/callback", wanted)


def test_nobody_listens(deployment: Deployment) -> None:
    breaks(deployment.only("webhook-test", public_url="http://127.0.0.1:9"), "failed", "cannot connect", "firewall")


def test_another_page_at_our_address(deployment: Deployment) -> None:
    elsewhere = f"{deployment.settings.public_url}/elsewhere"
    breaks(deployment.only("webhook-test", public_url=elsewhere), "failed", "no bot at that address", "proxy")


def test_events_cannot_be_stored(deployment: Deployment) -> None:
    with answering(503) as url:
        breaks(deployment.only("webhook-test", public_url=url), "failed", "cannot store events", "Redis")


def test_server_error_of_something_before_the_bot(deployment: Deployment) -> None:
    with answering(502) as url:
        breaks(deployment.only("webhook-test", public_url=url), "failed", "answered with 502", "logs of the proxy")


@pytest.mark.usefixtures("own_limits")
def test_webhook_that_takes_too_long(deployment: Deployment) -> None:
    with answering(200, after=2.3) as url:
        breaks(deployment.only("webhook-test", public_url=url), "failed", "within 2 seconds", "load of web")


def test_few_pushes_left(deployment: Deployment) -> None:
    deployment.emulator.control(monthly_limit=5)
    deployment.emulator.platform.sending.used = 4
    breaks(deployment.only("quota"), "warning", "few pushes are left this month (4/5)", "raise the limit")
    deployment.emulator.platform.sending.used = 1
    assert deployment.only("quota").state == FINE


def test_clock_that_is_wrong_by_an_hour(deployment: Deployment) -> None:
    deployment.emulator.advance(-3600)
    result = deployment.only("clock")
    breaks(result, "failed", "s from that of LINE", "NTP")
    found = re.match(r"the clock is \+(\d+) s", result.message.en)
    assert found
    assert abs(int(found[1]) - 3600) < 60


def test_clock_that_is_a_little_off(deployment: Deployment) -> None:
    deployment.emulator.advance(20)
    result = deployment.only("clock")
    assert result.state == "warning"
    found = re.match(r"the clock is -(\d+) s", result.message.en)
    assert found
    assert 10 <= int(found[1]) <= 21, "and what a stall took of it"


def test_own_clock_off_disagrees_with_redis_too(deployment: Deployment) -> None:
    deployment.extra["now"] = lambda: time.time() + 600
    said = [result.message.en for _, result in deployment.found("clock")]
    assert [text.split(" from that of ")[1] for text in said] == ["Redis", "LINE"]


def test_people_who_answer_beside_the_bot(deployment: Deployment) -> None:
    world = deployment.emulator.platform.world
    world.account = replace(world.account, mark_as_read="manual")
    breaks(deployment.only("token"), "warning", "chats are on", "switch chats off")


@pytest.mark.parametrize(("reads", "state"), [("auto", "failed"), ("manual", "ok")])
def test_desk_that_people_are_promised_needs_chats_that_they_can_answer(
    deployment: Deployment, reads: Literal["auto", "manual"], state: str
) -> None:
    world = deployment.emulator.platform.world
    world.account = replace(world.account, mark_as_read=reads)
    deployment.settings = deployment.settings.model_copy(update={"desk_chat": True})
    last = [result for name, result in deployment.found("token") if name == "token"][-1]
    assert last.state == state
    if state == "failed":
        breaks(last, "failed", "DESK_CHAT=1, but chats are off", "switch on chats")
