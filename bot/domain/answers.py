"""The answers that a member of staff has given in the pre-check so far."""

from datetime import date
from typing import Annotated, Literal, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.domain.dates import DateProblem, parse_iso, problem_of
from bot.domain.mail_domains import read_domain

T = TypeVar("T")


class AnswersError(ValueError):
    """An answers object that cannot be used; `key` names the first answer that is wrong."""

    def __init__(self, key: str | None, reason: str) -> None:
        self.key = _on_one_line(key) if key is not None else ""
        super().__init__(f"{self.key}: {reason}" if self.key else reason)
        self.reason = reason


def _on_one_line(key: str) -> str:
    """An unknown key may hold anything, or nothing."""
    return ascii(key)[1:-1] if key.strip() else ascii(key)


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("not text that can be written as UTF-8") from None
    return text


def _blank_is_unknown(value: T) -> T | None:
    return None if isinstance(value, str) and not value.strip() else value


def _domain_only(text: str) -> str:
    domain = read_domain(text)
    if domain is None:
        raise ValueError("not a mail domain")
    return domain


def _date_from_text(value: object) -> object:
    day = parse_iso(value) if isinstance(value, str) else value
    if isinstance(day, DateProblem):
        raise ValueError(_DATE_REASONS[day])
    return day


def _possible(day: date) -> date:
    problem = problem_of(day)
    if problem:
        raise ValueError(_DATE_REASONS[problem])
    return day


_DATE_REASONS = {
    DateProblem.NOT_A_DATE: "not a date of the calendar written YYYY-MM-DD",
    DateProblem.BEFORE_PLAN: "before the plan began in May 2019",
    DateProblem.TOO_FAR: "too far in the future",
}

Text = Annotated[str, AfterValidator(_encodable)]
OptionalText = Annotated[Text | None, BeforeValidator(_blank_is_unknown)]
Domain = Annotated[Annotated[str, AfterValidator(_domain_only)] | None, BeforeValidator(_blank_is_unknown)]
Day = Annotated[date, BeforeValidator(_date_from_text), AfterValidator(_possible)]


class Answers(BaseModel):
    """The answers object; what is missing or null is not yet known."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    has_account: bool | None = None
    body: OptionalText = None
    applicant: Literal["staff", "agency", "affiliate"] | None = None
    account_name: OptionalText = None
    verified: Literal["yes", "pending", "no"] | None = None
    plan_in_use: Literal["none", "this_account", "other_account", "unknown"] | None = None
    current_plan: Literal["communication", "light", "standard", "unknown"] | None = None
    email_domain: Domain = None
    apply_date: Day | None = None


KEYS = tuple(Answers.model_fields)


def choices_of(key: str) -> tuple[str, ...]:
    """Return the values that an answer may have. Empty if it is free text."""
    alternatives = get_args(Answers.model_fields[key].annotation)
    return tuple(value for one in alternatives if get_origin(one) is Literal for value in get_args(one))


def read_answers(raw: object) -> Answers:
    """The answers in decoded JSON; AnswersError names the key that is wrong."""
    if not isinstance(raw, dict):
        raise AnswersError(None, "the answers are not a JSON object")
    try:
        return Answers.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = str(first["loc"][0]) if first["loc"] else None
        raise AnswersError(key, _reason(first["type"], first["msg"])) from None


def _reason(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "unknown key; known are " + ", ".join(KEYS)
    return message.removeprefix("Value error, ").replace("Input should be", "should be")
