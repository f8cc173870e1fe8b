import socket
import time
import uuid
from functools import partial

import pytest
import urllib3

from line_emulator import Emulator
from line_emulator.records import MOST_UNCOVERED
from tests.eventually import quickest
from tests.line_emulator.small_bot import LineClient, text

UUID4 = 36


def test_every_answer_has_a_request_id_of_its_own(line: LineClient) -> None:
    answers = [line.get("/v2/bot/info"), line.get("/v2/bot/info"), line.get("/v2/bot/insight/followers")]
    found = {answer.headers["x-line-request-id"] for answer in answers}
    assert len(found) == 3
    assert all(str(uuid.UUID(one)) == one for one in found)


@pytest.mark.parametrize("path", ["/v2/bot/info", "/v2/bot/user/all/richmenu"])
def test_a_wrong_token_is_refused_everywhere(line: LineClient, path: str) -> None:
    assert line.call("GET", path, token="another").status == 401


def test_a_call_without_a_token_is_refused(emulator: Emulator) -> None:
    pool = urllib3.PoolManager(retries=False)
    assert pool.request("GET", emulator.url + "/v2/bot/info").status == 401
    pool.clear()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/bot/pnp/push"),
        ("GET", "/v2/bot/membership/list"),
        ("GET", "/v2/bot/coupon"),
        ("GET", "/liff/v1/apps"),
        ("POST", "/shop/v3/mission"),
        ("GET", "/v1/x"),
        ("GET", "/v2"),
        ("PATCH", "/staticky"),
        ("DELETE", "/窓口"),
    ],
)
def test_what_is_not_covered_says_so(emulator: Emulator, line: LineClient, method: str, path: str) -> None:
    answer = line.call(method, path, {})
    assert answer.status == 501
    assert answer.json()["message"].startswith(f"The emulator does not cover {method} {path}")
    assert answer.headers["x-line-request-id"] == emulator.calls[-1].request_id
    assert emulator.calls[-1].verdict == "uncovered"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/module/auth/v1/token"), ("POST", "/liff/v1/apps")],
)
def test_what_is_not_covered_says_so_to_those_who_have_no_token_yet(emulator: Emulator, method: str, path: str) -> None:
    pool = urllib3.PoolManager(retries=False)
    assert pool.request(method, emulator.url + path).status == 501
    assert emulator.calls[-1].verdict == "uncovered"
    pool.clear()


@pytest.mark.parametrize("path", ["/_/nothing", "/_", "/static/nothing.js", "/static", "/favicon.ico"])
def test_what_the_page_lacks_is_not_found_and_no_call_of_the_bot(
    emulator: Emulator, line: LineClient, path: str
) -> None:
    assert line.get(path).status == 404
    assert list(emulator.calls) == []


@pytest.mark.parametrize("path", ["/", "/gallery", "/_/state", "/static/js/api.js"])
@pytest.mark.usefixtures("user")
def test_the_page_is_no_call_of_the_bot(emulator: Emulator, line: LineClient, path: str) -> None:
    assert line.get(path).status == 200
    assert list(emulator.calls) == []


def test_another_media_type_than_json_is_refused(line: LineClient) -> None:
    data = b'{"messages": []}'
    assert line.call("POST", "/v2/bot/message/push", data=data, mime="text/plain").status == 415
    assert line.call("POST", "/v2/bot/message/push").status == 415


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000], ids=["empty", "cut", "no utf-8", "deep"])
def test_a_body_that_is_no_json_is_refused(line: LineClient, data: bytes) -> None:
    assert line.call("POST", "/v2/bot/message/push", data=data).status == 400


def test_more_than_two_megabytes_are_refused(emulator: Emulator, line: LineClient) -> None:
    body = {"messages": [text("a")], "padding": "a" * 2_000_000}
    answer = line.post("/v2/bot/message/validate/push", body)
    assert answer.status == 413
    assert emulator.calls[-1].verdict == "refused"


def test_calls_that_need_no_token_are_recorded_briefly_and_push_out_none_of_the_bots(
    emulator: Emulator, line: LineClient
) -> None:
    line.get("/v2/bot/info")
    pool = urllib3.PoolManager(retries=False)
    for _ in range(MOST_UNCOVERED + 20):
        pool.request("POST", f"{emulator.url}/v1/x", body=b"{}", headers={"Content-Type": "application/json"})
    large = {"Content-Type": "application/json", "X-Line-Retry-Key": "k" * 5000}
    pool.request("POST", f"{emulator.url}/v1/{'y' * 20_000}", body=b'["' + b"a" * 1_500_000 + b'"]', headers=large)
    pool.request("POST", f"{emulator.url}/v2/bot/message/push", body=b'["' + b"a" * 1_500_000 + b'"]', headers=large)
    pool.clear()
    calls = emulator.calls
    assert [call.path for call in calls if call.verdict == "accepted"] == ["/v2/bot/info"]
    assert len([call for call in calls if call.verdict == "uncovered"]) == MOST_UNCOVERED
    assert calls[-1].status == 401
    assert all(len(repr(call)) < 15_000 for call in calls)


def test_a_call_is_recorded_with_all_that_concerns_it(emulator: Emulator, line: LineClient, user: str) -> None:
    key = str(uuid.uuid4())
    answer = line.push(user, text("a"), key=key)
    call = emulator.calls[-1]
    assert (call.method, call.path, call.status, call.verdict) == ("POST", "/v2/bot/message/push", 200, "accepted")
    assert (call.retry_key, call.request_id) == (key, answer.headers["x-line-request-id"])
    assert call.request["messages"] == [text("a")]
    assert call.response == answer.json()


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [
        ("POST", "/v2/bot/channel/webhook/test", 60),
        ("GET", "/v2/bot/richmenu/list", 10),
        ("DELETE", "/v2/bot/richmenu/x", 100),
    ],
)
def test_an_endpoint_has_its_documented_rate(
    line: LineClient, monkeypatch: pytest.MonkeyPatch, method: str, path: str, most: int
) -> None:
    monkeypatch.setattr("line_emulator.clock.Clock.seconds", lambda _: 1e9)  # nothing comes back while it is used up
    statuses = [line.call(method, path, {} if method == "POST" else None).status for _ in range(most + 3)]
    assert 429 not in statuses[:most]
    assert statuses[-1] == 429


def test_failing_answers_so_many_calls_with_the_status(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.control(failing=503, failing_count=2)
    assert [line.push(user, text("a")).status for _ in range(3)] == [503, 503, 200]
    assert [call.verdict for call in emulator.calls] == ["fault", "fault", "accepted"]
    assert len(emulator.answers(user)) == 1
    assert emulator.refusals == []


def test_failing_without_a_count_lasts_until_it_is_switched_off(emulator: Emulator, line: LineClient) -> None:
    emulator.control(failing=500)
    assert [line.get("/v2/bot/info").status for _ in range(3)] == [500] * 3
    emulator.control(failing=None)
    assert line.get("/v2/bot/info").status == 200


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
def test_a_cut_connection_leaves_the_outcome_unknown(
    emulator: Emulator, line: LineClient, user: str, when: str, sent: int
) -> None:
    emulator.control(drop=when, drop_count=1)
    with pytest.raises(urllib3.exceptions.ProtocolError):
        line.push(user, text("a"))
    assert len(emulator.answers(user)) == sent
    assert (emulator.calls[-1].verdict, emulator.calls[-1].status) == ("fault", 0)
    assert line.push(user, text("b")).status == 200


def test_a_push_whose_answer_was_lost_is_accepted_already(emulator: Emulator, line: LineClient, user: str) -> None:
    key = str(uuid.uuid4())
    emulator.control(drop="after", drop_count=1)
    with pytest.raises(urllib3.exceptions.ProtocolError):
        line.push(user, text("a"), key=key)
    again = line.push(user, text("a"), key=key)
    assert (again.status, len(emulator.answers(user))) == (409, 1)
    assert again.headers["x-line-accepted-request-id"] == emulator.calls[0].request_id


def test_calls_are_slow_only_for_those_who_are_named(emulator: Emulator, line: LineClient) -> None:
    slow, quick = emulator.new_user(), emulator.new_user()
    emulator.control(slow=0.4, slow_for=[slow])

    def took(user: str) -> float:
        started = time.monotonic()
        assert line.push(user, text("お知らせ")).status == 200
        return time.monotonic() - started

    assert took(slow) > 0.4
    assert quickest(partial(took, quick), 0.4) < 0.4


def test_slow_calls_take_their_time(emulator: Emulator, line: LineClient) -> None:
    emulator.control(slow=0.2)
    started = time.perf_counter()
    line.get("/v2/bot/info")
    assert time.perf_counter() - started >= 0.2
    assert emulator.calls[-1].ms >= 200


def test_the_nth_message_is_refused_and_the_others_not(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.control(refuse_message=2)
    assert [line.push(user, text("a")).status for _ in range(3)] == [200, 400, 200]


def test_every_nth_message_is_refused_until_that_is_switched_off(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    emulator.control(refuse_every=3)
    assert [line.push(user, text("a")).status for _ in range(7)] == [200, 200, 400, 200, 200, 400, 200]
    emulator.control(refuse_every=None)
    assert [line.push(user, text("a")).status for _ in range(3)] == [200, 200, 200]


def test_no_chat_is_refused_twice_in_a_row_by_one_of_every_n(emulator: Emulator, line: LineClient, user: str) -> None:
    other = emulator.new_user()
    emulator.control(refuse_every=2)
    assert [line.push(one, text("a")).status for one in (user, other, user, other, user, user)] == [
        200,
        400,
        200,
        200,
        200,
        400,
    ]


@pytest.mark.parametrize(("drop", "acted"), [("before", False), ("after", True)])
def test_record_tells_whether_line_acted_before_the_connection_was_cut(
    emulator: Emulator, line: LineClient, user: str, drop: str, acted: bool
) -> None:
    emulator.control(drop=drop, drop_count=1)
    with pytest.raises(urllib3.exceptions.HTTPError):
        line.push(user, text("a"))
    assert (emulator.calls[-1].status, emulator.calls[-1].acted) == (0, acted)
    assert len(emulator.seen(user)) == acted


def test_the_rate_limit_can_be_switched_on(emulator: Emulator, line: LineClient) -> None:
    emulator.control(rate_limited=True)
    assert line.get("/v2/bot/info").status == 429
    assert emulator.calls[-1].verdict == "fault"


def test_request_that_breaks_off_is_recorded_and_harms_nothing(emulator: Emulator, line: LineClient) -> None:
    host, port = emulator.url.removeprefix("http://").split(":")
    head = "POST /v2/bot/message/reply HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n"
    with socket.create_connection((host, int(port))) as sender:
        sender.sendall(f"{head}Authorization: Bearer {emulator.platform.access.first}\r\n\r\n{{".encode())
    assert emulator.platform.world.feed.wait_until(lambda: bool(emulator.platform.records.calls), 60)
    assert (emulator.calls[-1].status, emulator.calls[-1].acted) == (400, False)
    assert line.get("/v2/bot/info").status == 200


def test_what_would_not_show_is_recorded_beside_an_accepted_call(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    body = {"type": "box", "layout": "vertical", "contents": [text("一\n二")]}
    line.push(user, {"type": "flex", "altText": "a", "contents": {"type": "bubble", "body": body}})
    assert emulator.calls[-1].verdict == "accepted"
    assert [hint.property for hint in emulator.calls[-1].hints] == ["/messages/0/contents/body/contents/0/wrap"]
