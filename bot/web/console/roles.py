"""The role that each route of the console needs. A route without a role needs the highest."""

from collections.abc import Mapping
from typing import get_args

from bot.settings import Role

ROLES: tuple[Role, ...] = get_args(Role)

_VIEWER = (
    "console.log_in",
    "console.logged_in",
    "console.log_out",
    "console.overview",
    "console.questions",
    "console.delivery",
    "console.event",
    "console.report",
    "console.content.overview",
    "console.content.unit",
    "console.content.typed",
    "console.content.script",
    "console.content_questions.questions",
    "console.content_questions.file",
    "console.content_tables.start",
    "console.content_tables.file",
    "console.content.preview",
    "console.content.book",
    "console.content.history",
    "console.content.version",
)
_EDITOR = (
    "console.content.new_entry",
    "console.content.save",
    "console.content.save_typed",
    "console.content_tables.read",
    "console.content_tables.use",
    "console.content.discard",
    "console.content.remove",
    "console.content.check",
    "console.content_questions.question_state",
    "console.content_questions.use_question",
)
_PUBLISHER = ("console.content.publish", "console.content.restore")
_ADMINISTRATOR = (
    "console.resend",
    "console.discard",
    "console.resend_all",
    "console.discard_all",
    "console.content.audit",
    "console.content.audit_as_csv",
)
NEEDED: Mapping[str, Role] = {
    **dict.fromkeys(_VIEWER, "viewer"),
    **dict.fromkeys(_EDITOR, "editor"),
    **dict.fromkeys(_PUBLISHER, "publisher"),
    **dict.fromkeys(_ADMINISTRATOR, "administrator"),
}


def may(role: Role, endpoint: str | None) -> bool:
    """Return True if this role may use the route."""
    return ROLES.index(role) >= ROLES.index(NEEDED.get(endpoint or "", "administrator"))
