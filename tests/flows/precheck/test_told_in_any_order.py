"""Facts in random order, wording and grouping always end in the verdict of the rules."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.answers import read_answers
from bot.domain.precheck import check
from bot.flows.context import Context, Resources
from bot.flows.precheck.steps import OF_AN_ACCOUNT
from bot.flows.reading import read_message
from bot.replies.views import VerdictView
from tests.flows.conftest import TODAY, Conversation
from tests.understanding.messages.scoring import messages_of

STORIES = 40
BODIES = {"神奈川県箱根町": "箱根町", "三重県紀宝町": "紀宝町", "東京都練馬区": "練馬区", "北海道士別市": "士別市"}
OF_A_BODY = ("{}です", "こちらは{}です", "お世話になります、{}と申します")
OF_A_NAME = ("アカウント名は「{}」です", "名前は{}と登録しています", "「{}」という名前です")
DATES = {"2026-12-18": ("12/18に申し込みます", "申込日は12月18日です", "十二月十八日に出す予定です")}
LEANS = re.compile("はい|いえ|いや|ちが|.*県公式")  # on the question before it, or on another body
ANY = ("verified", "has_account", "plan_in_use", "applicant", "current_plan", "email_domain")

Phrases = dict[str, dict[Any, list[str]]]


@pytest.fixture(scope="module")
def phrases(resources: Resources) -> Phrases:
    """Return the bank's wordings of a single fact that are clear without the question before them."""
    ctx = Context(resources=resources, today=TODAY, new_conversation_id="phrases")
    found: Phrases = {key: defaultdict(list) for key in ANY}
    for message in (one for writer in ("writer_b", "writer_c", "writer_d") for one in messages_of(writer)):
        if message["kind"] == "single" and message["step"] in ANY and not LEANS.match(message["text"]):
            read = read_message(message["text"], None, {}, ctx)
            if list(read.facts) == [message["step"]] and not (read.ask_back or read.unsure or read.questions):
                found[message["step"]][read.facts[message["step"]]].append(message["text"].rstrip("。.! \n"))
    return found


def told(chance: random.Random, phrases: Phrases) -> tuple[dict[str, Any], list[str]]:
    """Return random facts, and messages that hold them in random order, wording and grouping."""
    body = chance.choice(list(BODIES))
    facts: dict[str, Any] = {"body": body, "account_name": BODIES[body], "apply_date": chance.choice(list(DATES))}
    said = {
        "body": chance.choice(OF_A_BODY).format(body),
        "account_name": chance.choice(OF_A_NAME).format(BODIES[body]),
        "apply_date": chance.choice(DATES[facts["apply_date"]]),
    }
    for key in ANY:
        facts[key] = chance.choice(list(phrases[key]))
        said[key] = chance.choice(phrases[key][facts[key]])
    if facts["has_account"] is False:
        for key in OF_AN_ACCOUNT:
            del facts[key], said[key]
    order = chance.sample(list(said), len(said))
    return facts, ["。".join(said[key] for key in group) for group in grouped(order, chance)]


def grouped(keys: list[str], chance: random.Random) -> Iterator[list[str]]:
    while keys:
        size = chance.randint(1, 4)
        yield keys[:size]
        keys = keys[size:]


@pytest.mark.parametrize("seed", range(STORIES))
def test_facts_told_in_any_order_end_in_the_verdict_of_the_rules(
    seed: int, phrases: Phrases, resources: Resources
) -> None:
    facts, messages = told(random.Random(seed), phrases)  # noqa: S311 - chance, not a secret
    talk = Conversation(resources)
    talk.says("申込前チェック")
    for message in messages:
        talk.says(message)
    talk.says("結局もう出していいの")
    answers = {key: value for key, value in talk.session.flows["precheck"].answers.items() if value is not None}
    assert answers == facts, messages
    (shown,) = [reply for reply in talk.replies if isinstance(reply, VerdictView)]
    assert shown.verdict == check(read_answers(facts), register=resources.register, today=TODAY).verdict
