"""Reads a message before any flow does, and takes what it says about the pre-check into the pre-check."""

import re
import unicodedata
from dataclasses import replace

from msgspec import structs

from bot.content.cached import plain_vocabulary
from bot.content.texts import PrecheckText
from bot.domain.parsing.choices import read_choice
from bot.flows import engine, faq, menu, named_subjects
from bot.flows.buttons import say_button
from bot.flows.commands import Command
from bot.flows.context import Context
from bot.flows.engine import Accept, Reprompt
from bot.flows.precheck import conversation
from bot.flows.precheck.answers import QUESTION
from bot.flows.precheck.flow import PRECHECK
from bot.flows.precheck.noting import is_correction
from bot.flows.precheck.review import is_suggestion, parse_review_text
from bot.flows.precheck.steps import ORDER, is_open, open_points
from bot.flows.reading import Reading, read_message
from bot.flows.registry import FLOWS
from bot.flows.session import FlowState, Session
from bot.flows.turn_result import TurnResult
from bot.handlers import command_actions, openings
from bot.handlers.functions import open_function
from bot.replies.views import Notice, Question
from bot.understanding.search import Outcome

_IN_A_SENTENCE = re.compile("です|ます|でし|だよ")
_DENIES = re.compile(r"(?:違|ちが)(?:う|い(?:ます)?)[。、]")  # 違う。未認証に変更: of an answer before
LONGEST_PAUSE = 60  # characters of a message that only asks to wait


def converse(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Take the message into the pre-check, or carry out the command that it puts in free words."""
    state = session.flows.get(PRECHECK.name)
    active = session.active
    if active and active.flow != PRECHECK.name and engine.can_parse(FLOWS[active.flow], session, text, ctx):
        return None
    if state and session.base_flow is state:
        return _pending(session, state, text, ctx)
    return None if active and not active.ephemeral else _aside(session, state, text, ctx)


def _pending(session: Session, state: FlowState, text: str, ctx: Context) -> TurnResult | None:
    """Answer a message while a question of the pre-check waits."""
    taken = engine.press(PRECHECK, session, text, ctx) or _agreed(session, state, text, ctx)
    if taken:
        return taken
    if _waits(text, ctx):
        return TurnResult(session, (menu.notice(ctx, "waiting", session=session),))
    step = None if state.step == "review" else state.step
    reading = read_message(text, step, _known(state), ctx)
    if step is None and not reading.has_facts:
        reading = _of_open_points(state, reading, text, ctx)
    if len(reading.facts) > 1 and _DENIES.match(text):
        reading = replace(reading, facts={key: value for key, value in reading.facts.items() if key != state.step})
    if reading.asks_again:
        reading = Reading()  # the router asks again, in other words each time
    if set(reading.facts) == {state.step} and _turned_down(text, state, ctx):
        reading = replace(reading, facts={}, ask_back={state.step: ()})
    if reading.facts or reading.unsure:
        return _with_answers(session, state, reading, text, ctx)
    if reading.command:
        return _run_beside(reading.command, session, state, text, ctx)
    if conversation.wants_verdict(text, ctx):
        confirmed = engine.press(PRECHECK, session, _confirm(ctx), ctx) if step is None else None
        return confirmed or conversation.show_verdict(session, state, ctx)
    return _asked_back(session, state, reading, text, ctx)


def _of_open_points(state: FlowState, reading: Reading, text: str, ctx: Context) -> Reading:
    """Read 12/14 and lg.jp as answers of the review's open points: no other question takes a day or a domain."""
    if read_choice(text, plain_vocabulary()):
        return reading  # はい agrees to the review
    for step in sorted(openings.LATER & set(open_points(state))):
        answer = read_message(text, step, _known(state), ctx)
        if step in answer.facts:
            return answer
    return reading


def _run_beside(name: str, session: Session, state: FlowState, text: str, ctx: Context) -> TurnResult:
    """Carry out a command; before a pause, take the answers beside it (あります。いったん終わりにします)."""
    *before, _ = [sentence for sentence in re.split("[。！!\n]", text) if sentence.strip()] or [""]
    if name == "cancel" and before:
        said = "。".join(before)
        reading = read_message(said, None if state.step == "review" else state.step, _known(state), ctx)
        session = _with_answers(session, state, reading, said, ctx).session if reading.facts else session
    return _run(name, session, ctx)


def _confirm(ctx: Context) -> str:
    return ctx.texts.precheck.questions["review"].choices["confirm"]


def _turned_down(text: str, state: FlowState, ctx: Context) -> bool:
    """Return True if the question's own parser sees in the raw text what a reading of its words overlooks.

    Those are a broken address, a day that is past or of two calendars, and invisible characters in a name.
    """
    hidden = any(unicodedata.category(letter) in ("Cc", "Cf") for letter in text.strip())
    if state.step not in ("email_domain", "apply_date") and not (state.step == "account_name" and hidden):
        return False
    return _rejects(text, state, ctx)


def _rejects(text: str, state: FlowState, ctx: Context) -> bool:
    """Return True if the question's own parser says what is wrong with the text."""
    return isinstance(PRECHECK.steps[state.step].parse_text(text, state, ctx), Reprompt)


def _parses(text: str, state: FlowState, ctx: Context) -> bool:
    """Return True if the parser says what is wrong with the text, or keeps the whole of it as a name (観光庁)."""
    parsed = PRECHECK.steps[state.step].parse_text(text, state, ctx)
    return isinstance(parsed, Reprompt) or (isinstance(parsed, Accept) and parsed.value == text.strip())


def _left_to_the_parser(reading: Reading, state: FlowState, text: str) -> bool:
    """Return True if nothing was read but a doubt about the pending question, and nothing is asked."""
    nothing_else = set(reading.ask_back) <= {state.step} and not reading.talk
    return nothing_else and not (reading.questions and QUESTION.search(text))


def _waits(text: str, ctx: Context) -> bool:
    """Return True if the user only asks to wait, so that nothing is asked again."""
    words = text.strip()[:LONGEST_PAUSE]
    return any(re.search(form, words) for form in ctx.texts.precheck.conversation.waits)


def lead_on(session: Session, text: str, ctx: Context) -> TurnResult | None:
    """Lead to a new pre-check if the words are those of its buttons and its conversation is lost."""
    if session.flows.get(PRECHECK.name) or session.active or text.strip() not in _labels(ctx.texts.precheck):
        return None
    words = ctx.texts.precheck.conversation.lost
    start = menu.opener(PRECHECK.name, ctx.texts.ui.moves.precheck, primary=True)
    questions = menu.opener(faq.NAME, ctx.texts.ui.faq.title)
    buttons = (start, questions, *menu.next_buttons(ctx, session))
    return TurnResult(session, (Notice(title=words.title, text=words.text, buttons=buttons),))


def _labels(texts: PrecheckText) -> frozenset[str]:
    """Return the words on the buttons of the pre-check."""
    chosen = {label for question in texts.questions.values() for label in question.choices.values()}
    kept = {texts.buttons[name] for name in ("same", "keep_body", "keep_account_name")}
    return frozenset({*chosen, *kept, texts.conversation.skip, texts.verdict.change})


def _asked_back(session: Session, state: FlowState, reading: Reading, text: str, ctx: Context) -> TurnResult | None:
    """Ask back what is not sure: in the words of the pending question's own parser if it is about that question."""
    if state.step == "plan_in_use" and read_choice(text, plain_vocabulary()) == "yes":
        which = ctx.texts.precheck.conversation.which_account
        return conversation.miss(session, state, ctx, problem=which)
    if state.step == "review" and parse_review_text(text, state, ctx):
        return engine.handle_text(PRECHECK, session, text, ctx)
    if state.step == "body" and not any(reading.ask_back.values()) and conversation.kind_alone(text, ctx):
        return conversation.miss(session, state, ctx, problem=conversation.kind_alone(text, ctx))
    if _left_to_the_parser(reading, state, text) and _parses(text, state, ctx):
        taken = engine.handle_text(PRECHECK, session, text, ctx)
        if taken:
            return _counted(session, state, taken, ctx)
    return _with_answers(session, state, reading, text, ctx) if reading.ask_back else None


def _counted(session: Session, state: FlowState, taken: TurnResult, ctx: Context) -> TurnResult:
    """Count a message that its parser turned down, and ask in the parser's words."""
    after, asked = taken.session.flows[PRECHECK.name], taken.replies[-1]
    if (after.step, after.answers) != (state.step, state.answers) or not isinstance(asked, Question):
        return taken
    counted = structs.replace(after, misses=state.misses)
    return conversation.miss(session, counted, ctx, problem=asked.problem)


def _aside(session: Session, state: FlowState | None, text: str, ctx: Context) -> TurnResult | None:
    """Answer a message while no question waits: an opening, an answer looked up meanwhile, a late correction."""
    reading = read_message(text, None, _known(state) if state else {}, ctx)
    if reading.command and ctx.resources.commands.read(text) is None:
        return _run(reading.command, session, ctx)
    if conversation.wants_check(text, ctx):
        return _begun(session, reading, text, ctx)
    if state and state.answers:
        return _after_answers(session, state, reading, text, ctx)
    asks = len(reading.facts) > 1 and conversation.asks_if_eligible(text, ctx)
    if asks or conversation.wants_to_apply(text, ctx):
        return _begun(session, replace(reading, questions=()) if asks else reading, text, ctx)
    return _opened(session, reading, text, ctx)


def _after_answers(session: Session, state: FlowState, reading: Reading, text: str, ctx: Context) -> TurnResult | None:
    """Answer a message beside a pre-check that has answers: it asks for the verdict, or says more of the case."""
    wishes = conversation.wants_to_apply(text, ctx)
    if not reading.facts and (conversation.wants_verdict(text, ctx) or (wishes and state.ended)):
        return conversation.show_verdict(session, state, ctx)
    if wishes:
        return _begun(session, reading, text, ctx)
    says_more = openings.states_own_case(reading, text) or openings.names_own_body(reading, text)
    if (says_more or _concerns(reading, state, text, ctx)) and not reading.questions:
        return conversation.respond(session, state, reading, text, ctx)
    return _opened(session, reading, text, ctx)


def _opened(session: Session, reading: Reading, text: str, ctx: Context) -> TurnResult | None:
    """Begin the pre-check with what a message states of its writer's case. None if it states nothing."""
    states = openings.states_own_case(reading, text)
    if openings.names_own_body(reading, text) and not states:
        return _opened_by_body(session, reading, text, ctx)
    if not states and not openings.introduces_a_case(reading, ctx):
        return None
    asked = openings.answered_beside(reading, text, ctx) if states else None
    started = engine.start(PRECHECK, session, ctx).session
    reading = replace(reading, questions=(asked,)) if asked else reading
    return _with_answers(started, started.flows[PRECHECK.name], reading, text, ctx)


def _opened_by_body(session: Session, reading: Reading, text: str, ctx: Context) -> TurnResult | None:
    """Say if the plan is for the government that a message names, and if it is, begin the pre-check with it."""
    card = named_subjects.government_told(text, session, ctx)
    if card and card.mark != "pass":
        return TurnResult(session, (card,))
    started = engine.start(PRECHECK, session, ctx).session
    begun = _with_answers(started, started.flows[PRECHECK.name], reading, text, ctx)
    return replace(begun, replies=(replace(card, buttons=()), *begun.replies)) if card else begun


def _begun(session: Session, reading: Reading, text: str, ctx: Context) -> TurnResult:
    """Begin the pre-check that a message asks for, with the facts and the questions that stand beside the wish."""
    opened = open_function(PRECHECK.name, session, ctx)
    state = opened.session.flows[PRECHECK.name]
    asked = tuple(one for one in reading.questions if one.outcome is Outcome.ANSWER) if QUESTION.search(text) else ()
    if not reading.has_facts and not asked:
        return opened
    return _with_answers(opened.session, state, replace(reading, questions=asked), text, ctx)


def _concerns(reading: Reading, state: FlowState, text: str, ctx: Context) -> bool:
    """Return True if the message corrects an answer of the pre-check, gives an open one, or says one again."""
    named = (*reading.facts, *reading.unsure)
    if any(
        len(values) == 1 and state.answers.get(step) not in (None, *values) for step, values in reading.ask_back.items()
    ):
        return True
    is_said_again = any(state.answers.get(step) == value for step, value in reading.facts.items())
    if is_said_again and _IN_A_SENTENCE.search(text):
        return True  # a name alone is checked as an account name
    return bool(named) and (is_correction(text, ctx) or any(is_open(state, step) for step in named))


def _with_answers(session: Session, state: FlowState, reading: Reading, text: str, ctx: Context) -> TurnResult:
    """Answer the questions in the message first, then take the rest of it into the pre-check."""
    if set(reading.facts) == {"account_name"} == {state.step} and not reading.questions:
        name = str(reading.facts["account_name"])  # its parser judges it and suggests others
        taken = engine.handle_text(PRECHECK, session, name, ctx)
        if taken:
            return _counted(session, state, taken, ctx)
    answered = faq.show_answers(reading.questions, session, ctx) if reading.questions else None
    taken = conversation.respond(answered.session if answered else session, state, reading, text, ctx)
    if answered is None:
        return taken
    events = (*answered.metric_events, *taken.metric_events)
    return replace(taken, replies=(*answered.replies, *taken.replies), metric_events=events)


def _agreed(session: Session, state: FlowState, text: str, ctx: Context) -> TurnResult | None:
    """Take はい for the suggested change of an answer, and いいえ for keeping it."""
    plain = read_choice(text, plain_vocabulary()) if is_suggestion(state) else None
    if plain not in ("yes", "no"):
        return None
    shown = PRECHECK.ask(state, ctx, engine.PromptOptions()).tappable()
    label = shown[0].label if plain == "yes" else ctx.texts.precheck.buttons["same"]
    return engine.press(PRECHECK, session, label, ctx)


def _run(name: str, session: Session, ctx: Context) -> TurnResult:
    """Carry out a command in free words. What deletes everything is confirmed by its own word first."""
    if name == "erase":
        word = ctx.texts.ui.moves.erase
        return TurnResult(session, (menu.notice(ctx, "erase_first", session=session, buttons=(say_button(word),)),))
    return command_actions.run(Command("always", name), session, ctx)


def _known(state: FlowState) -> dict[str, object]:
    return {step: value for step, value in state.answers.items() if value is not None and step in ORDER}
