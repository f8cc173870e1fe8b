"""What may stand in a group: its own words, and only buttons that work where nothing is remembered.

A button that types a word types it without a mention, and a group's chatter is not answered. And everyone taps the same
buttons: what would need the conversation so far is carried by the button itself.
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

_OWN = "group_"  # a notice of this name before the common one
_BETWEEN = ","


def spoken_to_a_group(ctx: Context) -> Context:
    """The same context with the group's own words where it has some."""
    notices = ctx.texts.ui.notices
    own = {key.removeprefix(_OWN): text for key, text in notices.items() if key.startswith(_OWN)}
    texts = replace(ctx.texts, ui=ctx.texts.ui.model_copy(update={"notices": {**notices, **own}}))
    return replace(ctx, resources=replace(ctx.resources, texts=texts))


def accepted(data: str) -> Tap | None:
    """A button of a counter, which needs no conversation."""
    tap = decode(data)
    if tap and tap.flow == menu.NAME:
        return tap if tap.value in STATELESS_FLOWS else None
    return tap if tap and tap.flow in STATELESS_FLOWS else None


def carried(tap: Tap) -> tuple[Tap, Session]:
    """The tap as it would be in 1:1, and what was shown when its button was sent."""
    value, *rest = tap.value.split(_BETWEEN)
    entry = value if tap.step in ("wrong", "helpful") else ""
    return replace(tap, value=value), Session(last_answer=LastAnswer(entry=entry, rest=tuple(rest)))


def fitting(replies: Iterable[Reply], shown: LastAnswer, ctx: Context) -> tuple[Reply, ...]:
    """The replies with the buttons that work in a group."""
    return tuple(_fitting(reply, shown, ctx) for reply in replies)


def _fitting(reply: Reply, shown: LastAnswer, ctx: Context) -> Reply:
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
    """Those that work; the menu's place is taken by the questions, once."""
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
    tap = accepted(action.data) if isinstance(action, Postback) else None
    if not isinstance(action, Postback) or tap is None:
        return None
    return replace(action, data=_carrying(tap, shown)) if tap.flow == faq.NAME else action


def _carrying(tap: Tap, shown: LastAnswer) -> str:
    """With the next best entries, for ちがう under this answer or under the one this button shows."""
    after = tap.step == "wrong" if shown.entry else tap.step == "entry"
    rest = tuple(name for name in shown.rest if name != tap.value) if after else ()
    return encode(tap.flow, tap.step, _BETWEEN.join((tap.value, *rest)))
