"""The pre-check: declares its steps and decides what comes next."""

from collections.abc import Mapping
from datetime import date

from bot.flows import typed_options
from bot.flows.context import Context
from bot.flows.engine import Accept, ChoiceParser, Finish, Flow, NextQuestion, Reprompt, Respond, Step, TextParser
from bot.flows.precheck import answers as reading
from bot.flows.precheck import names
from bot.flows.precheck.review import ask, parse_review_text
from bot.flows.precheck.steps import CHOICES, ORDER, left_open, open_points, prune, relevant
from bot.flows.precheck.verdict import account_name_no_longer_fits, decided, verdict
from bot.flows.session import FlowState


def advance(state: FlowState, step: str, ctx: Context) -> NextQuestion | Respond | Finish:
    """Return the next open question, the review, or the verdict."""
    state = prune(state.without("review"))
    if date_has_passed(state, ctx):
        return NextQuestion(
            state.without("apply_date").at("apply_date"), ctx.texts.precheck.problems["date_passed_meanwhile"]
        )
    if step == "review" or decided(state, ctx):
        return Finish(state.at("review"), verdict(state, ctx))
    open_questions = [name for name in relevant(state) if name not in state.answers]
    return NextQuestion(state.at(open_questions[0] if open_questions else "review"))


def date_has_passed(state: FlowState, ctx: Context) -> bool:
    """Return True if the planned day has passed, because a conversation may pause for days."""
    given = state.answers.get("apply_date")
    return given is not None and date.fromisoformat(given) < ctx.today


def invalidate_dependents(before: FlowState, after: FlowState, ctx: Context) -> FlowState:
    """Drop the plan in use if the government changes, and the account name if it does not fit the new one."""
    known = before.answers.get("body")
    if known is None or known == after.answers.get("body"):
        return after
    changed = after.without("plan_in_use")
    return changed.without("account_name") if account_name_no_longer_fits(changed, ctx) else changed


def _parse_suggested_choice(settle: ChoiceParser) -> ChoiceParser:
    """Return a parser that also accepts the words which the conversation has suggested, and to skip the question."""

    def parse(value: str, state: FlowState, ctx: Context) -> Accept | Reprompt | None:
        words = typed_options.find(value, state.options)
        if words:
            return Accept(words.text, origin=words.origin)
        return settle(value, state, ctx) or (Accept(left_open(state.step)) if value == reading.SKIP else None)

    return parse


_READERS: Mapping[str, tuple[TextParser, ChoiceParser]] = {
    "body": (names.parse_body_text, names.parse_body_choice),
    "account_name": (names.parse_account_name_text, names.parse_account_name_choice),
    "email_domain": (reading.parse_mail_domain_text, reading.parse_mail_domain_choice),
    "apply_date": (reading.parse_apply_date_text, reading.parse_apply_date_choice),
}
_ENDS = frozenset({"body", "plan_in_use"})  # a government that is not eligible, an account that has the plan


def _step(name: str) -> Step:
    """Declare a step that may lead to any other, because an answer changed later may reopen any question."""
    read, settle = _READERS.get(name, (reading.parse_listed_text, reading.parse_listed_choice))
    to = tuple(other for other in (*ORDER, "review") if other != name)
    return Step(name, CHOICES[name], to, read, _parse_suggested_choice(settle), ends=name in _ENDS)


PRECHECK = Flow(
    name="precheck",
    first="body",
    steps={
        **{name: _step(name) for name in ORDER},
        "review": Step("review", ("confirm",), ORDER, parse_review_text, reading.parse_listed_choice, ends=True),
    },
    ask=ask,
    advance=advance,
    invalidate_dependents=invalidate_dependents,
    open_steps=lambda state: (*open_points(state), "review"),
)
