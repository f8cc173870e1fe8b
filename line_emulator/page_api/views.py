"""The state of the platform in the form that the page reads."""

from dataclasses import asdict
from typing import Any

from line_emulator.chats import Chat, Group, Json, User
from line_emulator.platform import Platform
from line_emulator.records import Call, Delivery
from line_emulator.world import ImpossibleError, UnknownError


def users(part: Platform) -> Json:
    """Return all users, which may be none."""
    with part.world.feed.lock:
        return {"users": [user_view(part, one) for one in part.world.users.values()]}


def state(part: Platform, user_id: str | None, chat_id: str | None) -> Json:
    """Return the state as one user sees it; without a user, as the first one does."""
    with part.world.feed.lock:
        user = part.world.user(user_id) if user_id else _first_user(part)
        chat = part.world.chat(chat_id or user.id)
        if chat.id != user.id and user.id not in part.world.members(chat.id):
            raise ImpossibleError("is not a member of that group")
        return {
            "version": part.world.feed.version,
            "bot": _account(part),
            **users(part),
            "groups": [group_view(part, one, user.id) for one in part.world.groups.values()],
            "user": user.id,
            "chat": chat.id,
            "entries": [entry_view(chat, place, user.id) for place in range(len(chat.entries))],
            "quick_replies": _quick_replies(chat),
            "rich_menu": _rich_menu(part, user.id) if chat.id == user.id else None,
            "loading": _loading(part, chat),
            "blocked": user.blocked,
        }


def _first_user(part: Platform) -> User:
    if not part.world.users:
        raise UnknownError("no users yet")
    return next(iter(part.world.users.values()))


def _account(part: Platform) -> Json:
    account = part.world.account
    return {"userId": account.id, "displayName": account.name, "basicId": account.basic_id}


def user_view(part: Platform, user: User) -> Json:
    unread = part.world.chat(user.id).unread(user.id)
    return {
        "id": user.id,
        "name": user.name,
        "blocked": user.blocked,
        "friend": user.friend,
        "unread": unread,
    }


def group_view(part: Platform, group: Group, user: str) -> Json:
    unread = part.world.chat(group.id).unread(user)
    return {
        "id": group.id,
        "kind": group.kind,
        "name": group.name,
        "members": list(group.members),
        "bot_in": group.bot_in,
        "unread": unread,
    }


def entry_view(chat: Chat, place: int, user: str) -> Json:
    """Return the entry of the chat at this position."""
    entry = chat.entries[place]
    base: Json = {"id": entry.id, "from": entry.by, "at": entry.at}
    if entry.by == "notice":
        who = {"user": entry.user, "name": entry.name} if entry.user else {}
        return {**base, "text": entry.via, **who}
    base |= {"name": entry.name, "message": dict(entry.message), "via": entry.via}
    if entry.by == "bot":
        return {**base, "silent": entry.silent, "seen": place < chat.seen_by.get(user, 0)}
    return {**base, "user": entry.user, "read": place < chat.read_by_bot, "unsent": entry.unsent}


def _quick_replies(chat: Chat) -> Json | None:
    shown = chat.quick_replies()
    return {"entry": shown.id, "items": shown.message["quickReply"]["items"]} if shown else None


def _rich_menu(part: Platform, user: str) -> Json | None:
    menu, whose = part.menus.shown_to(user)
    if menu is None:
        return None
    rest = {name: menu[name] for name in ("size", "selected", "chatBarText", "name", "areas")}
    menu_id = menu["richMenuId"]
    return {"id": menu_id, **rest, "image": f"/_/richmenu/{menu_id}/image", "from": whose}


def _loading(part: Platform, chat: Chat) -> Json | None:
    until = chat.loading_until
    return {"until": until} if until and until > part.clock.ms() else None


def panel(part: Platform, user: str | None, limit: int) -> Json:
    """Return the recorded requests, newest first, and the switches."""
    with part.world.feed.lock:
        deliveries = list(part.records.deliveries)[-limit:]
        calls = list(part.records.calls)[-limit:]
        shown: Json = {
            "version": part.world.feed.version,
            "webhooks": [delivery_view(delivery) for delivery in reversed(deliveries)],
            "calls": [_call(call) for call in reversed(calls)],
            "control": part.control.now.model_dump(),
            "quota": {"limit": part.control.now.monthly_limit, "used": part.sending.used},
            "held": part.webhooks.held,
            "now": part.clock.ms(),
        }
    # Outside the lock: the inspector asks the bot's own store.
    return {**shown, "session": _session(part, user)}


def _session(part: Platform, user: str | None) -> Any:
    if part.inspect_session is None or user is None:
        return None
    try:
        return part.inspect_session(user)
    except Exception as error:  # noqa: BLE001 - an error of the bot's store must not break the panel
        return {"error": f"{type(error).__name__}: {error}"}


def delivery_view(delivery: Delivery | None) -> Json | None:
    return asdict(delivery) if delivery else None


def _call(call: Call) -> Json:
    return asdict(call)
