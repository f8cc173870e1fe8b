"""Between the counters and the pre-check: every button leads somewhere, and back to where one came from."""

from typing import Any

import pytest

from bot.flows.postback import decode
from bot.flows.session import FlowState, Session
from bot.replies.plain_text import choices
from bot.replies.render import render_all
from tests.flows.conftest import Conversation

STATELESS_FLOWS = {
    "plans": "料金",
    "premium_id": "プレミアムID",
    "schedule": "日程",
    "process": "申込の流れ",
    "partners": "パートナー",
    "contacts": "お問い合わせ",
}
GONE = "このボタンは使えなくなりました"


def actions(talk: Conversation) -> list[dict[str, Any]]:
    return [dict(action) for message in render_all(talk.replies) for action in choices(message)]


def play(talk: Conversation, action: dict[str, Any]) -> str:
    if action["type"] == "message":
        return talk.says(action["text"])
    return talk.taps(action["data"], action.get("initial", ""))


@pytest.mark.parametrize("function", STATELESS_FLOWS)
def test_every_button_of_a_counter_leads_somewhere(talk: Conversation, function: str) -> None:
    """Taps each button of each card that can be reached, in the conversation as it was when the card was shown."""
    talk.says(STATELESS_FLOWS[function])
    ahead = [(talk.session, action) for action in actions(talk)]
    seen: set[str] = set()
    while ahead:
        session, action = ahead.pop()
        tap = decode(action.get("data", ""))
        key = f"{tap.flow} {tap.step} {tap.value}" if tap else str(sorted(action.items()))
        if key in seen or action["type"] in ("uri", "clipboard"):
            continue
        seen.add(key)
        talk.session = session
        assert GONE not in play(talk, action)
        if tap and tap.flow == function:
            ahead += [(talk.session, further) for further in actions(talk)]
    assert len(seen) > 3


@pytest.mark.parametrize("function", STATELESS_FLOWS)
def test_old_button_of_a_counter_works_as_on_the_first_day(talk: Conversation, function: str) -> None:
    talk.says(STATELESS_FLOWS[function])
    old = [action for action in actions(talk) if function in action.get("data", "")]
    talk.says("データ削除")
    for action in old:
        assert "以前の会話のボタン" not in play(talk, action)


@pytest.mark.parametrize("function", STATELESS_FLOWS)
def test_counter_opened_in_the_pre_check_leads_back_to_the_pending_question(talk: Conversation, function: str) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    assert "続ける" in talk.taps(f"flow=menu&step=open&value={function}")
    assert "LINE公式アカウントはもうお持ちですか" in talk.says("続ける")


@pytest.mark.parametrize("function", STATELESS_FLOWS)
def test_pending_question_is_still_answered_after_a_counter(talk: Conversation, function: str) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says(STATELESS_FLOWS[function])
    assert "すでに使っていますか" in talk.says("はい、あります")


@pytest.mark.parametrize(
    ("function", "typed", "shown"),
    [
        ("plans", "8万", "月80,000通のとき"),
        ("premium_id", "yokohama-city", "使える形です"),
        ("schedule", "ライト", "いつごろ申し込む予定ですか"),
    ],
)
def test_typed_input_at_a_counter_is_the_counters_even_over_the_pre_check(
    talk: Conversation, function: str, typed: str, shown: str
) -> None:
    talk.says("申込前チェック")
    talk.says(STATELESS_FLOWS[function])
    text = talk.says(typed)
    assert shown in text
    assert "続ける" in text
    talk.says("続ける")
    assert talk.session.stack == ("precheck",)


def test_question_typed_at_a_counter_over_the_pre_check_asks_the_pending_one_again(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says("料金")
    text = talk.says("紙で申し込めますか")
    assert "オンライン" in text
    assert "LINE公式アカウントはもうお持ちですか" in text


@pytest.mark.parametrize("word", ["戻る", "やめる"])
@pytest.mark.parametrize("function", ["plans", "premium_id", "schedule"])
def test_leaving_a_counter_asks_the_pending_question_again(talk: Conversation, function: str, word: str) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says(STATELESS_FLOWS[function])
    assert "LINE公式アカウントはもうお持ちですか" in talk.says(word)
    assert talk.session.stack == ("precheck",)


def test_old_button_of_the_pre_check_works_over_a_counter(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    yes = next(data for data in talk.buttons() if "value=true" in data)
    talk.says("料金")
    talk.says("8万")
    assert "すでに使っていますか" in talk.taps(yes)
    assert talk.session.stack == ("precheck",)


def test_stale_button_at_a_counter_offers_a_fresh_start_and_nothing_to_continue(talk: Conversation) -> None:
    talk.says("料金")
    text = talk.taps("flow=precheck&step=has_account&value=true&sid=gone")
    assert "以前の会話のボタンです" in text
    assert "申込前チェック" in text
    assert "続ける" not in text


def test_way_back_does_not_stand_beside_a_button_that_opens_the_same(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says("料金")
    talk.says("8万")
    labels = [action["label"] for action in actions(talk)]
    assert labels[0] == "続ける"
    assert "申込前チェック" not in labels


def test_without_a_pre_check_nothing_is_offered_to_be_continued(talk: Conversation) -> None:
    for word in STATELESS_FLOWS.values():
        assert "続ける" not in talk.says(word)


def test_counter_is_never_what_is_resumed(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says("やめる")
    talk.says("日程")
    talk.says("ライト")
    assert "LINE公式アカウントはもうお持ちですか" in talk.says("続ける")


def test_one_counter_takes_the_place_of_another(talk: Conversation) -> None:
    for word in ("料金", "プレミアムID", "日程"):
        talk.says(word)
    assert talk.session.stack == ("schedule",)


@pytest.mark.parametrize("function", STATELESS_FLOWS)
def test_no_card_has_more_buttons_than_are_drawn(talk: Conversation, function: str) -> None:
    """Six are drawn; 続ける must not push one out."""
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says(STATELESS_FLOWS[function])
    for action in [action for action in actions(talk) if function in action.get("data", "")]:
        play(talk, action)
        assert len(getattr(talk.replies[-1], "buttons", ())) <= 6


def test_talk_put_on_top_ends_a_counters_question_and_keeps_the_pre_check_waiting() -> None:
    precheck = FlowState(flow="precheck", conversation_id="a", step="body")
    plans = FlowState(flow="plans", conversation_id="b", step="table", ephemeral=True)
    ids = FlowState(flow="premium_id", conversation_id="c", step="kinds", ephemeral=True)
    session = Session().activate(precheck).activate(plans).activate(ids)
    assert session.stack == ("precheck", "premium_id")
    assert session.flows["plans"].ended
    assert session.base_flow == precheck
    assert session.activate(precheck).stack == ("precheck",)


STATELESS = {"process": "申込の流れ", "partners": "パートナー", "contacts": "お問い合わせ", "faq": "よくある質問"}
DEEPER = {
    "process": "flow=process&step=show&value=before",
    "partners": "flow=partners&step=need&value=payment",
    "contacts": "flow=contacts&step=all&value=all",
    "faq": "flow=faq&step=entry&value=plan_fee",
}


@pytest.mark.parametrize("word", ["戻る", "やめる"])
@pytest.mark.parametrize("function", STATELESS)
def test_back_at_a_counter_leaves_the_pending_question_as_it_is(talk: Conversation, function: str, word: str) -> None:
    for answer in ("申込前チェック", "横浜市", "はい、あります"):
        pending = talk.says(answer)
    for deeper in (False, True):
        talk.says(STATELESS[function])
        if deeper:
            talk.taps(DEEPER[function])
        assert talk.says(word).split("\n")[:3] == pending.split("\n")[:3]
    assert "はもうお持ちですか" in talk.says("戻る"), "and then one question back"


@pytest.mark.parametrize("function", STATELESS)
def test_back_in_a_counter_shows_its_first_view_then_the_menu(talk: Conversation, function: str) -> None:
    first = talk.says(STATELESS[function])
    talk.taps(DEEPER[function])
    assert talk.says("戻る") == first
    assert talk.says("戻る") == talk.says("メニュー")
    assert "これより前はありません" in talk.says("戻る")


def test_back_forgets_the_counter_once_something_else_has_begun(talk: Conversation) -> None:
    talk.says("パートナー")
    talk.says("紙で申し込めますか")
    assert "これより前はありません" in talk.says("戻る")


@pytest.mark.parametrize("data", ["flow=partners&step=all&value=all", "flow=contacts&step=all&value=all"])
def test_carousel_ends_in_a_way_on_also_without_quick_replies(talk: Conversation, data: str) -> None:
    talk.taps(data)
    assert [action["label"] for message in render_all(talk.replies) for action in choices(message, quick=False)][
        -1
    ] == "メニュー"
    talk.says("申込前チェック")
    talk.taps(data)
    assert "続ける" in [
        action["label"] for message in render_all(talk.replies) for action in choices(message, quick=False)
    ]
