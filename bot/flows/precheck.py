"""The guided pre-check: the declaration of its steps, and what comes next (design: section 4)."""

from collections.abc import Mapping

from bot.flows import precheck_answers as reading
from bot.flows.context import Context
from bot.flows.engine import Ask, End, Flow, Reader, Settler, Show, Step
from bot.flows.precheck_review import ask
from bot.flows.precheck_steps import CHOICES, ORDER, prune, relevant
from bot.flows.precheck_verdict import account_name_no_longer_fits, body_fails, verdict
from bot.flows.session import Talk


def decided(talk: Talk, ctx: Context) -> bool:
    """Whether nothing that could still be asked would change the verdict."""
    return talk.answers.get("plan_in_use") in ("this_account", "other_account") or body_fails(talk, ctx)


def then(talk: Talk, step: str, ctx: Context) -> Ask | Show | End:
    """The next open question, the review, or the verdict."""
    if step == "review":
        talk = talk.without("review")
        return End(talk.at("review"), verdict(talk, ctx))
    talk = prune(talk)
    if step == "body" and account_name_no_longer_fits(talk, ctx):
        talk = talk.without("account_name")
    if decided(talk, ctx):
        return End(talk.at("review"), verdict(talk, ctx))
    open_questions = [name for name in relevant(talk) if name not in talk.answers]
    return Ask(talk.at(open_questions[0] if open_questions else "review"))


_READERS: Mapping[str, tuple[Reader, Settler]] = {
    "body": (reading.read_body, reading.settle_body),
    "account_name": (reading.read_account_name, reading.settle_account_name),
    "email_domain": (reading.read_mail_domain, reading.settle_mail_domain),
    "apply_date": (reading.read_apply_date, reading.settle_apply_date),
}
_ENDS = frozenset({"body", "plan_in_use"})  # a body that is not eligible, an account that has the plan


def _step(name: str) -> Step:
    """Any question may lead to any other: which ones are open depends on the answers, changed ones included."""
    read, settle = _READERS.get(name, (reading.read_listed, reading.settle_listed))
    to = tuple(other for other in (*ORDER, "review") if other != name)
    return Step(name, CHOICES[name], to, read, settle, ends=name in _ENDS)


PRECHECK = Flow(
    name="precheck",
    first="body",
    steps={
        **{name: _step(name) for name in ORDER},
        "review": Step("review", ("confirm",), (), reading.read_listed, reading.settle_listed, ends=True),
    },
    ask=ask,
    then=then,
)
