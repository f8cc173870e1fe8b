"""Drafts that are saved as they are typed: by whom, over what, and what the audit says of it."""

import json

import pytest
from redis import Redis

from bot.content.release import release_units
from bot.content_editing.forms import fields
from bot.content_editing.preview_result import Preview
from bot.store.audit import AuditEntry, AuditLog
from bot.store.content_versions import ContentVersions, StoredVersion
from tests.web.console.conftest import Operator
from tests.web.console.test_content import FEE, LEAD, checked, form


class Typing:
    """An open form of one operator, which sends itself as its script does."""

    def __init__(self, operator: Operator, unit: str) -> None:
        self._operator = operator
        self._fields = form(operator.reads(f"content/unit?key={unit}"))

    def types(self, text: str, field: str = "") -> tuple[int, dict[str, object]]:
        self._fields[f"f:{field}"] = text
        answer = self._operator.client.post("/console/content/typed", data=self._fields)
        found = json.loads(answer.text)
        if answer.status_code == 200:
            self._fields["seen"] = str(found["revision"])
        return answer.status_code, found

    def looks(self) -> str:
        asked = {name: self._fields[name] for name in ("key", "seen")}
        return str(json.loads(self._operator.client.get("/console/content/typed", query_string=asked).text)["says"])

    def saves(self) -> int:
        return self._operator.client.post("/console/content/unit", data=self._fields).status_code


def saves_of(redis: Redis) -> list[AuditEntry]:
    return [entry for entry in reversed(AuditLog(redis).newest()) if entry.what == "save"]


def test_what_is_typed_is_a_draft_without_a_button(hanako: Operator, versions: ContentVersions) -> None:
    typing = Typing(hanako, LEAD)
    for text in ("架空", "架空の案内", "架空の案内です。"):
        status, found = typing.types(text)
        assert (status, found["says"]) == (200, "下書きを自動で保存しました。")
    draft = versions.drafts()[LEAD]
    assert (draft.value, draft.who) == ("架空の案内です。", "hanako")
    assert typing.saves() == 303
    assert "架空の案内です。" in hanako.reads(f"content/unit?key={LEAD}")


def test_two_people_on_one_entry_are_told_of_each_other_and_nothing_is_overwritten(
    hanako: Operator, taro: Operator, versions: ContentVersions
) -> None:
    hers, his = Typing(hanako, LEAD), Typing(taro, LEAD)
    assert his.looks() == ""
    hers.types("花子の案内です。")
    assert "hanakoさんが先に" in his.looks(), "before he has typed anything"
    status, found = his.types("太郎の案内です。")
    assert (status, versions.drafts()[LEAD].value) == (409, "花子の案内です。")
    assert "hanakoさんが先に" in str(found["says"])
    assert hers.types("花子の案内です。よろしく。")[0] == 200, "she goes on"
    assert his.saves() == 409


def test_draft_that_was_discarded_or_published_meanwhile_is_not_called_somebody_elses(
    hanako: Operator, versions: ContentVersions
) -> None:
    typing = Typing(hanako, LEAD)
    typing.types("架空の案内です。")
    versions.discard_draft(LEAD, seen=versions.drafts()[LEAD].revision)
    status, found = typing.types("架空の案内です。続き。")
    assert status == 409
    assert "公開または破棄されました" in str(found["says"])
    asked = {"csrf": hanako.form_token("/console/content"), "key": LEAD, "seen": "99", "f:": "続きです。"}
    page = hanako.client.post("/console/content/unit", data=asked).text
    assert "公開または破棄されました" in page
    assert hanako.client.post("/console/content/unit", data=form(page)).status_code == 303
    assert versions.drafts()[LEAD].value == "続きです。"


def test_text_typed_over_what_others_published_meanwhile_is_not_saved(
    hanako: Operator, versions: ContentVersions
) -> None:
    typing = Typing(hanako, LEAD)
    versions.publish(StoredVersion("taro", "x", {LEAD: ("太郎の文です。", release_units()[LEAD])}), after=0)
    status, found = typing.types("花子の文です。")
    assert status == 409
    assert "公開または破棄されました" in str(found["says"])
    assert versions.drafts() == {}


def test_what_is_typed_and_taken_back_is_no_draft(hanako: Operator, redis: Redis, versions: ContentVersions) -> None:
    typing = Typing(hanako, LEAD)
    typing.types("架空の案内です。")
    assert typing.types(str(release_units()[LEAD]))[0] == 200
    assert versions.drafts() == {}
    assert saves_of(redis) == []
    assert typing.types("架空の案内です。")[0] == 200


def test_field_that_cannot_be_read_is_named_and_nothing_is_saved(hanako: Operator, versions: ContentVersions) -> None:
    unit = next(key for key, value in release_units().items() if [one.kind for one in fields(key, value)] == ["yaml"])
    status, found = Typing(hanako, unit).types("a: [")
    assert status == 422
    assert "読み取れないため" in str(found["says"])
    assert versions.drafts() == {}


def test_audit_says_once_what_was_typed_in_many_steps(
    hanako: Operator, taro: Operator, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audit with an entry for each second of typing could not be read; one without would hide who wrote it."""
    said = release_units()[LEAD]
    hers = Typing(hanako, LEAD)
    for text in ("一", "一二", "一二三"):
        hers.types(text)
    assert saves_of(redis) == []
    Typing(taro, LEAD).types("太郎の文")
    assert [(one.who, one.before, one.after) for one in saves_of(redis)] == [("hanako", said, "一二三")]
    checked(monkeypatch, Preview())
    taro.reads("content/preview")
    taro.client.post("/console/content/publish", data={"csrf": taro.form_token("/console/content"), "why": "x"})
    last = saves_of(redis)[-1]
    assert (last.who, last.before, last.after) == ("taro", "一二三", "太郎の文")
    again = Typing(hanako, LEAD)
    again.types("一二")
    again.types("一二三四")
    again.saves()
    last = saves_of(redis)[-1]
    assert (last.who, last.before, last.after) == ("hanako", "太郎の文", "一二三四")
    assert len(saves_of(redis)) == 3


def test_button_after_the_same_text_was_saved_is_no_conflict(hanako: Operator) -> None:
    early, late = Typing(hanako, LEAD), Typing(hanako, LEAD)
    early.types("同じ文です。")
    late._fields["f:"] = "同じ文です。"
    assert late.saves() == 303


def test_entry_half_typed_is_kept(hanako: Operator, versions: ContentVersions) -> None:
    unit = "knowledge/fee:entries/made_up"
    typing = Typing(hanako, unit)
    assert typing.types("架空の題", "title")[0] == 200
    assert versions.drafts()[unit].value == {"id": "made_up", "title": "架空の題"}


def test_only_the_page_with_the_form_allows_scripts_and_only_of_this_site(hanako: Operator) -> None:
    policy = hanako.client.get(f"/console/content/unit?key={FEE}").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "script-src" not in hanako.client.get("/console/content").headers["Content-Security-Policy"]
    script = hanako.client.get("/console/content/typing.js")
    assert script.mimetype == "text/javascript"
    assert "<script>" not in hanako.reads(f"content/unit?key={FEE}")


def test_what_does_not_exist_cannot_be_typed(hanako: Operator, versions: ContentVersions) -> None:
    data = {"csrf": hanako.form_token("/console/content"), "key": "ui:welcome/made_up", "seen": "0", "f:": "x"}
    assert hanako.client.post("/console/content/typed", data=data).status_code == 404
    assert hanako.client.post("/console/content/typed", data={**data, "csrf": ""}).status_code == 403
    assert versions.drafts() == {}
