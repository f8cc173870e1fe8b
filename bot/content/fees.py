"""The fee table and its sentences, and a comparison in words."""

from collections.abc import Mapping

from pydantic import model_validator

from bot.content.loader import ContentModel
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown
from bot.content.texts import QuestionText
from bot.domain.fees import Comparison, Plan, PlanCost, PlanName
from bot.domain.parsing.message_counts import CountProblem

FACTS = ("messages", "monthly", "extra", "plan", "saving")


class PlanText(ContentModel):
    """The fees and the name of a plan."""

    name: PlanName
    label: str
    short: str
    monthly_fee: int
    free_messages: int | None = None
    extra_price: int | None = None


class FeeSentences(ContentModel):
    """The sentences around the amounts."""

    title: str
    cost: str
    cost_upper_bound: str
    free: str
    not_possible: str
    extra: str
    saving: str
    saving_upper_bound: str
    no_saving: str
    upper_bound: str
    chargeable: str


class FeeTable(ContentModel):
    """The headings of the table, and the form of an amount in its cells."""

    title: str
    monthly_fee: str
    free_messages: str
    extra_price: str
    yen: str
    messages: str
    at_most: str
    free: str
    unlimited: str
    not_possible: str
    notes: tuple[str, ...]
    pages: tuple[int, ...]


class CostWords(ContentModel):
    """The sentences above the comparison."""

    lead: str
    pages: tuple[int, ...]


class FeeButtons(ContentModel):
    """Labels."""

    compare: str
    other: str
    table: str
    site: str


class FeeTexts(ContentModel):
    """The amounts and sentences on the plans; every plan exactly once."""

    page: int
    plans: tuple[PlanText, ...]
    sentences: FeeSentences
    problems: Mapping[CountProblem, str]
    heading: str
    table: FeeTable
    question: QuestionText
    costs: CostWords
    buttons: FeeButtons
    site: str

    @model_validator(mode="after")
    def _complete(self) -> "FeeTexts":
        refuse_missing([plan.name for plan in self.plans], PlanName)
        if len(self.plans) != len(PlanName):
            raise ValueError("a plan stands twice")
        refuse_missing(self.problems, CountProblem)
        refuse_unknown(placeholders(self.sentences.model_dump().values()), FACTS)
        refuse_unknown(placeholders((self.table.yen, self.table.messages, self.table.at_most)), ("yen", "messages"))
        if not all(value.isdecimal() for value in self.question.choices):
            raise ValueError("a choice is a number of messages")
        return self

    @property
    def figures(self) -> tuple[Plan, ...]:
        """The table that `bot.domain.fees.compare` calculates with."""
        return tuple(Plan(plan.name, plan.monthly_fee, plan.free_messages, plan.extra_price) for plan in self.plans)

    def label(self, name: PlanName) -> str:
        return next(plan.label for plan in self.plans if plan.name is name)


def rows_in_words(texts: FeeTexts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fee table of page 4: a row's head, and a cell for each plan."""
    words, plans = texts.table, texts.plans
    return (
        (words.monthly_fee, tuple(_fee(plan, words) for plan in plans)),
        (words.free_messages, tuple(_messages(plan, words) for plan in plans)),
        (words.extra_price, tuple(_extra(plan, words) for plan in plans)),
    )


def _fee(plan: PlanText, words: FeeTable) -> str:
    return words.yen.format(yen=f"{plan.monthly_fee:,}") if plan.monthly_fee else words.free


def _messages(plan: PlanText, words: FeeTable) -> str:
    if plan.free_messages is None:
        return words.unlimited
    return words.messages.format(messages=f"{plan.free_messages:,}")


def _extra(plan: PlanText, words: FeeTable) -> str:
    if plan.extra_price is not None:
        return words.at_most.format(yen=plan.extra_price)
    return words.free if plan.free_messages is None else words.not_possible


def cost_in_words(cost: PlanCost, texts: FeeTexts) -> str:
    """月15,000円, 月315,000円（上限の目安）, 無料 or that so many messages are not possible."""
    if cost.monthly is None:
        return texts.sentences.not_possible
    if cost.monthly == 0:
        return texts.sentences.free
    form = texts.sentences.cost_upper_bound if cost.is_upper_bound else texts.sentences.cost
    return form.format(monthly=f"{cost.monthly:,}")


def saving_in_words(comparison: Comparison, texts: FeeTexts) -> str:
    """The saving a year against the cheapest plan on sale that carries so many messages."""
    cheapest = comparison.cheapest_on_sale
    if cheapest is None or not cheapest.saving_a_year:
        return texts.sentences.no_saving
    form = texts.sentences.saving_upper_bound if cheapest.is_upper_bound else texts.sentences.saving
    return form.format(plan=texts.label(cheapest.plan.name), saving=f"{cheapest.saving_a_year:,}")
