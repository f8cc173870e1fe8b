"""The text for a mail: within LINE's limit for copying, and never without form, dates and the word on promises."""

import itertools
from datetime import date

import pytest

from bot.content.cached import precheck_texts
from bot.content.precheck_explanation import explain
from bot.domain.answers import read_answers
from bot.domain.precheck import check
from bot.flows.context import Resources
from bot.flows.precheck.copy_text import text_version
from bot.text.measure import utf16_length
from tests.edition import EDITION

TODAY = date(2026, 12, 24)  # spans with two years in them are the longest
READY: dict[str, object] = {
    "has_account": True,
    "body": "神奈川県横浜市",
    "applicant": "staff",
    "account_name": "横浜市",
    "verified": "yes",
    "plan_in_use": "none",
    "current_plan": "light",
}
LONG: dict[str, tuple[object, ...]] = {
    "body": ("鹿児島県南種子町", "𠮷野ヶ里" * 15, "横浜市中区"),
    "has_account": (True, False),
    "plan_in_use": ("none", "other_account", "this_account", "unknown"),
    "applicant": ("agency", None),
    "account_name": ("👩‍👩‍👧‍👦公式" * 12, None),
    "verified": ("yes", "pending", "no", None),
    "current_plan": ("standard", "unknown"),
    "email_domain": ("a-very-long-name-of-a-domain.example-city-office-mail.co.jp",),
}

FORM = precheck_texts().form_url


def written(answers: dict[str, object], resources: Resources) -> str:
    given = {key: value for key, value in answers.items() if value is not None}
    decision = check(read_answers(given), register=resources.register, today=TODAY)
    said = explain(decision, resources.precheck)
    return text_version(decision, said, today=TODAY, texts=resources.texts.precheck)


def test_ready_text_says_verdict_conditions_dates_steps_form_and_edition(resources: Resources) -> None:
    text = written(READY, resources)
    for part in (
        "神奈川県横浜市",
        "条件がそろっています",
        "適合　申込者（6ページ）",
        "2027年2月1日（月）",
        FORM,
        EDITION,
    ):
        assert part in text
    assert "適用するアカウントを決める（取り消せません）：" in text


def test_no_answers_make_a_text_longer_than_the_button_copies(resources: Resources) -> None:
    for values in itertools.product(*LONG.values()):
        text = written(dict(zip(LONG, values, strict=True)), resources)
        assert utf16_length(text) <= 1_000
        assert "お約束するものではありません" in text
        assert text.endswith(EDITION)
        assert "…" not in text.splitlines()[-1]
        if values[1] and values[2] in ("none", "unknown"):  # a start of use in the month after
            assert "※メールのドメイン" in text
            assert ("※現在はスタンダードプラン" in text) is (values[6] == "standard")
        asks_desk = "問い合わせ" in text and "運用窓口" in text
        assert not asks_desk or "ml-new-public-account@lycorp.co.jp" in text


def test_cautions_stand_below_the_dates_with_their_page(resources: Resources) -> None:
    text = written({**READY, "email_domain": "gmail.com"}, resources)
    assert "※メールのドメイン「gmail.com」" in text
    assert "※現在はライトプランなので、審査の後に" in text
    assert "利用開始は2027年2月1日（月）の見込みです。（7ページ）" in text


@pytest.mark.parametrize(
    ("answers", "address"),
    [
        ({"body": "横浜市西区"}, "https://form-business.yahoo.co.jp/claris/enqueteForm?inquiry_type=localgovernment"),
        ({"body": "横浜市", "plan_in_use": "other_account"}, "運用窓口のメール：ml-new-public-account@lycorp.co.jp"),
        ({**READY, "account_name": "神奈川県横浜市役所"}, "運用窓口のメール：ml-new-public-account@lycorp.co.jp"),
        ({"body": "横浜市", "plan_in_use": "this_account"}, "運用窓口のメール：ml-new-public-account@lycorp.co.jp"),
    ],
)
def test_addresses_that_the_steps_speak_of_are_named(
    resources: Resources, answers: dict[str, object], address: str
) -> None:
    assert address in written(answers, resources)


def test_where_room_is_short_the_steps_are_named_without_their_explanation(resources: Resources) -> None:
    text = written({**READY, "verified": None, "applicant": None, "email_domain": "gmail.com"}, resources)
    steps = text.partition("■ 次にすること\n")[2].partition("\n\n")[0].splitlines()
    assert len(steps) >= 8
    assert all("：" not in step for step in steps)
    assert "どなたが申し込むか" in text  # the reasons stay


@pytest.mark.parametrize("answers", [{"body": "横浜市中区"}, {"body": "横浜市", "plan_in_use": "this_account"}])
def test_who_need_not_apply_gets_no_form(resources: Resources, answers: dict[str, object]) -> None:
    assert FORM not in written(answers, resources)
