"""Tables of the content in the console: saved, changed in a spreadsheet, looked at, and made drafts."""

import html
import io
import re

import pytest
from werkzeug.test import TestResponse

from bot.content_editing.publishing import save_draft
from bot.content_editing.tables import ROWS, Row, Table, read_table
from bot.settings import Settings
from bot.store.content_versions import ContentVersions
from bot.web.console.content_table_pages import packed, unpacked
from tests.web.console.conftest import Operator

FEE = "knowledge/fee:entries/plan_fee"
TABLE = "回答の名前,本文,メモ\r\nplan_fee,<b>架空の文です。,あ\r\n".encode("cp932")
MULTIPART = "multipart/form-data; boundary=x"


def sends(operator: Operator, raw: bytes, name: str = "表.csv") -> TestResponse:
    data = {"csrf": operator.form_token("/console/content/tables"), "file": (io.BytesIO(raw), name)}
    return operator.client.post("/console/content/tables", data=data)


def form(page: str) -> dict[str, str]:
    """Return the fields of the form of a table as a browser would send them."""
    part = page.split('action="/console/content/tables/use"')[1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', part))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', part, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in found.items()}


def uses(operator: Operator, fields: dict[str, str], act: str = "save") -> TestResponse:
    data = {**fields, act: "1"}
    return operator.client.post("/console/content/tables/use", data=data, content_type="multipart/form-data")


def test_file_is_looked_at_before_it_becomes_drafts(hanako: Operator, versions: ContentVersions) -> None:
    page = sends(hanako, TABLE)
    assert page.status_code == 200
    assert "Shift_JISとして読みました" in page.text
    assert "<ins>本文: &lt;b&gt;架空の文です。</ins>" in page.text
    assert "<b>架空" not in page.text
    assert versions.drafts() == {}
    assert uses(hanako, form(page.text)).headers["Location"].endswith("done=imported")
    draft = versions.drafts()[FEE]
    assert (draft.value["text"], draft.who) == (["<b>架空の文です。"], "hanako")
    assert "「地方公共団体プランの料金" in hanako.reads("content/audit")


def test_columns_are_chosen_and_what_was_not_looked_at_is_not_saved(
    hanako: Operator, versions: ContentVersions
) -> None:
    fields = form(sends(hanako, TABLE).text)
    other = {**fields, "column-1": "", "column-2": "subject"}
    page = uses(hanako, other)
    assert page.status_code == 200
    assert "話題: " in page.text
    assert versions.drafts() == {}
    assert uses(hanako, form(page.text)).status_code == 303
    assert versions.drafts()[FEE].value["subject"] == "あ"
    twice = uses(hanako, {**fields, "column-1": "text", "column-2": "text"}, "look")
    assert "「本文」の列が2つ選ばれています。" in twice.text


def test_draft_of_somebody_else_is_not_overwritten(hanako: Operator, versions: ContentVersions) -> None:
    save_draft(versions, FEE, {"id": "plan_fee", "title": "太郎の題"}, who="taro")
    before = versions.drafts()
    page = sends(hanako, TABLE).text
    assert "taroさんの下書きがあります" in page
    assert uses(hanako, form(page)).status_code == 200
    assert versions.drafts() == before


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"PK\x03\x04broken", "a.xlsx", "Excelのファイルとして読めません"),
        (b"a,b\r\n1,=1+1\r\n", "a.csv", "2行目に数式があります"),
        (b"a,b\r\n\x80\xff,1\r\n", "a.csv", "文字コードを読み取れません"),
    ],
)
def test_bad_file_is_explained_and_nothing_changes(
    hanako: Operator, versions: ContentVersions, raw: bytes, name: str, says: str
) -> None:
    answer = sends(hanako, raw, name)
    assert answer.status_code == 422
    assert says in answer.text
    assert versions.drafts() == {}


def test_huge_file_is_refused_in_japanese(hanako: Operator, versions: ContentVersions) -> None:
    answer = hanako.client.post("/console/content/tables", data=bytes(2_000_000), content_type=MULTIPART)
    assert answer.status_code == 413
    assert "大きすぎます" in answer.text
    assert versions.drafts() == {}


def test_much_is_read_only_for_a_browser_with_a_session(console_settings: Settings) -> None:
    stranger = Operator(console_settings)
    answer = stranger.client.post("/console/content/tables", data=bytes(500_000), content_type=MULTIPART)
    assert answer.status_code == 413


def test_saved_table_comes_back_without_a_change(hanako: Operator) -> None:
    for kind in ("csv", "xlsx"):
        answer = hanako.client.get(f"/console/content/tables.{kind}")
        assert f"content.{kind}" in answer.headers["Content-Disposition"]
        page = sends(hanako, answer.data, f"content.{kind}")
        assert page.status_code == 200
        assert "変わるところはありません" in page.text
    assert uses(hanako, form(page.text)).status_code == 200


def test_form_that_was_not_ours_is_no_table(hanako: Operator) -> None:
    table = read_table("a.csv", TABLE)
    assert unpacked(packed(table)) == table
    many = packed(Table(("a",), (Row(2, ("1",)),) * (ROWS + 1)))
    for text in ("", "!", "eJw=", many, packed(Table(("a", "b"), (Row(2, ("1",)),)))):
        assert unpacked(text) is None
    data = {"csrf": hanako.form_token("/console/content/tables"), "table": "x", "save": "1"}
    assert hanako.client.post("/console/content/tables/use", data=data).status_code == 303
