"""The registry of functions by name: flows that hold a conversation, and stateless ones that answer at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.flows import contacts, faq, partners, process
from bot.flows.after import reminders
from bot.flows.after import result as after
from bot.flows.after.application import APPLICATION
from bot.flows.context import Context
from bot.flows.engine import Flow
from bot.flows.name_check import NAME_CHECK
from bot.flows.plans import PLANS
from bot.flows.postback import Tap
from bot.flows.precheck.flow import PRECHECK
from bot.flows.premium_id import PREMIUM_ID
from bot.flows.schedule import SCHEDULE
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult


@dataclass(frozen=True, slots=True)
class StatelessFlow:
    """A function without a state. `first_view` opens it; `handle_postback` continues it by a button of any age."""

    first_view: Callable[[Session, Context], TurnResult]
    handle_postback: Callable[[Session, Tap, Context], TurnResult]


FLOWS: Mapping[str, Flow] = {
    flow.name: flow for flow in (PRECHECK, NAME_CHECK, PLANS, PREMIUM_ID, SCHEDULE, APPLICATION)
}
STATELESS_FLOWS: Mapping[str, StatelessFlow] = {
    faq.NAME: StatelessFlow(faq.first_view, faq.handle_postback),
    process.NAME: StatelessFlow(process.first_view, process.handle_postback),
    partners.NAME: StatelessFlow(partners.first_view, partners.handle_postback),
    contacts.NAME: StatelessFlow(contacts.first_view, contacts.handle_postback),
    after.NAME: StatelessFlow(after.first_view, after.handle_postback),
    reminders.NAME: StatelessFlow(reminders.first_view, reminders.handle_postback),
}
OCCASIONAL = frozenset(
    {APPLICATION.name, after.NAME, reminders.NAME}
)  # offered only while they apply, so no menu lists them
