"""The content in the console: found, mended as a draft, checked, published and restored, by two operators at once."""

import html
import re
import threading
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from redis import Redis

from bot.content.console_content_texts import console_content_texts
from bot.content.release import release_units
from bot.content.units import Change
from bot.content_editing.preview import rightness
from bot.content_editing.preview_result import Outcome, Preview, Problem
from bot.content_editing.publishing import publish
from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.store.content_versions import ContentVersions, StoredDraft, StoredVersion
from bot.store.link_results import LinkResultStore
from bot.store.source_text import SourceText
from bot.understanding.lines import Line
from bot.web.console import content_preview
from tests.web.console.conftest import Operator

LEAD = "ui:welcome/lead"
FEE = "knowledge/fee:entries/plan_fee"


def form(page: str) -> dict[str, str]:
    """Return the fields of the edit form as a browser would send them."""
    part = page.split('action="/console/content/unit"')[1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', part))
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', part, re.DOTALL)
    return {name: html.unescape(value) for name, value in {**found, **dict(areas)}.items()}


def saves(operator: Operator, unit: str, **changed: str) -> int:
    fields = form(operator.reads(f"content/unit?key={unit}"))
    fields |= {f"f:{name}": value for name, value in changed.items()}
    return operator.client.post("/console/content/unit", data=fields).status_code


def checked(monkeypatch: pytest.MonkeyPatch, preview: Preview) -> None:
    """Let the check find this at once; the real one takes a process and a dozen seconds."""
    monkeypatch.setattr(content_preview.Job, "_run", lambda _self: msgspec.json.encode(preview))
    monkeypatch.setattr(threading, "Thread", _AtOnce)


class _AtOnce:
    def __init__(self, target: object, **_options: object) -> None:
        self.start = target


def test_entry_is_found_by_its_words_and_a_sentence_too(hanako: Operator) -> None:
    page = hanako.reads("content?q=完全無料か")
    assert f"key={FEE.replace(':', '%3A')}" in page or FEE in page
    assert "地方公共団体プランの料金" in page
    assert LEAD.replace(":", "%3A") in hanako.reads("content?q=友だち追加ありがとう")
    assert "見つかりませんでした" in hanako.reads("content?q=存在しないことばです")


def test_search_finds_a_word_however_it_is_typed(hanako: Operator) -> None:
    def found(words: str) -> list[str]:
        return re.findall(r"/unit\?key=([^\"]+)", hanako.reads(f"content?q={words}"))

    for typed in ("ぱーとなー", "ﾊﾟｰﾄﾅｰ", "ハ\u309aートナー", "パ−トナ−", "パ‐トナ‐", "パ~トナ〜"):
        assert found(typed) == found("パートナー") != [], typed


def test_form_shows_the_fields_of_the_model_with_their_limits_and_the_page_of_the_source(hanako: Operator) -> None:
    page = hanako.reads(f"content/unit?key={FEE}")
    assert "20文字まで" in page
    assert "6行まで" in page
    assert re.search("出典: .*4ページ", page)
    assert form(page)["f:short"] == "プランの料金"
    assert "完全無料か\n" in form(page)["f:ask"]


def test_related_answers_are_named_by_their_titles(hanako: Operator, versions: ContentVersions) -> None:
    fields = form(hanako.reads(f"content/unit?key={FEE}"))
    said = release_units()[FEE]
    assert isinstance(said, dict)
    assert not re.search("[a-z]{3}_", fields["f:related"])
    saves(hanako, FEE, related=f"{fields['f:related']}\nプレミアムIDの料金\nそんな回答はない")
    related = versions.drafts()[FEE].value["related"]
    assert related == [*said["related"], "pid_fee", "そんな回答はない"]  # type: ignore[misc]  # a list


def test_entries_to_be_looked_at_again_are_listed_before_their_day(hanako: Operator) -> None:
    assert "見直すもの" not in hanako.reads("content")
    today = today_in_japan()
    for unit, day in (
        (FEE, today - timedelta(1)),
        (f"{FEE}s", today + timedelta(30)),
        (f"{FEE}x", today + timedelta(31)),
    ):
        saves(hanako, unit, title=f"架空{day}", review_by=day.isoformat())
    part = hanako.reads("content").split('id="due"')[1].split("</section>")[0]
    assert f"期限を過ぎています（{today - timedelta(1)}まで）" in part
    assert f"<p>{today + timedelta(30)}まで</p>" in part
    assert part.count("<li>") == 2
    saves(hanako, FEE, review_by="来年")
    assert "見直しの期限</b>: 日を「2027-03-31」" in hanako.reads(f"content/unit?key={FEE}")


def test_links_that_did_not_open_lead_to_their_entries(hanako: Operator, redis: Redis) -> None:
    assert "まだ検査していません" in hanako.reads("content")
    address = "https://www.lycbiz.com/jp/service/line-official-account/plan/"
    LinkResultStore(redis).write([f"{address} は開けません（fee.yaml、404）"], [])
    page = hanako.reads("content")
    assert "まだ検査していません" not in page
    there = re.search(r'href="/console/(content\?q=https[^"]+)"', page)
    assert there
    assert "地方公共団体プランの料金" in hanako.reads(there[1])
    LinkResultStore(redis).write([], [])
    assert "すべてのリンクが開けました" in hanako.reads("content")


def test_source_stands_beside_the_form_with_what_else_is_said_from_its_page(hanako: Operator, redis: Redis) -> None:
    page = hanako.reads(f"content/unit?key={FEE}")
    assert "このページの文は登録されていません" in page
    others = page.split("このページを出典とするほかの項目")[1]
    assert "メッセージの数と料金" in others or "key=knowledge/fee" in others
    assert f"key={FEE}" not in others
    SourceText(redis).keep(["一", "二", "三", "<b>架空の</b>四ページです。"])
    page = hanako.reads(f"content/unit?key={FEE}")
    assert "&lt;b&gt;架空の&lt;/b&gt;四ページです。" in page
    assert "登録されていません" not in page


def test_notices_and_switches_are_found_and_explained_in_japanese(hanako: Operator) -> None:
    """A clerk reads neither keys nor names of columns."""
    units = [unit for unit in release_units() if unit.startswith("service:")]
    assert [unit for unit in units if unit not in console_content_texts().units] == []
    assert "「アカウント名チェック」の休止" in hanako.reads("content?q=休止")
    page = hanako.reads("content/unit?key=service:notices")
    assert "始まり | 終わり | 本文 | 回答の名前" in page
    assert "お知らせ（始まりと終わりのある案内）" in page


def test_preview_and_audit_name_answers_and_fields_as_the_forms_do(
    hanako: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(monkeypatch, Preview())
    saves(hanako, FEE, ask="完全無料か\n町の予算はいくら要るのか")
    saves(hanako, "service:switches/faq", **{"": "点検中です。"})
    page, audit = hanako.reads("content/preview"), hanako.reads("content/audit")
    assert f"「地方公共団体プランの料金（{FEE}）」の下書きを保存しました" in audit
    assert "「「よくある質問」の休止（service:switches/faq）」の下書きを保存しました" in audit
    for shown in (page, audit):
        assert "<ins>聞き方: 町の予算はいくら要るのか</ins>" in shown
        assert "ask: " not in shown


def test_examples_of_a_notice_name_an_answer_that_exists() -> None:
    """Both the page and its document are copied word by word."""
    document = Path("docs/how-to/desk.md").read_text(encoding="utf-8")
    for text in (document, console_content_texts().unit("service:notices").help):
        named = re.findall(r"申込フォームは停止します \| (\w+)", text)
        assert [f":entries/{name}" for name in named if not _is_entry(name)] == []
        assert named


def _is_entry(name: str) -> bool:
    return any(unit.endswith(f":entries/{name}") for unit in release_units())


def test_second_right_answer_is_not_counted_as_wrong() -> None:
    """A question with two right answers that goes from one to the other has not become better."""
    question = Line("プレミアムIDと通知の料金は", (("plan_fee", 0.6), ("premium_fee", 0.4)))
    assert rightness(question.right, "premium_fee", "plan_fee") == 0
    assert rightness(question.right, "partners", "premium_fee") == 1
    assert rightness(question.right, "plan_fee", "partners") == -1


def test_new_way_of_asking_that_was_answered_before_is_not_called_a_change(
    hanako: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "地方公共団体プランの料金"
    checked(monkeypatch, Preview(asked=[Outcome("毎月いくら払えばいい", title, title)]))
    saves(hanako, FEE, text="変えた文です。")
    page = hanako.reads("content/preview")
    assert "<td>同じ答え</td>" in page
    assert "<td>変わる</td>" not in page


def test_saved_form_without_a_change_says_the_same(hanako: Operator, versions: ContentVersions) -> None:
    """Every kind of field goes through the browser and back."""
    for unit in (FEE, LEAD, "words:functions/faq", "fees:plans"):
        assert saves(hanako, unit) == 303
        assert versions.drafts()[unit].value == release_units()[unit], unit


def test_draft_is_saved_under_its_author_and_seen_by_colleagues(
    hanako: Operator, taro: Operator, versions: ContentVersions
) -> None:
    assert saves(hanako, LEAD, **{"": "架空の案内です。"}) == 303
    assert versions.drafts()[LEAD].value == "架空の案内です。"
    assert "hanakoさん" in taro.reads("content")
    assert "架空の案内です。" in taro.reads(f"content/unit?key={LEAD}")


def test_second_editor_sees_both_texts_before_one_is_overwritten(
    hanako: Operator, taro: Operator, versions: ContentVersions
) -> None:
    opened = form(hanako.reads(f"content/unit?key={LEAD}"))
    saves(taro, LEAD, **{"": "太郎の案内です。"})
    answer = hanako.client.post("/console/content/unit", data={**opened, "f:": "花子の案内です。"})
    assert answer.status_code == 409
    assert "太郎の案内です。" in answer.text
    assert form(answer.text)["f:"] == "花子の案内です。"
    assert versions.drafts()[LEAD].value == "太郎の案内です。"
    assert hanako.client.post("/console/content/unit", data=form(answer.text)).status_code == 303
    assert versions.drafts()[LEAD].value == "花子の案内です。"


def test_form_that_was_open_while_others_published_overwrites_nothing(
    hanako: Operator, taro: Operator, versions: ContentVersions
) -> None:
    opened = form(hanako.reads(f"content/unit?key={LEAD}"))
    assert saves(taro, LEAD, **{"": "太郎の文です。"}) == 303
    assert publish(versions, lambda _: "", who="taro", why="架空") == 1
    answer = hanako.client.post("/console/content/unit", data={**opened, "f:": "花子の文です。"})
    assert answer.status_code == 409
    assert answer.text.index("太郎の文です。") < answer.text.index("花子の文です。")
    assert "公開または破棄されました" in answer.text
    assert versions.drafts() == {}
    assert hanako.client.post("/console/content/unit", data=form(answer.text)).status_code == 303, "now on purpose"
    assert versions.drafts()[LEAD].value == "花子の文です。"


def test_draft_of_what_the_release_no_longer_has_can_be_discarded(
    hanako: Operator, taro: Operator, versions: ContentVersions
) -> None:
    gone = "knowledge/gone:entries/old_one"
    versions.save_draft(gone, StoredDraft({"id": "old_one", "title": "古い項目"}, None, "taro"), seen=0)
    page = hanako.reads(f"content/unit?key={gone}")
    assert "この項目がありません" in page
    assert "下書きを保存" not in page
    fields = {**form(page), "csrf": taro.form_token("/console/content")}
    assert taro.client.post("/console/content/discard", data=fields).status_code == 303
    assert versions.drafts() == {}


def test_text_that_took_longer_than_the_session_is_given_back(hanako: Operator, redis: Redis) -> None:
    opened = form(hanako.reads(f"content/unit?key={LEAD}"))
    for key in redis.scan_iter("*console:session*"):
        redis.delete(key)
    answer = hanako.client.post("/console/content/unit", data={**opened, "f:": "長く書いた文<b>です。"})
    assert answer.status_code == 401
    assert "長く書いた文&lt;b&gt;です。" in answer.text
    assert "まだ保存していません" in answer.text
    forged = hanako.client.post("/console/content/unit", data={**opened, "csrf": "x", "f:": "長く書いた文です。"})
    assert (forged.status_code, "長く書いた文" in forged.text) == (403, False)


def test_mistake_in_an_entry_is_named_when_it_is_saved(hanako: Operator) -> None:
    saves(hanako, FEE, short="二十文字をこえる名前はボタンに入りきらないのでだめです")
    page = hanako.reads(f"content/unit?key={FEE}")
    assert "まだ公開できないところがあります" in page
    assert "<b>ボタンの名前</b>: 20文字までです" in page


def test_drafts_are_published_only_after_the_check_found_nothing(
    hanako: Operator, versions: ContentVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves(hanako, LEAD, **{"": "架空の案内です。"})
    send = {"csrf": hanako.form_token("/console/content"), "why": "書き直し"}
    hanako.client.post("/console/content/publish", data=send)
    assert versions.current() == 0, "nobody has checked it"
    checked(
        monkeypatch,
        Preview([Problem("会話の文 / sentences", "fee.yaml:12: entries.0.pages.0: the source has 17 pages: 99")]),
    )
    hanako.reads("content/preview")
    page = hanako.reads("content/preview")
    assert "「地方公共団体プランの料金」の出典のページ: 出典は17ページまでです: 99" in page
    assert "/console/content/publish" not in page
    hanako.client.post("/console/content/publish", data=send)
    assert versions.current() == 0


def test_preview_shows_differences_and_answers_then_publishes_and_restores_in_two_clicks(
    hanako: Operator, versions: ContentVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(monkeypatch, Preview(outcomes=[Outcome("架空の質問", "前の答え", "後の答え", -1)]))
    saves(hanako, LEAD, **{"": "<b>架空の案内です。"})
    hanako.reads("content/preview")
    page = hanako.reads("content/preview")
    assert "<ins>" in page
    assert "&lt;" in page
    assert "<b>架空" not in page
    assert "架空の質問" in page
    assert "誤りになる" in page
    token = hanako.form_token("/console/content")
    hanako.client.post("/console/content/publish", data={"csrf": token, "why": ""})
    assert versions.current() == 0, "a reason is wanted"
    send = {"csrf": token, "why": "書き直し"}
    done = hanako.client.post("/console/content/publish", data=send, follow_redirects=True)
    assert "版1を公開しました" in done.text
    again = hanako.client.post("/console/content/publish", data=send, follow_redirects=True)
    assert "版1を公開しました" in again.text, "the browser shows what the second of two clicks is answered"
    assert versions.drafts() == {}
    assert "書き直し" in hanako.reads("content/history")
    assert "/version/0/restore" in hanako.reads("content/version/0")
    hanako.client.post("/console/content/version/0/restore", data={"csrf": token})
    assert (versions.current(), versions.history()[0].restores) == (2, 0)
    hanako.client.post("/console/content/version/1/restore", data={"csrf": token})
    assert (versions.current(), versions.history()[0].restores) == (3, 1)


def test_chosen_drafts_are_published_and_a_colleague_goes_on_typing(
    hanako: Operator, taro: Operator, versions: ContentVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(monkeypatch, Preview())
    saves(hanako, LEAD, **{"": "花子の案内です。"})
    saves(taro, FEE, title="太郎の書きかけ")
    hanako.reads(f"content/preview?unit={LEAD}")
    page = hanako.reads(f"content/preview?unit={LEAD}")
    part = page.split('action="/console/content/publish"')[1].split("</form>")[0]
    assert re.findall(r'name="unit" value="([^"]+)"', part) == [LEAD]
    assert "太郎の書きかけ" not in page.split('id="changes"')[1]
    saves(taro, FEE, title="太郎の書きかけ、続き")
    send = {"csrf": hanako.form_token("/console/content"), "why": "案内", "unit": LEAD}
    hanako.client.post("/console/content/publish", data=send)
    assert versions.current() == 1
    assert list(versions.drafts()) == [FEE]
    hanako.client.post("/console/content/publish", data={**send, "unit": "ui:made/up"})
    hanako.client.post("/console/content/publish", data={**send, "unit": FEE})
    assert versions.current() == 1, "nobody has checked it"


def test_entry_is_added_and_taken_away(hanako: Operator, versions: ContentVersions) -> None:
    there = hanako.client.get("/console/content/new?file=knowledge/fee&id=made_up").headers["Location"]
    fields = form(hanako.client.get(there).text)
    entry = {
        "f:title": "架空の題",
        "f:short": "架空",
        "f:text": "架空の文",
        "f:pages": "4",
        "f:ask": "一\n二\n三\n四\n五",
    }
    assert hanako.client.post("/console/content/unit", data={**fields, **entry}).status_code == 303
    draft = versions.drafts()["knowledge/fee:entries/made_up"].value
    assert (draft["id"], draft["pages"], len(draft["ask"])) == ("made_up", ["4"], 5)
    token = hanako.form_token("/console/content")
    hanako.client.post("/console/content/remove", data={"csrf": token, "key": FEE, "seen": "0"})
    assert versions.drafts()[FEE].value is None
    seen = str(versions.drafts()[FEE].revision)
    hanako.client.post("/console/content/discard", data={"csrf": token, "key": FEE, "seen": seen})
    assert FEE not in versions.drafts()


def test_what_does_not_exist_cannot_be_written(hanako: Operator, versions: ContentVersions) -> None:
    token = hanako.form_token("/console/content")
    for key in ("ui:welcome/made_up", "knowledge/nothing:entries/made_up", "console:title", "", "x" * 300):
        assert hanako.client.get("/console/content/unit", query_string={"key": key}).status_code == 404
        data = {"csrf": token, "key": key, "seen": "0", "f:": "x"}
        assert hanako.client.post("/console/content/unit", data=data).status_code == 404
    assert hanako.client.get("/console/content/version/7").status_code == 404
    assert versions.drafts() == {}


def test_form_of_another_site_changes_nothing(hanako: Operator, versions: ContentVersions) -> None:
    for path in ("unit", "discard", "remove", "check", "publish", "version/0/restore"):
        assert hanako.client.post(f"/console/content/{path}", data={"key": LEAD, "f:": "x"}).status_code == 403
    assert versions.drafts() == {}


def test_content_needs_a_login(console_settings: Settings) -> None:
    stranger = Operator(console_settings)
    for path in ("", "/unit?key=x", "/preview", "/history", "/version/0"):
        assert stranger.client.get(f"/console/content{path}").status_code == 303


def test_real_check_runs_apart_and_finds_the_mistake(redis: Redis) -> None:
    said = release_units()[FEE]
    assert isinstance(said, dict)
    checker = content_preview.Checker(redis, {}, {FEE: Change({**said, "pages": ["99"]}, said)}, "none")
    assert not checker.may_be_published
    checker.run()
    found = checker.found()
    assert found is not None
    assert "99" in found.problems[0].problem
    assert not found.failed
    assert not checker.may_be_published


def test_release_itself_needs_no_check(redis: Redis) -> None:
    assert content_preview.Checker(redis, {}, {}, "none").may_be_published


def test_history_names_who_when_and_why(hanako: Operator, versions: ContentVersions) -> None:
    versions.publish(StoredVersion("taro", "<料金>の改定", {}), after=0)
    page = hanako.reads("content/history")
    assert "taro" in page
    assert "&lt;料金&gt;の改定" in page
    assert re.search(r"\d{4}/\d\d/\d\d \d\d:\d\d", page)


def test_book_of_what_the_bot_says_is_made_from_the_published_content(
    hanako: Operator, versions: ContentVersions, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = release_units()[FEE]
    assert isinstance(said, dict)
    versions.publish(StoredVersion("taro", "x", {FEE: ({**said, "text": ["架空の文です。"]}, said)}), after=0)
    monkeypatch.setattr(threading, "Thread", _AtOnce)
    assert "一覧を作っています" in hanako.reads("content/book")
    page = hanako.reads("content/book")
    assert "架空の文です。" in page
    assert "版1" in page
    assert "4ページ" in page, "the page of the source stands under the answer"
    assert page.count('class="book"') > len(release_units()) / 20
    found = hanako.reads("content/book?q=架空の文です")
    assert 1 <= found.count('class="book"') <= 2


@pytest.mark.parametrize("name", ["", "a/b", "A", "a\x00b", "a" * 41, "../x"])
def test_entry_without_a_proper_name_is_no_draft(hanako: Operator, versions: ContentVersions, name: str) -> None:
    """One without a name would hide every other entry of its file from the desk."""
    data = {"csrf": hanako.form_token("/console/content"), "key": f"knowledge/fee:entries/{name}", "f:title": "x"}
    assert hanako.client.post("/console/content/unit", data=data).status_code == 404
    assert versions.drafts() == {}
