"""The pre-check: what a word means where it is typed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.context import Resources
from bot.flows.precheck.steps import ORDER
from bot.flows.session import FlowState, Session, dump
from bot.replies import views
from bot.replies.actions import Postback
from tests.flows.conftest import Conversation, begun, step_of


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("横浜市", "神奈川県横浜市"),
        ("よこはまし", "神奈川県横浜市"),
        ("yokohama-shi", "神奈川県横浜市"),
        ("ﾖｺﾊﾏｼ", "神奈川県横浜市"),
        ("足柄下郡箱根町", "神奈川県箱根町"),
        ("箱根町役場 企画課", "神奈川県箱根町"),
        ("東京都", "東京都"),
        ("  横浜市\n", "神奈川県横浜市"),
    ],
)
def test_body_is_understood_as_people_write_it(talk: Conversation, typed: str, answer: str) -> None:
    assert answer in begun(talk, typed)
    assert step_of(talk) == "has_account"


def test_homonyms_are_asked_back(talk: Conversation) -> None:
    assert "2つあります" in begun(talk, "府中市")
    assert step_of(talk) == "body"
    assert "広島県府中市" in talk.tap_label("広島県府中市")
    assert step_of(talk) == "has_account"


def test_slip_is_corrected_with_one_tap_or_kept(talk: Conversation) -> None:
    assert "横浜市" in begun(talk, "横兵市")
    talk.tap_label("神奈川県横浜市")
    assert step_of(talk) == "has_account"


def test_body_that_nobody_knows_can_be_kept_and_makes_the_verdict_unclear(talk: Conversation) -> None:
    assert "見つかりません" in begun(talk, "ほげほげ市")
    assert "お持ちですか" in talk.tap_label("このまま進む")


def test_wrong_account_name_shows_names_that_would_do(talk: Conversation) -> None:
    said = begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市公式")
    assert "使えない名前" in said
    talk.tap_label("横浜市役所")
    assert step_of(talk) == "verified"
    assert talk.session.flows["precheck"].answers["account_name"] == "横浜市役所"


def test_wrong_account_name_can_be_kept_and_the_verdict_says_what_to_do(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市公式")
    talk.tap_label("この名前のまま進む")
    for answer in ("審査中", "ライト", "lg.jp", "未定"):
        talk.says(answer)
    assert "先に整えることがあります" in talk.says("はい")


def test_only_the_domain_of_an_address_is_kept(talk: Conversation) -> None:
    begun(
        talk,
        "横浜市",
        "はい",
        "使っていない",
        "職員",
        "横浜市",
        "認証済み",
        "ライト",
        "Taro.Yamada@city.yokohama.lg.jp",
    )
    stored = dump(talk.session).decode()
    assert "city.yokohama.lg.jp" in stored
    assert "yamada" not in stored.lower()


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("12/1", "review"),
        ("令和8年12月1日", "review"),
        ("未定", "review"),
        ("1999/1/1", "apply_date"),
        ("2/30", "apply_date"),
    ],
)
def test_dates_are_taken_as_typed_or_asked_again(talk: Conversation, typed: str, step: str) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", typed)
    assert step_of(talk) == step


@pytest.mark.parametrize(
    "word", ["料金はいくらですか", "lg.jpのメールでないとだめですか？", "パートナーにはどんな会社がありますか"]
)
def test_question_in_the_middle_is_answered_and_the_pending_one_asked_again(talk: Conversation, word: str) -> None:
    begun(talk, "箱根町", "はい")
    said = talk.says(word)
    assert len(talk.replies) == 2
    assert "すでに使っていますか" in said


def test_words_that_mean_nothing_here_are_asked_again_kindly(talk: Conversation) -> None:
    begun(talk, "箱根町")
    assert "開設したLINE公式アカウントがあるか" in talk.says("ほげほげ")
    assert step_of(talk) == "has_account"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="はい市区町村🗾‍か\u0301ー？。 ", max_size=60))
def test_any_text_at_any_question_is_answered_within_the_limits_of_line(resources: Resources, text: str) -> None:
    for known in ({}, {"body": "神奈川県箱根町"}, dict.fromkeys(ORDER[:4], "x")):
        step = ORDER[len(known)]
        answers: dict[str, Any] = {
            "body": "神奈川県箱根町",
            "has_account": True,
            "plan_in_use": "none",
            "applicant": "staff",
        }
        kept = {name: answers[name] for name in ORDER[: len(known)]}
        state = Session().activate(FlowState(flow="precheck", conversation_id="s", step=step, answers=kept))
        Conversation(resources, session=state).says(text)


def test_five_thousand_characters_are_no_trouble(talk: Conversation) -> None:
    for text in ("あ" * 5000, "👨‍👩‍👧‍👦" * 400, "か\u0301" * 2500, "横浜市" * 1600):
        begun(talk)
        talk.says(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("アカウント名チェック 横浜市", "使える名前の形です"),
        ("アカウント名チェック：横浜市公式", "使えない名前です"),
        ("料金 8万", "165,000円"),
        ("申込前チェック　箱根町", "お持ちですか"),
    ],
)
def test_function_and_first_answer_come_in_one_message(talk: Conversation, text: str, said: str) -> None:
    assert said in talk.says(text)


@pytest.mark.parametrize("hidden", ["\u202e", "\ufeff", "\u2066", "\x00", "\x7f", "\u200b"])
def test_invisible_characters_of_a_name_are_judged_and_not_tidied_away(talk: Conversation, hidden: str) -> None:
    talk.says("アカウント名チェック")
    assert "使えない名前です" in talk.says(f"横{hidden}浜市")
    talk.says("データ削除")
    assert "使えない名前" in begun(talk, "横浜市", "はい", "使っていない", "職員", f"横浜市{hidden}")


def test_homonyms_are_named_and_what_has_no_room_is_hinted_at(talk: Conversation) -> None:
    talk.says("アカウント名チェック")
    assert "広島県府中市" in talk.says("府中市")
    assert "ほかにも候補" in talk.says("西区")


@pytest.mark.parametrize(
    "question",
    [
        "外郭団体は対象ですか",
        "一部事務組合は申し込めますか？",
        "国の機関でも使えますか",
        "代理店でも申し込めますか",
        "横浜市西区は対象ですか？",
        "箱根町は無料ですか",
        "組合について教えて",
    ],
)
def test_question_about_bodies_at_the_first_question_ends_nothing(talk: Conversation, question: str) -> None:
    begun(talk)
    assert "どちらの団体" in talk.says(question)
    assert "body" not in talk.session.flows["precheck"].answers


def at_the_mail_question(talk: Conversation) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト")


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("はい", "lg.jp"),
        ("そうです", "lg.jp"),
        ("はい、lg.jp です", "lg.jp"),
        ("わからない", None),
        ("gmail", "gmail.com"),
    ],
)
def test_mail_question_is_answered_by_yes_and_by_name(talk: Conversation, typed: str, recorded: str | None) -> None:
    at_the_mail_question(talk)
    talk.says(typed)
    assert talk.session.flows["precheck"].answers["email_domain"] == recorded


@pytest.mark.parametrize(
    "typed",
    [
        "いいえ",
        "lg.jpではありません",
        "lg.jpじゃない",
        "lg.jp以外です",
        "lg.jpじゃないとだめですか？",
        "gmail.comでも大丈夫ですか？",
    ],
)
def test_mail_question_takes_no_negation_and_no_question_for_an_answer(talk: Conversation, typed: str) -> None:
    at_the_mail_question(talk)
    assert "メールアドレス" in talk.says(typed)
    assert "email_domain" not in talk.session.flows["precheck"].answers


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("団体名を変更", "body"),
        ("アカウント名が違う", "account_name"),
        ("認証を変更したい", "verified"),
        ("申込者", "applicant"),
    ],
)
def test_review_is_changed_by_typing(talk: Conversation, typed: str, step: str) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "未定")
    talk.says(typed)
    assert step_of(talk) == step


@pytest.mark.parametrize("typed", ["変更", "間違えました", "いいえ"])
def test_wish_to_change_without_a_name_is_asked_which(talk: Conversation, typed: str) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp", "未定")
    assert "変更する項目" in talk.says(typed)


def test_every_button_of_every_question_does_the_same_when_its_words_are_typed(talk: Conversation) -> None:
    begun(talk)
    for answer in (
        "府中",
        "広島県府中市",
        "はい、あります",
        "使っていない",
        "団体の職員",
        "府中市公式",
        "府中市役所",
        "認証済み",
    ):
        shown = talk.replies[-1]
        assert isinstance(shown, views.Question)
        for button in shown.choices:
            typed, tapped = (
                Conversation(talk.resources, session=talk.session),
                Conversation(talk.resources, session=talk.session),
            )
            if isinstance(button.action, Postback) and button.action.display:
                assert typed.says(button.action.display) == tapped.taps(button.action.data)
        talk.says(answer)


@pytest.mark.parametrize("typed", ["横浜市です", "「横浜市」", "横浜市です。"])
def test_name_in_a_sentence_is_the_name(talk: Conversation, typed: str) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", typed)
    assert talk.session.flows["precheck"].answers["account_name"] == "横浜市"


@pytest.mark.parametrize("typed", ["来月", "12月中旬", "年明け", "日付を選ぶ"])
def test_time_that_is_no_day_is_asked_back(talk: Conversation, typed: str) -> None:
    begun(talk, "横浜市", "はい", "使っていない", "職員", "横浜市", "認証済み", "ライト", "lg.jp")
    talk.says(typed)
    assert step_of(talk) == "apply_date"
    assert len(talk.replies) == 1


@pytest.mark.parametrize("said", ["26年12月1日", "27年1月5日です"])
def test_year_that_may_be_of_the_era_or_the_century_is_asked_back(talk: Conversation, said: str) -> None:
    talk.session = Session().activate(FlowState(flow="precheck", conversation_id="s", step="apply_date"))
    assert "西暦と令和" in talk.says(said)
    assert step_of(talk) == "apply_date"


@pytest.mark.parametrize("dash", ["−", "‐", "–", "―", "ー"])
def test_address_with_any_dash_is_recorded_as_typed_and_not_by_its_end(talk: Conversation, dash: str) -> None:
    talk.session = Session().activate(FlowState(flow="precheck", conversation_id="s", step="email_domain"))
    talk.says(f"tanaka@kanko{dash}lg.jp")
    assert talk.session.flows["precheck"].answers["email_domain"] == "kanko-lg.jp"


@pytest.mark.parametrize("said", ["taro@example，lg.jp", "taro@横浜lg.jp", "taro＠例え。jp"])
def test_broken_address_is_asked_again(talk: Conversation, said: str) -> None:
    talk.session = Session().activate(FlowState(flow="precheck", conversation_id="s", step="email_domain"))
    assert "ドメインとして読み取れませんでした" in talk.says(said)
    assert step_of(talk) == "email_domain"


@pytest.mark.parametrize("dash", [*"-‐‑‒–—―−─━－ーｰ〜～➖"], ids=ascii)
@pytest.mark.parametrize(
    ("said", "plan"), [("スタンダ{}ド", "standard"), ("コミュニケ{}ションプラン", "communication")]
)
def test_plan_is_read_with_any_dash_for_its_long_vowel(talk: Conversation, said: str, plan: str, dash: str) -> None:
    talk.session = Session().activate(
        FlowState(flow="precheck", conversation_id="s", step="current_plan", answers={"has_account": True})
    )
    talk.says(said.format(dash))
    assert talk.session.flows["precheck"].answers["current_plan"] == plan
