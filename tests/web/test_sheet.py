"""The sheet over HTTP: what a section head has to see, under headers that keep it to its reader."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.sheet.links import SheetLinks
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.edition import EDITION
from tests.web.conftest import token

TODAY = today_in_japan()
FORM = "https://linegov.com/application/plan-form.php"
READY: dict[str, object] = {
    "has_account": True,
    "body": "神奈川県横浜市",
    "applicant": "staff",
    "account_name": "横浜市",
    "verified": "yes",
    "plan_in_use": "none",
    "current_plan": "communication",
    "email_domain": "city.yokohama.lg.jp",
}
VERDICTS: dict[str, tuple[dict[str, object], str]] = {
    "ready": (READY, "条件がそろっています"),
    "unclear": ({**READY, "verified": None}, "確認が残っています"),
    "action_needed": ({**READY, "verified": "no"}, "先に整えることがあります"),
    "not_eligible": ({"body": "横浜市中区"}, "プランの対象外です"),
    "already_applied": ({"body": "横浜市", "plan_in_use": "this_account"}, "すでに適用済みです"),
}


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(WebServices(settings)).test_client()


def page(client: FlaskClient, links: SheetLinks, answers: dict[str, object], on: date = TODAY) -> str:
    answer = client.get(f"/sheet/{token(links, answers, on)}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("name", VERDICTS)
def test_each_verdict_has_its_sheet_with_the_five_conditions_and_no_promise(
    client: FlaskClient, links: SheetLinks, name: str
) -> None:
    answers, headline = VERDICTS[name]
    html = page(client, links, answers)
    assert headline in html
    for part in ("アカウントの利用者", "アカウントの名称", "認証済アカウント", "1団体1アカウント", "申込者"):
        assert f'<th scope="row">{part}</th>' in html
    assert "お約束するものではありません" in html
    assert EDITION in html


@pytest.mark.parametrize("name", ["ready", "unclear", "action_needed"])
def test_who_may_apply_finds_the_form_as_text_and_as_qr_code(client: FlaskClient, links: SheetLinks, name: str) -> None:
    html = page(client, links, VERDICTS[name][0])
    assert f">{FORM}</a>" in html
    assert html.count("<svg") == 1


@pytest.mark.parametrize("name", ["not_eligible", "already_applied"])
def test_who_need_not_apply_is_not_sent_to_the_form(client: FlaskClient, links: SheetLinks, name: str) -> None:
    html = page(client, links, VERDICTS[name][0])
    assert FORM not in html
    assert "<svg" not in html


def test_ready_sheet_has_the_dates_and_they_hold_on_a_later_day(client: FlaskClient, links: SheetLinks) -> None:
    """The dates are those of the day of the check, whenever the link is opened."""
    html = page(client, links, {**READY, "apply_date": None}, TODAY - timedelta(days=20))
    day = TODAY - timedelta(days=20)
    assert f"確認日 {day.year}年{day.month}月{day.day}日" in html
    assert f"令和{day.year - 2018}年" in html
    assert f"<span>申込日</span><b>{day.month}月{day.day}日" in html


def test_steps_have_boxes_to_tick_and_say_what_cannot_be_undone(client: FlaskClient, links: SheetLinks) -> None:
    html = page(client, links, READY)
    steps = html.partition('<ol class="steps">')[2].partition("</ol>")[0]
    assert steps.count('<span class="box"') == steps.count("<li>") == 6
    assert "取り消せません</b>プランを適用したアカウントは、原則変更できません。" in html


def test_block_for_approval_is_there_to_be_filled_in_by_hand(client: FlaskClient, links: SheetLinks) -> None:
    html = page(client, links, READY)
    for part in ("起案用", "起案番号", "起案日", "決裁日", "決裁", "課長", "係長", "起案者", "（伺い）"):
        assert part in html


def test_paper_has_no_buttons_so_the_desks_address_is_printed(client: FlaskClient, links: SheetLinks) -> None:
    answers = {**READY, "account_name": "神奈川県横浜市役所", "verified": "no"}
    assert "運用窓口のメール：<span>ml-new-public-account@lycorp.co.jp</span>" in page(client, links, answers)


def test_what_a_person_typed_is_text_and_never_markup(client: FlaskClient, links: SheetLinks) -> None:
    typed = '<script>alert(1)</script>"><img src=x>'
    html = page(client, links, {"body": typed, "account_name": typed})
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_headers_keep_the_sheet_to_its_reader(client: FlaskClient, links: SheetLinks) -> None:
    headers = client.get(f"/sheet/{token(links, READY, TODAY)}").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "noindex" in headers["X-Robots-Tag"]
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "Set-Cookie" not in headers


def test_sheet_has_no_script_and_asks_no_other_host_for_anything(client: FlaskClient, links: SheetLinks) -> None:
    html = page(client, links, READY)
    for part in ("<script", "javascript:", " on", "src=", "@import", "url(", "<link", "<iframe", "style="):
        assert part not in html.replace(" on your", "")


def test_expired_link_says_so_kindly(client: FlaskClient, links: SheetLinks) -> None:
    answer = client.get(f"/sheet/{token(links, READY, TODAY - timedelta(days=31))}")
    assert (answer.status_code, answer.mimetype) == (410, "text/html")
    assert "期限が過ぎました" in answer.text
    assert "申込前チェック" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("garbage", ["x", "a.b", "A" * 5_000, "%E3%81%B2", "%00", "%ff"])
def test_link_that_is_none_of_ours_is_404_with_a_way_on(client: FlaskClient, garbage: str) -> None:
    answer = client.get(f"/sheet/{garbage}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "LINEのトーク" in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_altered_link_is_404(client: FlaskClient, links: SheetLinks) -> None:
    made = token(links, READY, TODAY)
    assert client.get(f"/sheet/{made[:10]}{'A' if made[10] != 'A' else 'B'}{made[11:]}").status_code == 404
