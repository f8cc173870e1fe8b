"""The login of the console: who gets in, for how long, and what a stranger can do: nothing."""

import logging
import time

import pytest
from pydantic import SecretStr
from redis import Redis

from bot.settings import Settings
from bot.store.audit import AuditLog
from bot.store.console_sessions import ABSOLUTE_SECONDS, IDLE_SECONDS
from bot.store.login_attempts import FROM_ALL_ADDRESSES, FROM_ONE_ADDRESS, LoginAttempts
from bot.web.app import create_app
from bot.web.console.passwords import digest_of
from bot.web.services import WebServices
from tests.conftest import SECRET_KEY
from tests.web.console.conftest import PASSWORD, Operator

COOKIE = "madoguchi-console"


def test_without_operators_there_is_no_console(settings: Settings) -> None:
    client = create_app(WebServices(settings)).test_client()
    for path in ("/console", "/console/", "/console/login", "/console/delivery", "/console/nothing"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert client.post("/console/login").status_code == 404


def test_right_password_opens_the_console(operator: Operator) -> None:
    answer = operator.logs_in()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/")
    assert "hanako さん" in operator.reads()


@pytest.mark.parametrize(
    ("name", "password"),
    [("hanako", "wrong"), ("nobody", PASSWORD), ("", ""), ("taro", PASSWORD), ("花子", "パスワード")],
)
def test_wrong_name_and_wrong_password_are_told_apart_by_nothing(operator: Operator, name: str, password: str) -> None:
    answer = operator.logs_in(name, password)
    assert answer.status_code == 401
    assert "利用者名かパスワードが違います" in answer.text
    assert operator.client.get("/console/").status_code == 303


def test_every_page_and_act_needs_a_login(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    csrf = operator.form_token("/console/")
    redis.delete(*redis.keys("mado:console:session:*"))
    application = operator.client.application
    rules = [rule for rule in application.url_map.iter_rules() if rule.rule.startswith("/console")]
    assert len(rules) >= 8
    acts = AuditLog(redis).newest()
    for rule in rules:
        path = rule.rule.replace("<letter_id>", "0" * 20).replace("<int:number>", "1")
        path = path.replace("<any(csv, xlsx):kind>", "csv")
        if rule.endpoint in ("console.log_in", "console.logged_in"):
            continue
        if "GET" in (rule.methods or ()):
            answer = operator.client.get(path)
        else:
            answer = operator.client.post(path, data={"csrf": csrf})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/console/login"), path
    assert AuditLog(redis).newest() == acts, "nobody has done anything"


@pytest.mark.parametrize("path", ["login", "logout", f"letters/{'0' * 20}/resend", f"letters/{'0' * 20}/discard"])
def test_form_without_its_token_changes_nothing(operator: Operator, path: str) -> None:
    operator.logs_in()
    for form in ({}, {"csrf": "x"}, {"csrf": "偽"}):
        assert operator.client.post(f"/console/{path}", data=form).status_code == 403
    assert "hanako さん" in operator.reads()


def test_token_of_another_browser_is_worth_nothing(operator: Operator, console_settings: Settings) -> None:
    foreign = Operator(console_settings).form_token()
    form = {"name": "hanako", "password": PASSWORD, "csrf": foreign}
    operator.form_token()
    assert operator.client.post("/console/login", data=form).status_code == 403


def test_form_that_another_site_sends_is_refused(operator: Operator) -> None:
    form = {"name": "hanako", "password": PASSWORD, "csrf": operator.form_token()}
    for site in ("cross-site", "same-site"):
        answer = operator.client.post("/console/login", data=form, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403


def test_eleventh_try_from_one_place_is_refused_in_every_web_process(
    console_settings: Settings, operator: Operator
) -> None:
    other = Operator(console_settings)
    codes = [(operator, other)[turn % 2].logs_in(password="wrong").status_code for turn in range(FROM_ONE_ADDRESS + 1)]
    assert codes == [401] * FROM_ONE_ADDRESS + [429]
    answer = other.logs_in()
    assert answer.status_code == 429, "even with the right password"
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert "15分ほど待ってから" in answer.text


def test_good_login_forgives_the_slips_before_it(operator: Operator, redis: Redis) -> None:
    tries = LoginAttempts(redis, SECRET_KEY)
    assert [tries.wait_seconds("127.0.0.1") for _ in range(FROM_ONE_ADDRESS - 1)] == [0] * (FROM_ONE_ADDRESS - 1)
    assert operator.logs_in().status_code == 303
    operator.sends("logout")
    assert operator.logs_in(password="wrong").status_code == 401


def test_many_places_together_have_a_limit_too(redis: Redis) -> None:
    tries = LoginAttempts(redis, SECRET_KEY)
    waits = [tries.wait_seconds(f"192.0.2.{place}") for place in range(FROM_ALL_ADDRESSES + 1)]
    assert (waits[:-1], waits[-1] > 0) == ([0] * FROM_ALL_ADDRESSES, True)


def test_addresses_of_one_ipv6_network_count_as_one_place_and_no_address_is_kept(redis: Redis) -> None:
    tries = LoginAttempts(redis, SECRET_KEY)
    waits = [tries.wait_seconds(f"2001:db8:1:2::{place:x}") for place in range(1, FROM_ONE_ADDRESS + 2)]
    assert waits[-1] > 0
    assert tries.wait_seconds("2001:db8:1:3::1") == 0
    assert not [key for key in redis.keys("*") if b"2001" in key]
    assert all(redis.ttl(key) > 0 for key in redis.keys("mado:console:*"))


ONE_PLACE = {
    "an address": [f"192.0.2.1{port}" for port in ("", ":1", ":1000", ":65535", ":", " ", ":x")] + ["::ffff:192.0.2.1"],
    "a network": [
        "2001:db8:9::1",
        "[2001:db8:9::2]",
        "[2001:db8:9::3]:5555",
        "[2001:db8:9::3]:5556",
        '"[2001:db8:9::4]:1"',
        "2001:DB8:9:0:0::5",
        "2001:db8:9::6%eth0",
        "[2001:db8:9::7%1]:1",
    ],
    "no address": [
        "",
        "unknown",
        "_hidden",
        "localhost",
        "1.2.3.4.5",
        "192.0.2.010",
        "[::1",
        "]:1",
        "あ",
        "x" * 300,
        ":",
    ],
}


@pytest.mark.parametrize("spellings", ONE_PLACE.values(), ids=list(ONE_PLACE))
def test_one_place_stays_one_however_its_address_is_written(redis: Redis, spellings: list[str]) -> None:
    tries = LoginAttempts(redis, SECRET_KEY)
    for number in range(FROM_ONE_ADDRESS):
        assert tries.wait_seconds(spellings[number % len(spellings)]) == 0
    assert [spelling for spelling in spellings if not tries.wait_seconds(spelling)] == []
    assert tries.wait_seconds("198.51.100.9") == 0
    tries.reset(spellings[-1])
    assert tries.wait_seconds(spellings[0]) == 0


def test_stranger_who_is_turned_away_again_and_again_writes_no_line_each_time(
    operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(FROM_ONE_ADDRESS + 20):
        operator.logs_in(password="wrong")
    turned_away = [record for record in caplog.records if record.message == "console login turned away"]
    assert len(turned_away) == 1


def test_what_a_client_says_of_its_address_counts_only_behind_a_trusted_proxy(
    console_settings: Settings, redis: Redis
) -> None:
    tries = LoginAttempts(redis, SECRET_KEY)
    for _ in range(FROM_ONE_ADDRESS):
        tries.wait_seconds("127.0.0.1")
        tries.wait_seconds("198.51.100.1")
    for trusted, code in ((0, 429), (1, 401), (2, 429)):
        operator = Operator(Settings(**{**console_settings.model_dump(), "trusted_proxies": trusted}))
        form = {"name": "hanako", "password": "wrong", "csrf": operator.form_token()}
        said = {"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}
        assert operator.client.post("/console/login", data=form, headers=said).status_code == code


def test_logout_holds_for_a_cookie_that_was_copied(operator: Operator, console_settings: Settings) -> None:
    operator.logs_in()
    cookie = operator.client.get_cookie(COOKIE)
    assert cookie
    thief = Operator(console_settings)
    thief.client.set_cookie(COOKIE, cookie.value)
    assert "hanako さん" in thief.reads()
    assert operator.sends("logout").status_code == 303
    assert thief.client.get("/console/").status_code == 303
    assert operator.client.get_cookie(COOKIE) is None


def test_token_that_was_planted_before_a_login_is_worth_nothing_after_it(operator: Operator) -> None:
    operator.form_token()
    planted = operator.client.get_cookie("madoguchi-login")
    assert planted
    operator.client.set_cookie(COOKIE, planted.value)
    operator.logs_in()
    assert "hanako さん" in operator.reads()
    operator.client.set_cookie(COOKIE, planted.value)
    assert operator.client.get("/console/").status_code == 303


def test_link_from_elsewhere_which_comes_without_cookies_ends_no_session(operator: Operator) -> None:
    """A strict cookie is not sent with it, so the login is shown; the next page must be open again."""
    operator.logs_in()
    cookie = operator.client.get_cookie(COOKIE)
    assert cookie
    operator.client.delete_cookie(COOKIE)
    assert operator.client.get("/console/", follow_redirects=True).request.path == "/console/login"
    assert operator.client.get_cookie(COOKIE) is None
    operator.client.set_cookie(COOKIE, cookie.value)
    assert "hanako さん" in operator.reads()


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1] + "!", lambda token: "x" + token, lambda _: "", lambda _: "é"]
)
def test_cookie_that_is_not_ours_is_no_login(operator: Operator, spoil: object) -> None:
    operator.logs_in()
    cookie = operator.client.get_cookie(COOKIE)
    assert cookie
    assert callable(spoil)
    operator.client.set_cookie(COOKIE, spoil(cookie.value))
    assert operator.client.get("/console/").status_code == 303


def test_idle_session_ends_by_itself_and_a_used_one_does_not(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    (key,) = redis.keys("mado:console:session:*")
    redis.expire(key, 5)
    operator.reads()
    assert IDLE_SECONDS - 5 <= int(redis.ttl(key)) <= IDLE_SECONDS
    redis.delete(key)
    assert operator.client.get("/console/").status_code == 303


def test_session_ends_in_the_evening_however_much_it_is_used(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.logs_in()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + ABSOLUTE_SECONDS - 60)
    operator.reads()
    monkeypatch.setattr(time, "time", lambda: now + ABSOLUTE_SECONDS + 1)
    assert operator.client.get("/console/").status_code == 303


def test_login_that_lies_further_ahead_than_clocks_differ_is_not_believed(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.logs_in()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 30)
    operator.reads()
    monkeypatch.setattr(time, "time", lambda: now - 7200)
    assert operator.client.get("/console/").status_code == 303


@pytest.mark.parametrize(
    "entries",
    [f"taro={digest_of('another pass phrase')}", f"hanako={digest_of('a new pass phrase')}"],
    ids=["left", "another password"],
)
def test_session_ends_with_its_operator_and_with_the_password(
    operator: Operator, console_settings: Settings, entries: str
) -> None:
    operator.logs_in()
    cookie = operator.client.get_cookie(COOKIE)
    assert cookie
    later = Operator(Settings(**{**console_settings.model_dump(), "console_users": SecretStr(entries)}))
    later.client.set_cookie(COOKIE, cookie.value)
    assert later.client.get("/console/").status_code == 303


def test_cookie_is_for_this_site_only_and_out_of_reach_of_scripts(console_settings: Settings) -> None:
    public = Settings(**{**console_settings.model_dump(), "public_url": "https://madoguchi.example.jp"})
    cookie = Operator(public).logs_in().headers["Set-Cookie"]
    assert cookie.startswith("__Host-madoguchi-console=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie


def test_stored_session_holds_neither_token_nor_password(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    cookie = operator.client.get_cookie(COOKIE)
    assert cookie
    (key,) = redis.keys("mado:console:session:*")
    kept = f"{key!r} {redis.get(key)!r}"
    assert cookie.value not in kept
    assert PASSWORD not in kept


def test_login_leads_to_the_console_whatever_the_address_asks_for(operator: Operator) -> None:
    form = {"name": "hanako", "password": PASSWORD, "csrf": operator.form_token(), "next": "https://evil.example"}
    answer = operator.client.post("/console/login?next=https://evil.example", data=form)
    assert answer.headers["Location"] == "/console/"


def test_acts_are_logged_with_the_name_and_never_with_what_was_typed(
    operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        operator.logs_in(password="wrong-secret")
        operator.logs_in(name="typed-secret")
        operator.logs_in()
        operator.sends("logout")
    noted = [
        (record.message, record.__dict__["operator"]) for record in caplog.records if "operator" in record.__dict__
    ]
    assert noted == [
        ("console login failed", "hanako"),
        ("console login failed", "unknown"),
        ("console login", "hanako"),
        ("console logout", "hanako"),
    ]
    assert "secret" not in caplog.text


def test_redis_that_is_away_is_said_and_lets_nobody_in(console_settings: Settings) -> None:
    away = Operator(Settings(**{**console_settings.model_dump(), "redis_url": "redis://127.0.0.1:1"}))
    form = {"name": "hanako", "password": PASSWORD, "csrf": away.form_token()}
    answer = away.client.post("/console/login", data=form)
    assert answer.status_code == 503
    assert "データに接続できません" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_large_form_is_refused(operator: Operator) -> None:
    form = {"name": "x" * 20_000, "password": "x", "csrf": operator.form_token()}
    assert operator.client.post("/console/login", data=form).status_code == 413
