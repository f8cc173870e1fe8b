"""The plugin for pytest, in projects of their own whose bots call LINE's real hosts."""

import re

import pytest

from line_emulator.pytest_plugin import _file_name

pytest_plugins = ["pytester"]

CALLS = """
import json, os, urllib.request

def reply(event, text):
    body = {"replyToken": event["replyToken"], "messages": [{"type": "text", "text": text}]}
    headers = {"Authorization": "Bearer " + os.environ["LINE_CHANNEL_ACCESS_TOKEN"], "Content-Type": "application/json"}
    request = urllib.request.Request("https://api.line.me/v2/bot/message/reply", json.dumps(body).encode(), headers)
    try:
        urllib.request.urlopen(request)
    except urllib.error.HTTPError:
        pass

def handle(body):
    for event in json.loads(body)["events"]:
        if event["type"] == "message":
            reply(event, event["message"]["text"].replace("nothing", ""))
"""
WSGI = """
from calls import handle

def app(environ, start_response):
    handle(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]
"""
ASGI = """
import asyncio
from calls import handle

state = []

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            state.append("started")
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    message = await receive()
    assert state == ["started"] and scope["path"] == "/hook" and dict(scope["headers"])[b"x-line-signature"]
    await asyncio.to_thread(handle, message["body"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"OK"})
"""
TESTS = """
import pytest

def test_answer(line, line_user):
    line.says(line_user, "Hello")
    assert line.wait_for(line_user, 1)[0].text == "Hello"

def test_starts_afresh(line):
    assert line.calls == []
    assert line.platform.world.users == {}
    ann = line.new_user("Ann")
    line.control(failing=500, failing_count=1)
    line.advance(3600)
    line.says(ann, "lost")

def test_no_fault_and_no_moved_time_is_left(line, line_user):
    assert line.control().failing is None
    line.says(line_user, "Hello")
    assert [entry.text for entry in line.answers(line_user)] == ["Hello"]

def test_refused_without_being_noticed(line, line_user):
    line.says(line_user, "nothing")

@pytest.mark.line_refusals
def test_refused_on_purpose(line, line_user):
    line.says(line_user, "nothing")
    assert line.refusals

def test_fails(line, line_user):
    line.says(line_user, "Hello")
    assert False
"""
RUN = ("-p", "line_emulator.pytest_plugin", "-p", "no:cacheprovider")


@pytest.fixture(autouse=True)
def no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture(params=[WSGI, ASGI], ids=["WSGI", "ASGI"])
def project(request: pytest.FixtureRequest, pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(calls=CALLS, app=request.param, test_bot=TESTS)
    pytester.makeini("[pytest]\nline_bot = app:app\nline_path = /hook\n")
    return pytester


def test_bot_is_served_and_tests_are_apart_and_refusals_fail(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # that of a network, which reaches no emulator
    done = project.runpytest_subprocess(*RUN)
    done.assert_outcomes(passed=4, failed=2)
    done.stdout.fnmatch_lines(
        [
            "*test_refused_without_being_noticed*",
            "LINE would refuse:",
            "*POST /v2/bot/message/reply*",
            "*400 refused*",
            "*/messages/0/text: must be non-empty text*",
            "*sent: *replyToken*",
            "*LINE: webhooks and calls*",
            "webhook  message 'Hello'",
            "*POST /v2/bot/message/reply*",
            "*200 accepted*",
        ]
    )


def test_conversation_is_kept_compared_and_written_anew(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(calls=CALLS, app=WSGI)
    pytester.makeini("[pytest]\nline_bot = app\n")
    pytester.makepyfile(
        test_talk="""
import pytest

@pytest.mark.parametrize("kind", ["new", "changed"])
def test_talk(line, line_user, line_snapshot, kind):
    line.says(line_user, "Hello " + line_user)
    line_snapshot(line_user)
"""
    )
    folder = pytester.path / "__snapshots__" / "test_talk"
    folder.mkdir(parents=True)
    (folder / "test_talk-changed.txt").write_text("Ann: Bye <id>\n")
    failed = pytester.runpytest_subprocess(*RUN)
    failed.assert_outcomes(failed=2)
    failed.stdout.fnmatch_lines(["*write it with --line-update*", "Ann: Hello <id>"])
    failed.stdout.fnmatch_lines(["*--line-update accepts it*", "-Ann: Bye <id>", "+Ann: Hello <id>"])
    pytester.runpytest_subprocess(*RUN, "--line-update").assert_outcomes(passed=2)
    for name in ("new", "changed"):
        assert (folder / f"test_talk-{name}.txt").read_text() == "Ann: Hello <id>\n\nBot: Hello <id>\n"


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("test_x", "test_x"),
        ("test_p_x", "test_p_x"),
        ("test_p[x]", "test_p-x"),
        ("TestA::test_x", "TestA.test_x"),
        ("TestB::test_x", "TestB.test_x"),
        ("TestB::TestC::test_x[a-1.5]", "TestB.TestC.test_x-a-1.5"),
    ],
)
def test_conversation_is_named_by_class_and_parameters(test: str, name: str) -> None:
    assert _file_name(test) == name


def test_parameters_that_no_file_name_holds_get_names_of_their_own() -> None:
    odd = ["p[+]", "p[*]", "p[/]", "p[a b]", "p[a/b]", "p[\\u306f]", "p[\\u3044]", f"p[{'x' * 300}]", f"p[{'x' * 301}]"]
    names = [_file_name(test) for test in odd]
    assert len(set(names)) == len(odd)
    assert all(re.fullmatch(r"[\w.-]{1,99}", name, re.ASCII) for name in names)


def test_bot_can_be_given_by_a_fixture_or_a_url_and_must_be_given(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(calls=CALLS, app=WSGI)
    pytester.makepyfile(
        test_fixture="""
import pytest

@pytest.fixture(scope="session")
def line_bot(line_platform):
    from app import app
    return app

def test_answer(line, line_user):
    line.says(line_user, "Hello")
    assert line.answers(line_user)[0].text == "Hello"
""",
        test_url="""
def test_url(line):
    assert line.bot_url == "http://127.0.0.1:9/callback"
""",
        test_none="def test_none(line): pass",
    )
    url = "line_bot=http://127.0.0.1:9/callback"
    pytester.runpytest_subprocess(*RUN, "-o", url, "test_url.py", "test_fixture.py").assert_outcomes(passed=2)
    none = pytester.runpytest_subprocess(*RUN, "test_none.py")
    none.assert_outcomes(errors=1)
    none.stdout.fnmatch_lines(["*name the bot in the settings of pytest*"])
