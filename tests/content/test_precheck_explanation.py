import re
from datetime import date

import pytest

from bot.content.account_names import name_message
from bot.content.cached import precheck_texts
from bot.content.knowledge import load_knowledge
from bot.content.precheck_explanation import Explained, explain, in_japanese, range_in_japanese
from bot.content.precheck_texts import PrecheckTexts
from bot.domain.answers import Answers
from bot.domain.check_results import BodyReason, GovernmentResult, NameResult, State
from bot.domain.eligibility import Condition, decide
from bot.domain.next_steps import NextStep
from tests.domain.pre_check_cases import all_cases, body_found, given, name_found

TODAY = date(2026, 6, 1)
FILLED_BADLY = re.compile(r"[{}]|「」|^[はがのをに、]|、、|。。|〜$|None")


def explained(
    answers: Answers, *, body: BodyReason = BodyReason.REGISTERED, name: State | None = State.PASS
) -> Explained:
    decision = decide(answers, body=body_found(body), name=name_found(name) if name else None, today=TODAY)
    return explain(decision, precheck_texts())


def sentences(words: Explained) -> list[str]:
    return [
        words.title,
        words.text,
        words.notice,
        *(line.reason for line in words.conditions),
        *(line.text for line in words.cautions),
        *(text for line in words.steps for text in (line.title, line.text, line.cannot_undo) if text is not None),
        *([words.schedule] if words.schedule else []),
    ]


def test_every_combination_of_answers_is_put_into_whole_and_short_sentences() -> None:
    seen: set[str] = set()
    for answers, body, name in all_cases(domains=(None, "example.com")):
        decision = decide(answers, body=body, name=name, today=TODAY)
        seen.update(sentences(explain(decision, precheck_texts())))
    assert [text for text in seen if FILLED_BADLY.search(text) or not text] == []
    assert [text for text in seen if len(text) > 110] == []


def test_every_verdict_says_that_it_is_no_promise() -> None:
    assert "お約束するものではありません" in explained(given()).notice
    assert "理由は開示されません" in explained(given()).notice


def test_steps_that_cannot_be_undone_are_marked() -> None:
    marked = {key for key, step in precheck_texts().steps.items() if step.cannot_undo}
    assert marked >= {
        NextStep.CORRECT_NAME,
        NextStep.REQUEST_VERIFICATION,
        NextStep.SETTLE_ACCOUNT,
        NextStep.PREMIUM_ID,
    }
    assert marked.isdisjoint(
        {NextStep.READ_QUESTIONS, NextStep.WORK_ADDRESS, NextStep.KEEP_MAIL, NextStep.CONFIRM_BODY}
    )


def test_a_wrong_name_is_answered_with_the_names_that_are_accepted() -> None:
    words = explained(given(verified="no"), name=State.FAIL)
    step = next(line for line in words.steps if line.key is NextStep.CORRECT_NAME)
    assert "「横浜市」" in step.text


def test_without_a_typed_name_the_bodys_own_names_are_proposed() -> None:
    words = explained(given(has_account=False, verified=None), name=None)
    step = next(line for line in words.steps if line.key is NextStep.OPEN_ACCOUNT)
    assert "「横浜市」「神奈川県横浜市」「横浜市役所」" in step.text


def test_the_reason_for_a_name_is_what_the_name_rule_says() -> None:
    reasons = {line.key: line.reason for line in explained(given(), name=State.FAIL).conditions}
    verdict = name_found(State.FAIL).verdict
    assert verdict
    assert reasons[Condition.ACCOUNT_NAME] == name_message(verdict)


def test_a_paid_plan_is_warned_of_with_its_dates() -> None:
    words = explained(given(current_plan="light", apply_date=date(2026, 9, 24)))
    assert "ライトプラン" in words.cautions[0].text
    assert "10月1日（木）〜11月2日（月）" in words.cautions[0].text


def test_a_schedule_over_the_new_year_names_the_year() -> None:
    words = explained(given(apply_date=date(2026, 12, 24)))
    assert words.schedule is not None
    assert "2026年12月24日（木）に申し込むと" in words.schedule
    assert "2027年1月4日（月）〜1月6日（水）" in words.schedule


def test_a_long_domain_is_cut_before_it_is_shown() -> None:
    words = explained(given(email_domain=f"{'a' * 60}.{'b' * 60}.com"))
    assert len(words.cautions[0].text) < 110


@pytest.mark.parametrize(
    ("day", "year", "written"),
    [
        (date(2026, 12, 1), None, "2026年12月1日（火）"),
        (date(2026, 12, 1), 2026, "12月1日（火）"),
        (date(2027, 1, 4), 2026, "2027年1月4日（月）"),
    ],
)
def test_a_date_is_written_as_in_a_japanese_letter(day: date, year: int | None, written: str) -> None:
    assert in_japanese(day, year=year) == written


def test_every_link_and_address_is_one_that_the_knowledge_has_too() -> None:
    entries = load_knowledge().entries
    urls = {link.url for entry in entries for link in entry.links}
    copies = {copy.text for entry in entries for copy in entry.copies}
    for step in precheck_texts().steps.values():
        assert {link.url for link in step.links} <= urls
        assert {copy.text for copy in step.copies} <= copies | urls


def as_dict() -> dict[str, object]:
    return precheck_texts().model_dump(mode="json")


@pytest.mark.parametrize("part", ["verdicts", "conditions", "warnings", "plans", "schedule", "steps"])
def test_a_missing_sentence_stops_the_start(part: str) -> None:
    raw = as_dict()
    texts = raw[part]
    assert isinstance(texts, dict)
    key = next(iter(texts))
    del texts[key]
    with pytest.raises(ValueError, match=f"no text for {key}"):
        PrecheckTexts.model_validate(raw)


def test_a_missing_reason_stops_the_start() -> None:
    raw = as_dict()
    raw["conditions"]["verified"]["reasons"].pop("pending")  # type: ignore[index]  # the shape is known here
    with pytest.raises(ValueError, match="no text for pending"):
        PrecheckTexts.model_validate(raw)


def test_a_fact_that_nobody_fills_in_stops_the_start() -> None:
    raw = as_dict()
    raw["steps"]["apply"]["text"] = "{town}へどうぞ。"  # type: ignore[index]  # the shape is known here
    with pytest.raises(ValueError, match=r"nobody fills in \{town\}"):
        PrecheckTexts.model_validate(raw)


def test_a_name_finding_without_a_message_falls_back_to_the_plain_reason() -> None:
    decision = decide(given(), body=body_found(BodyReason.REGISTERED), name=NameResult(State.UNCLEAR), today=TODAY)
    reasons = {line.key: line.reason for line in explain(decision, precheck_texts()).conditions}
    assert (
        reasons[Condition.ACCOUNT_NAME] == precheck_texts().conditions[Condition.ACCOUNT_NAME].reasons["unclear"].text
    )


@pytest.mark.parametrize("reason", [reason for reason in BodyReason if reason is not BodyReason.REGISTERED])
def test_a_finding_that_names_no_body_still_has_whole_sentences(reason: BodyReason) -> None:
    decision = decide(given(), body=GovernmentResult(reason), name=None, today=TODAY)
    assert [text for text in sentences(explain(decision, precheck_texts())) if FILLED_BADLY.search(text)] == []


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "12月1日（火）"),
        (date(2026, 12, 1), date(2026, 12, 4), "12月1日（火）〜12月4日（金）"),
        (date(2026, 12, 28), date(2027, 1, 4), "12月28日（月）〜2027年1月4日（月）"),
        (date(2027, 1, 4), date(2027, 1, 6), "2027年1月4日（月）〜1月6日（水）"),
    ],
)
def test_a_range_names_a_year_once_and_only_if_it_is_another(start: date, end: date, shown: str) -> None:
    assert range_in_japanese(start, end, year=2026) == shown
