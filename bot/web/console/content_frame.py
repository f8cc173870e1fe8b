"""The frame of the console's pages about the content: what all of them read, record and say."""

from typing import Any

from bot.content.console_content_texts import console_content_texts
from bot.content.console_texts import console_texts
from bot.content.units import Changes, Value
from bot.content_editing import publishing
from bot.settings import Settings
from bot.store.audit import AuditEntry, AuditLog
from bot.store.console_sessions import Login
from bot.store.content_versions import ContentVersions, StoredDraft
from bot.web import html
from bot.web.console import roles
from bot.web.console.bubbles import drawn
from bot.web.console.pages import STYLE

DONE = frozenset(  # acts that a page confirms
    [
        "saved",
        "discarded",
        "changed",
        "no_why",
        "not_published",
        "published",
        "added",
        "not_added",
        "state_set",
        "imported",
    ]
)


class ContentFrame:
    """The pages for one operator. Every method raises StoreUnavailableError or Redis's errors if Redis is down."""

    def __init__(self, redis: Any, login: Login, settings: Settings) -> None:
        self._redis, self._login, self._encoder = redis, login, settings.encoder
        self._approval, self._role = settings.content_approval, settings.role_of(login.operator)
        self._audit = AuditLog(redis)
        self._versions = ContentVersions(redis)

    def _record(self, what: str, target: str, before: Value = None, after: Value = None) -> None:
        self._audit.add(AuditEntry(self._login.operator, what, target, before, after))

    def _record_typed(self, unit: str, draft: StoredDraft | None) -> None:
        """Record what the author of this draft has typed and the audit does not say yet."""
        if draft and draft.audited:
            self._audit.add(AuditEntry(draft.who, "save", unit, draft.audited[0], draft.value))

    def _published(self) -> Changes:
        return publishing.published(self._versions)

    def _can(self, route: str) -> bool:
        return roles.may(self._role, f"console.content.{route}")

    def _said(self, done: str) -> str:
        return console_content_texts().words[done] if done in DONE else ""

    def _render(self, name: str, **values: Any) -> str:
        frame = {"t": console_texts(), "c": console_content_texts().words, "style": html.style(STYLE)}
        helpers = {"drawn": drawn, "can": self._can}
        page = {"page": "content", "login": self._login, "done": ""}
        return html.template(f"console/{name}").render(**{**page, **frame, **helpers, **values})
