"""What an event means in this conversation: a word that always works, an answer, a question, a tap."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.flows import engine, faq, menu, named_subjects, resume_button, typed_buttons
from bot.flows import talk as small_talk
from bot.flows.commands import Command
from bot.flows.context import Context
from bot.flows.effects import Effect
from bot.flows.engine import Flow, PromptOptions, Reaction, Unanswered
from bot.flows.plans import asks_for_costs
from bot.flows.postback import Tap, decode, encode
from bot.flows.precheck import resume_code
from bot.flows.precheck.answers import QUESTION
from bot.flows.premium_id import is_an_id
from bot.flows.registry import FLOWS, STATELESS_FLOWS
from bot.flows.session import LastView, Session
from bot.governments import Level
from bot.metrics.catalogue import MetricEvent
from bot.replies.views import Reply
from bot.rich_menus.definition import RESUME
from bot.text.normalize import is_readable

_HEAD = re.compile(r"\s*([^\s:：、]{1,20})[\s:：、]+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows from one event: the session to keep (None: erase everything), replies, effects, counts."""

    session: Session | None
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    unanswered: Unanswered | None = None
    marks: tuple[MetricEvent, ...] = ()


def handle_text(session: Session, text: str, ctx: Context) -> Turn:
    """A text of the user in 1:1."""
    if not text.strip():
        return _empty(session, ctx)
    visit, session = session.last_view, session.visiting(None)  # whatever follows is somewhere else, unless it says so
    command = ctx.resources.words.read(text)
    if command:
        return _left(visit, command, session, ctx) or _command(command, session, ctx)
    label = typed_buttons.read(text, visit, session, ctx)
    if label:
        return handle_postback(session, encode(label.flow, label.step, label.value, label.sid), "", ctx)
    small = small_talk.heard(session, text, ctx, pending=bool(session.active))
    if small:
        return _beside(small, ctx)
    handed = resume_code.heard(session, text, ctx)
    heard = _turn(handed) if handed else _opened_with_words(session, text, ctx) or _heard(session, text, ctx)
    return heard or _anew(visit, session, text, ctx)


def _beside(small: Reaction, ctx: Context) -> Turn:
    """A line for small talk; a question that waits is asked again under it."""
    if small.session.base_flow is None:
        return _turn(small)
    again = engine.ask_again(FLOWS[small.session.base_flow.flow], small.session, ctx)
    return Turn(again.session, (*small.replies, *again.replies))


def _anew(visit: LastView | None, session: Session, text: str, ctx: Context) -> Turn:
    """What answers nothing that was asked: a wish at the counter, a name, a question."""
    if not is_readable(text):  # 🙏, 「…」: no question to be counted
        return _empty(session, ctx)
    wish = typed_buttons.wish(text, visit, ctx)
    if wish:
        return _counter_tapped(wish, session, ctx)
    opened = "premium_id" if is_an_id(text) else "plans" if asks_for_costs(text) else ""
    if opened:
        return _started_with(FLOWS[opened], text, session, ctx)
    named = _talk_or_name(session, text, ctx)
    if named:
        return named
    if session.base_flow:
        return _interrupted(session, session.base_flow.flow, text, ctx)
    if ctx.resources.register.find(text).level is Level.EXACT:
        session = engine.start(FLOWS["name_check"], session, ctx).session  # a name alone: is it one to apply with?
        return _turn(engine.handle_text(FLOWS["name_check"], session, text, ctx) or faq.asked(session, text, ctx))
    return _turn(faq.asked(session, text, ctx))


def _talk_or_name(session: Session, text: str, ctx: Context) -> Turn | None:
    """A line for small talk, or the verdict on the ID, the account name or the body that a question names."""
    small = small_talk.heard(session, text, ctx, pending=False)
    if small:
        return _beside(small, ctx)
    wished = named_subjects.premium_id_in(text)
    if wished:
        return _started_with(FLOWS["premium_id"], wished, session, ctx)
    name = named_subjects.account_name_in(text)
    if name:
        return _started_with(FLOWS["name_check"], name, session, ctx)
    card = named_subjects.body_asked_for(text, session, ctx)
    return _beside(Reaction(session, (card,)), ctx) if card else None


def _empty(session: Session, ctx: Context) -> Turn:
    """Words without anything to read: say what may be asked, or ask the pending question again."""
    if session.base_flow:
        prompt = PromptOptions(problem=ctx.texts.precheck.not_understood)
        return _turn(engine.ask_again(FLOWS[session.base_flow.flow], session, ctx, prompt))
    return Turn(session, (menu.notice(ctx, "empty", session=session),))


def drop_unknown_steps(session: Session) -> Session:
    """The session without what this release does not know: a flow that is gone, a step that has another name now."""
    for talk in session.flows.values():
        flow = FLOWS.get(talk.flow)
        if flow is None:
            session = session.drop(talk.flow)
        elif talk.step not in flow.steps:
            mended = talk.at(flow.first)
            session = session.activate(mended) if talk.flow in session.stack else session.suspend(mended)
    return session


def handle_postback(session: Session, data: str, date: str, ctx: Context) -> Turn:
    """A button; `date` is what the date picker gave, if it was one."""
    tap, session = decode(data), session.visiting(None)
    if tap and tap.flow == menu.NAME and tap.value == RESUME:
        return _resume(session, ctx)
    if tap and tap.flow == menu.NAME and tap.value in (*FLOWS, *STATELESS_FLOWS):
        return _open(tap.value, session, ctx)
    if tap and tap.flow == resume_code.NAME:
        return _turn(resume_code.tapped(session, tap, ctx))
    if tap and tap.flow in STATELESS_FLOWS:
        return _counter_tapped(tap, session, ctx)
    if tap and tap.flow in FLOWS:
        return _of_a_talk(tap, session, date, ctx)
    return Turn(session, (menu.notice(ctx, "unknown_button", session=session),))


def _opened_with_words(session: Session, text: str, ctx: Context) -> Turn | None:
    """「アカウント名チェック 横浜市」「料金 8万」: the function and its first answer in one message."""
    parts = _HEAD.match(text)
    command = ctx.resources.words.read(parts[1]) if parts else None
    if parts is None or command is None or command.name not in FLOWS:
        return None
    flow = FLOWS[command.name]
    return _said_by(flow, engine.start(flow, session, ctx).session, parts[2], ctx)


def _started_with(flow: Flow, text: str, session: Session, ctx: Context) -> Turn:
    """A counter opened by its first answer: 「8万通だといくら」「@yokohama-city」."""
    started = engine.start(flow, session, ctx)
    return _said_by(flow, started.session, text, ctx) or _by(flow, started, ctx)


def _heard(session: Session, text: str, ctx: Context) -> Turn | None:
    """The answer to the question on top, else to the one that waits below a counter; None: it is neither."""
    talks = dict.fromkeys(talk.flow for talk in (session.active, session.base_flow) if talk)
    flows = [FLOWS[name] for name in talks]
    several = flows if len(flows) > 1 else []
    # An answer as it stands goes before a word on what is wrong with it.
    answered = [flow for flow in several if engine.can_parse(flow, session, text, ctx)]
    heard = (_said_by(flow, session, text, ctx) for flow in answered or flows)
    return next((turn for turn in heard if turn), None)


def _said_by(flow: Flow, session: Session, text: str, ctx: Context) -> Turn | None:
    reaction = engine.handle_text(flow, session, text, ctx)
    return _by(flow, reaction, ctx) if reaction else None


def _of_a_talk(tap: Tap, session: Session, date: str, ctx: Context) -> Turn:
    """A button of a conversation: of this one, or of one that is gone."""
    flow, talk = FLOWS[tap.flow], session.flows.get(tap.flow)
    meant = Tap(tap.flow, tap.step, date, tap.sid) if date else tap
    if talk is None or talk.conversation_id != tap.sid:
        return (
            _by(flow, engine.handle_stale_postback(flow, session, meant, ctx), ctx)
            if flow.ephemeral
            else _stale(session, tap, ctx)
        )
    if tap.value == engine.CANCEL:
        return _cancel(session.activate(talk), ctx)
    return _by(flow, engine.handle_postback(flow, session, meant, ctx), ctx)


def _by(flow: Flow, reaction: Reaction, ctx: Context) -> Turn:
    return _at_counter(reaction, ctx) if flow.ephemeral else _turn(reaction)


def _counter_tapped(tap: Tap, session: Session, ctx: Context) -> Turn:
    return _visited(LastView(counter=tap.flow, deeper=True), STATELESS_FLOWS[tap.flow].tapped(session, tap, ctx), ctx)


def _visited(visit: LastView, reaction: Reaction, ctx: Context) -> Turn:
    return _at_counter(replace(reaction, session=reaction.session.visiting(visit)), ctx)


def _left(visit: LastView | None, command: Command, session: Session, ctx: Context) -> Turn | None:
    """戻る and やめる at a counter: to the question that waits, as it is; else to its first view or the menu."""
    if visit is None or command.name not in ("back", "cancel"):
        return None
    if session.base_flow:
        return _turn(engine.ask_again(FLOWS[session.base_flow.flow], session, ctx))
    if command.name == "cancel":
        return None
    return _open(visit.counter, session, ctx) if visit.deeper else _menu(session, ctx)


def _at_counter(reaction: Reaction, ctx: Context) -> Turn:
    """What a counter says, with the way back to the pre-check it was opened over."""
    return Turn(reaction.session, resume_button.added(reaction.replies, reaction.session, ctx), marks=reaction.marks)


def _command(command: Command, session: Session, ctx: Context) -> Turn:
    if command.kind == "function":
        return _open(command.name, session, ctx)
    return _ALWAYS[command.name](session, ctx)


def _open(function: str, session: Session, ctx: Context) -> Turn:
    """A function from the menu; a pre-check that waits is offered to be continued before it starts anew."""
    if function in STATELESS_FLOWS:
        return _visited(LastView(counter=function), STATELESS_FLOWS[function].opened(session, ctx), ctx)
    flow, talk = FLOWS[function], session.flows.get(function)
    if talk and not flow.ephemeral and not talk.ended and talk.answers:
        return _turn(engine.ask_again(flow, session, ctx, PromptOptions(note=ctx.texts.ui.resume.text)))
    return _by(flow, engine.start(flow, session, ctx), ctx)


def _interrupted(session: Session, flow: str, text: str, ctx: Context) -> Turn:
    """A question in the middle of a talk is answered, if only with its desk, and the pending one asked again."""
    if not faq.covers(text, session, ctx) and not QUESTION.search(text):
        prompt = PromptOptions(problem=ctx.texts.precheck.not_understood)
        return _turn(engine.ask_again(FLOWS[flow], session, ctx, prompt))
    answered = faq.asked(session, text, ctx)
    note = PromptOptions(note=ctx.texts.ui.faq.back_to_question)
    again = engine.ask_again(FLOWS[flow], answered.session, ctx, note)
    return Turn(
        again.session, (*answered.replies, *again.replies), unanswered=answered.unanswered, marks=answered.marks
    )


def _stale(session: Session, tap: Tap, ctx: Context) -> Turn:
    """A button of a conversation that is gone: say so, and offer a fresh start."""
    key = "stale_running" if session.base_flow else "stale"
    fresh = menu.opener(tap.flow, ctx.texts.ui.menu.items[tap.flow].label, primary=not session.base_flow)
    return Turn(session, (menu.notice(ctx, key, session=session, buttons=() if session.base_flow else (fresh,)),))


def _menu(session: Session, ctx: Context) -> Turn:
    return Turn(session, resume_button.added((menu.menu(ctx),), session, ctx))


def _help(session: Session, ctx: Context) -> Turn:
    return Turn(session, (menu.notice(ctx, "help", session=session),))


def _restart(session: Session, ctx: Context) -> Turn:
    """The running flow anew, or the pre-check."""
    flow = session.active.flow if session.active else "precheck"
    return _turn(engine.start(FLOWS[flow], session, ctx))


def _back(session: Session, ctx: Context) -> Turn:
    running, checked = session.active, session.flows.get("precheck")
    if running is None and checked and checked.ended:
        return _turn(engine.ask_again(FLOWS["precheck"], session, ctx))  # from the verdict to the answers behind it
    if running is None:
        return Turn(session, (menu.notice(ctx, "nothing_to_go_back", session=session),))
    if running.ephemeral and running.at_start:  # back to where the counter was opened from
        return _cancel(session, ctx) if session.base_flow else _menu(session.drop(running.flow), ctx)
    return _turn(engine.back(FLOWS[running.flow], session, ctx))


def _cancel(session: Session, ctx: Context) -> Turn:
    """Set aside, kept for 続ける; a talk that waited below it is asked again."""
    talk = session.active
    if talk is None:
        return Turn(session, (menu.menu(ctx),))
    kept = talk.answers and not talk.ephemeral
    session = session.suspend(talk) if kept else session.drop(talk.flow)
    below = session.active
    if below:
        return _turn(engine.ask_again(FLOWS[below.flow], session, ctx))
    to_colleague = (resume_code.button(ctx),) if resume_code.unfinished(session) else ()
    key = "cancelled" if kept else "closed"
    return Turn(session, (menu.notice(ctx, key, session=session, buttons=to_colleague),))


def _resume(session: Session, ctx: Context) -> Turn:
    """The pending question of the running talk, or of the last one that was set aside."""
    talk = session.resumable or session.active
    if talk is None:
        start = menu.opener("precheck", ctx.texts.ui.moves.precheck, primary=True)
        return Turn(session, (menu.notice(ctx, "nothing_to_resume", buttons=(start,)),))
    return _turn(engine.ask_again(FLOWS[talk.flow], session, ctx))


def _erase(session: Session, ctx: Context) -> Turn:
    """Everything that is kept of this user, at once."""
    return Turn(None, (menu.notice(ctx, "erased"),), resume_code.withdrawal(session))


def _turn(reaction: Reaction) -> Turn:
    return Turn(reaction.session, reaction.replies, reaction.effects, reaction.unanswered, reaction.marks)


def _handover(session: Session, ctx: Context) -> Turn:
    return _turn(resume_code.opened(session, ctx))


_ALWAYS: Mapping[str, Callable[[Session, Context], Turn]] = {
    "menu": _menu,
    "help": _help,
    "restart": _restart,
    "back": _back,
    "cancel": _cancel,
    "resume": _resume,
    "erase": _erase,
    "handover": _handover,
}
