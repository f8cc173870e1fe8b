"""Adapts replies to groups: other sentences, and only buttons that work without a session.

A button that types a word is dropped, because the word comes without a mention and is not answered. Everyone in a group
taps the same buttons, so data that a session would hold is in the button itself.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.flows import faq, menu
from bot.flows.context import Context
from bot.flows.postback import Tap, decode, encode
from bot.flows.registry import STATELESS_FLOWS
from bot.flows.session import LastAnswer, Session
from bot.replies.actions import Action, Button, Copy, Open, Postback, Say
from bot.replies.views import AnswerView, Cards, Menu, Notice, Process, Reply

_OWN = "group_"  # a notice with this prefix replaces the common one
_BETWEEN = ","


def spoken_to_a_group(ctx: Context) -> Context:
    """Return the context with the sentences for groups in place of the common ones."""
    notices = ctx.texts.ui.notices
    own = {key.removeprefix(_OWN): text for key, text in notices.items() if key.startswith(_OWN)}
    texts = replace(ctx.texts, ui=ctx.texts.ui.model_copy(update={"notices": {**notices, **own}}))
    return replace(ctx, resources=replace(ctx.resources, texts=texts))


def stateless_tap(data: str) -> Tap | None:
    """Return the tap if it is of a stateless flow. None otherwise."""
    tap = decode(data)
    if tap and tap.flow == menu.NAME:
        return tap if tap.value in STATELESS_FLOWS else None
    return tap if tap and tap.flow in STATELESS_FLOWS else None


def restored(tap: Tap) -> tuple[Tap, Session]:
    """Return the tap as in 1:1, and a session with what was shown when the button was sent."""
    value, *rest = tap.value.split(_BETWEEN)
    entry = value if tap.step in ("wrong", "helpful") else ""
    return replace(tap, value=value), Session(last_answer=LastAnswer(entry=entry, rest=tuple(rest)))


def adapted(replies: Iterable[Reply], shown: LastAnswer, ctx: Context) -> tuple[Reply, ...]:
    """Return the replies with only those buttons that work in a group."""
    return tuple(_adapted(reply, shown, ctx) for reply in replies)


def _adapted(reply: Reply, shown: LastAnswer, ctx: Context) -> Reply:
    view = replace(reply, quick=_buttons(reply.quick, shown, ctx))
    match view:
        case Notice() | Process():
            return replace(view, buttons=_buttons(view.buttons, shown, ctx))
        case AnswerView():
            return replace(
                view,
                buttons=_buttons(view.buttons, shown, ctx),
                feedback=_buttons(view.feedback, shown, ctx),
                related=_buttons(view.related, LastAnswer(), ctx),
            )
        case Menu():
            rows = ((row, _action(row.action, shown)) for row in view.items)
            return replace(view, items=tuple(replace(row, action=action) for row, action in rows if action))
        case Cards():
            return replace(
                view, cards=tuple(replace(card, buttons=_buttons(card.buttons, shown, ctx)) for card in view.cards)
            )
    return view


def _buttons(buttons: Iterable[Button], shown: LastAnswer, ctx: Context) -> tuple[Button, ...]:
    """Return the buttons that work. One for the questions replaces the menu button."""
    questions = menu.opener(faq.NAME, ctx.texts.ui.menu.items[faq.NAME].label)
    found: list[Button] = []
    for button in buttons:
        if button.action == Say(ctx.texts.ui.moves.menu):
            found.append(questions)
        elif action := _action(button.action, shown):
            found.append(replace(button, action=action))
    return tuple(dict.fromkeys(found))


def _action(action: Action, shown: LastAnswer) -> Action | None:
    if isinstance(action, Open | Copy):
        return action
    tap = stateless_tap(action.data) if isinstance(action, Postback) else None
    if not isinstance(action, Postback) or tap is None:
        return None
    return replace(action, data=_with_rest(tap, shown)) if tap.flow == faq.NAME else action


def _with_rest(tap: Tap, shown: LastAnswer) -> str:
    """Return postback data with the next best entries, for ちがう under this answer or under the next."""
    after = tap.step == "wrong" if shown.entry else tap.step == "entry"
    rest = tuple(name for name in shown.rest if name != tap.value) if after else ()
    return encode(tap.flow, tap.step, _BETWEEN.join((tap.value, *rest)))
