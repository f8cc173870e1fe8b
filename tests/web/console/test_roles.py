"""Roles: every route names one, nobody does more than theirs allows, and every act is in the audit."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from redis import Redis

from bot.content.release import release_units
from bot.settings import Settings, load_settings
from bot.store import keys
from bot.store.audit import KEPT_MS, AuditEntry, AuditLog
from bot.store.content_versions import ContentVersions, StoredDraft
from bot.store.login_attempts import CODES_OF_ONE_OPERATOR
from bot.web.app import create_app
from bot.web.console import roles
from bot.web.console.content_preview import Job
from bot.web.console.second_factor import address_of, code_at, is_right, new_secret
from bot.web.services import WebServices
from tests.web.console.conftest import PASSWORD, Operator

LEAD = "ui:welcome/lead"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def as_role(settings: Settings, role: str, **more: Any) -> Operator:
    totp = SecretStr(f"hanako={SECRET}")
    own = Settings(**{**settings.model_dump(), "console_roles": f"hanako={role}", "console_totp": totp, **more})
    operator = Operator(own)
    assert log_in(operator, code_at(SECRET, time.time())) == 303
    return operator


def log_in(operator: Operator, code: str) -> int:
    form = {"name": "hanako", "password": PASSWORD, "code": code, "csrf": operator.form_token()}
    return operator.client.post("/console/login", data=form).status_code


def posts(operator: Operator, path: str, **form: str) -> int:
    data = {"csrf": operator.form_token("/console/content"), "key": LEAD, "seen": "0", **form}
    return operator.client.post(f"/console/{path}", data=data).status_code


def test_every_route_of_the_console_names_its_role(console_settings: Settings) -> None:
    app = create_app(WebServices(console_settings))
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("console.")}
    assert routes == set(roles.NEEDED)


# The least role of every route, written down a second time: a slip in `roles.py` must not be its own proof.
LEAST = {
    "viewer": """GET / GET /questions GET /delivery GET /report GET /event GET /login POST /login POST /logout
        GET /content/ GET /content/unit GET /content/preview GET /content/book GET /content/history
        GET /content/version/1 GET /content/questions GET /content/questions.csv
        GET /content/typed GET /content/typing.js GET /content/tables GET /content/tables.csv""",
    "editor": """GET /content/new POST /content/unit POST /content/discard POST /content/remove POST /content/check
        POST /content/questions/state POST /content/questions/use
        POST /content/typed POST /content/tables POST /content/tables/use""",
    "publisher": "POST /content/publish POST /content/version/1/restore",
    "administrator": """GET /content/audit GET /content/audit.csv POST /letters/x/resend POST /letters/x/discard
        POST /letters/all/resend POST /letters/all/discard""",
}
ROUTES = {
    (words[place], words[place + 1]): role
    for role, text in LEAST.items()
    for words in [text.split()]
    for place in range(0, len(words), 2)
}


@pytest.mark.parametrize("role", LEAST)
def test_every_route_refuses_every_lower_role(
    console_settings: Settings, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Job, "begin", lambda *_: None)  # a process of seconds
    operator = as_role(console_settings, role)
    rules = [rule for rule in operator.client.application.url_map.iter_rules() if rule.rule.startswith("/console")]
    assert len(ROUTES) == sum(len((rule.methods or set()) & {"GET", "POST"}) for rule in rules)
    order, token = list(LEAST), operator.form_token("/console/delivery")
    routes = [route for route in ROUTES if route[1] not in ("/login", "/logout")]
    got = {
        (method, path): operator.client.open(
            f"/console{path}", method=method, data={"csrf": token} if method == "POST" else None
        )
        for method, path in routes
    }
    refused = {route for route, answer in got.items() if answer.status_code == 403}
    assert refused == {route for route in routes if order.index(ROUTES[route]) > order.index(role)}


def test_route_without_a_role_needs_the_highest() -> None:
    assert not roles.may("publisher", "console.new_one")
    assert roles.may("administrator", "console.new_one")


@pytest.mark.parametrize(
    ("role", "saves", "publishes", "resends"),
    [
        ("viewer", 403, 403, 403),
        ("editor", 303, 403, 403),
        ("publisher", 303, 303, 403),
        ("administrator", 303, 303, 303),
    ],
)
def test_role_allows_its_own_acts_only(
    console_settings: Settings, role: str, saves: int, publishes: int, resends: int
) -> None:
    operator = as_role(console_settings, role)
    assert posts(operator, "content/unit", **{"f:": "架空の案内です。"}) == saves
    assert posts(operator, "content/publish", why="x") == publishes
    assert posts(operator, f"letters/{'0' * 20}/resend") == resends
    assert operator.client.get("/console/content/audit").status_code == (200 if role == "administrator" else 403)
    page = operator.reads(f"content/unit?key={LEAD}")
    assert ("下書きを保存" in page) == (saves == 303)


def test_operator_who_is_not_named_only_looks(console_settings: Settings) -> None:
    totp = SecretStr(f"taro={SECRET}")
    own = Settings(**{**console_settings.model_dump(), "console_roles": "taro=administrator", "console_totp": totp})
    assert (own.role_of("hanako"), own.role_of("taro")) == ("viewer", "administrator")
    assert console_settings.role_of("hanako") == "administrator", "without CONSOLE_ROLES, as before"


@pytest.mark.parametrize(
    "value",
    [
        "hanako",
        "hanako=king",
        "hanako=viewer,taro=viewer",
        "Hanako=viewer",
        "hanako=viewer taro=viewer hanako=editor",
        "",
    ],
)
def test_malformed_roles_stop_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for name, text in (
        ("LINE_CHANNEL_SECRET", "x"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "x"),
        ("SECRET_KEY", "0" * 32),
        ("PUBLIC_URL", "https://x.example"),
        ("CONSOLE_ROLES", value),
    ):
        monkeypatch.setenv(name, text)
    if not value:
        assert load_settings().console_roles is None
        return
    with pytest.raises(Exception, match=r"^CONSOLE_ROLES: "):
        load_settings()


def test_with_approval_another_person_publishes(console_settings: Settings, redis: Redis) -> None:
    versions = ContentVersions(redis)
    said = release_units()[LEAD]
    versions.save_draft(LEAD, StoredDraft(said, said, "hanako"), seen=0)  # says what the release says: good
    hanako = as_role(console_settings, "publisher", content_approval=True)
    assert "自分が書いた下書きは公開できません" in hanako.reads("content/preview")
    posts(hanako, "content/publish", why="x")
    assert versions.current() == 0
    versions.discard_draft(LEAD, seen=1)
    versions.save_draft(LEAD, StoredDraft(said, said, "taro"), seen=0)
    posts(hanako, "content/publish", why="x")
    assert versions.current() == 1


def test_acts_are_in_the_audit_in_plain_sentences_with_before_and_after(
    console_settings: Settings, redis: Redis
) -> None:
    operator = as_role(console_settings, "administrator")
    posts(operator, "content/unit", **{"f:": "<b>架空の案内です。"})
    page = operator.reads("content/audit")
    assert f"「{LEAD}」の下書きを保存しました" in page
    assert re.search(r"<b>hanakoさん</b>: <bdi>ログインしました", page)
    assert "<del>" in page
    assert "&lt;" in page
    table = operator.client.get("/console/content/audit.csv").data
    assert table.startswith(b"\xef\xbb\xbf")
    assert "hanako" in table.decode("utf-8-sig").splitlines()[1]
    assert 0 < redis.xlen(keys.audit()) < 10


def test_login_in_a_browser_of_somebody_else_is_recorded_under_the_new_name(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    first = operator.client.get_cookie("madoguchi-console")
    assert first
    operator.client.delete_cookie("madoguchi-console")
    token = operator.form_token()
    operator.client.set_cookie("madoguchi-console", first.value)
    form = {"name": "taro", "password": "another pass phrase", "csrf": token}
    assert operator.client.post("/console/login", data=form).status_code == 303
    assert [(one.who, one.what) for one in AuditLog(redis).newest(2)] == [
        ("taro", "logged_in"),
        ("hanako", "logged_in"),
    ]


def test_audit_keeps_400_days_and_reads_on_over_what_is_damaged(redis: Redis) -> None:
    log = AuditLog(redis)
    old = int(time.time() * 1000) - KEPT_MS - 60_000
    redis.xadd(keys.audit(), {"entry": b'{"who":"taro","what":"save"}'}, id=f"{old}-0")
    redis.xadd(keys.audit(), {"entry": b"{"}, id=f"{old + 120_000}-0")
    redis.xadd(keys.audit(), {"entry": b'{"who":"x","what":"y","after":' + b"[" * 99_999}, id=f"{old + 120_001}-0")
    assert log.newest() == [], "not shown, although nobody has added anything since"
    log.add(AuditEntry("hanako", "publish", "1"))
    assert redis.xlen(keys.audit()) == 3, "a single old entry is deleted, too"
    assert [(one.who, one.what, one.target) for one in log.newest()] == [("hanako", "publish", "1")]
    assert 0 < redis.pttl(keys.audit()) <= KEPT_MS


def test_act_of_a_form_that_nobody_knows_leaves_the_others_readable(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    for entry in (
        b'{"who":"x","what":"a{b}","target":"{0}"}',
        b'{"who":"x","what":"save","after":[1,{"a":2.5}],"before":true}',
    ):
        redis.xadd(keys.audit(), {"entry": entry})
    assert "hanako" in operator.reads("content/audit")
    assert "hanako" in operator.reads("content/audit.csv")


def test_second_factor_is_wanted_and_each_code_works_once(console_settings: Settings) -> None:
    totp = SecretStr(f"hanako={SECRET}")
    operator = Operator(Settings(**{**console_settings.model_dump(), "console_totp": totp}))
    now = time.time()
    for wrong in ("", "12345", "１２３４５６", code_at(SECRET, now - 300)):
        assert log_in(operator, wrong) == 401
    code = code_at(SECRET, time.time())
    assert log_in(operator, f"{code[:3]} {code[3:]}") == 303
    assert log_in(Operator(Settings(**{**console_settings.model_dump(), "console_totp": totp})), code) == 401


def test_operator_has_one_second_factor(console_settings: Settings) -> None:
    twice = SecretStr(f"hanako={SECRET} hanako={new_secret()}")
    with pytest.raises(ValidationError, match="names an operator twice"):
        Settings(**{**console_settings.model_dump(), "console_totp": twice})


def test_code_from_a_japanese_keyboard_is_taken_and_two_logins_at_once_use_it_once(redis: Redis) -> None:
    wide = code_at(SECRET, time.time()).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda code: is_right(redis, "hanako", SECRET, code), [wide] * 8))
    assert sorted(found) == [False] * 7 + [True]


def test_wrong_codes_of_one_operator_have_a_limit_from_all_addresses_and_tell_nothing(
    console_settings: Settings, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody who knows a password would else have 100 codes in 15 minutes, of which three are right at a time."""
    totp = SecretStr(f"hanako={SECRET}")
    own = Settings(**{**console_settings.model_dump(), "console_totp": totp, "trusted_proxies": 1})
    operator = Operator(own)
    wrong = operator.client.post("/console/login", data={"name": "x", "csrf": operator.form_token()})
    for number in range(CODES_OF_ONE_OPERATOR):
        operator.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        assert log_in(operator, "000000") == 401
    operator.client.environ_base["HTTP_X_FORWARDED_FOR"] = "192.0.2.99"
    form = {"name": "hanako", "password": PASSWORD, "code": code_at(SECRET, time.time())}
    refused = operator.client.post("/console/login", data={**form, "csrf": operator.form_token()})
    assert (refused.status_code, refused.text) == (401, wrong.text), "the right code says nothing of the password"
    assert "console codes used up" in caplog.messages
    for key in redis.keys("*tries*"):  # the time of the window is over
        redis.delete(key)
    assert log_in(operator, code_at(SECRET, time.time())) == 303


@pytest.mark.parametrize("totp", [None, SecretStr("hanako=" + "A" * 32)])
def test_session_ends_when_the_second_factor_of_its_operator_changes(
    console_settings: Settings, totp: SecretStr | None
) -> None:
    operator = as_role(console_settings, "viewer")
    cookie = operator.client.get_cookie("madoguchi-console")
    assert cookie
    for changed, status in ((SecretStr(f"hanako={SECRET}"), 200), (totp, 303)):
        again = Operator(Settings(**{**console_settings.model_dump(), "console_totp": changed}))
        again.client.set_cookie("madoguchi-console", cookie.value)
        assert again.client.get("/console/").status_code == status


def test_who_may_publish_needs_a_second_factor(console_settings: Settings) -> None:
    for roles_given in ("hanako=publisher", "taro=administrator"):
        with pytest.raises(ValidationError, match="every publisher"):
            Settings(**{**console_settings.model_dump(), "console_roles": roles_given})
    assert Settings(**{**console_settings.model_dump(), "console_roles": "hanako=editor taro=viewer"}).console_roles


def test_app_is_told_whose_secret_it_is() -> None:
    secret = new_secret()
    assert f"secret={secret}" in address_of("hanako", secret)
    assert address_of("hanako", secret).startswith("otpauth://totp/madoguchi:hanako?")
