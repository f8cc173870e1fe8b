"""A question about one body, account name or ID gets that one's verdict, in a talk and amid the pre-check."""

from datetime import date

import pytest

from bot.flows.context import Context, Resources
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers import router
from bot.replies.plain_text import fallback_text
from bot.replies.render import render_all


def heard(text: str, resources: Resources, session: Session | None = None) -> tuple[TurnResult, str]:
    ctx = Context(resources=resources, today=date(2026, 11, 24), new_conversation_id="sid")
    turn = router.handle_text(session or Session(), text, ctx)
    return turn, "\n".join(fallback_text(message, quick=True) for message in render_all(turn.replies))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("よこはましは使えますか", ("○ プランの対象です", "神奈川県横浜市")),
        ("こうほく区は", ("× プランの対象外です", "神奈川県横浜市としてなら")),
        ("「みどり町公式」にしたい", ("× 使えない名前です", "みどり町公式")),
        ("@abc だと短すぎますか", ("× このままでは使えません", "@を除いて4文字以上")),
        ("うちは奈良県十津川村なんやけど使えるん？", ("○ プランの対象です", "奈良県十津川村")),
        ("堺市堺区でも平気でしょうか", ("× プランの対象外です", "大阪府堺市としてなら")),
        ("秋田県庁でございますが、申し込めますでしょうか", ("○ プランの対象です", "秋田県")),
        ("国土交通省は使えますか", ("× プランの対象外です", "国の機関")),
        ("西多摩衛生組合は対象ですか", ("× プランの対象外です", "一部事務組合")),
        ("〇〇市教育委員会です", ("○ プランの対象です", "〇〇市の機関や部署なので、〇〇市として")),
        ("川越市子育て応援というアカウント名は大丈夫ですか", ("× 使えない名前です", "川越市子育て応援")),
        ("アカウント名は川越市役所でいいですか", ("○ 使える名前の形です", "川越市役所")),
        ("「川越市」じゃなくて「川越市役所」でもいいですか", ("○ 使える名前の形です", "川越市役所")),
        ("プレミアムIDを@三鷹市にしたい", ("× このままでは使えません", "@三鷹市")),
        ("IDはkawagoe_cityでいいですか", ("○ 使える形です", "@kawagoe_city")),
    ],
)
def test_subject_that_a_question_names_is_looked_up(text: str, verdict: tuple[str, ...], resources: Resources) -> None:
    turn, said = heard(text, resources)
    assert all(words in said for words in verdict)
    assert turn.unanswered is None


@pytest.mark.parametrize(
    "text",
    [
        "〇〇市は使えますか",
        "「料金」は使えますか",
        "a@example.jp は使えますか",
        "三鷹市の料金は",
        "福岡市の料金",
        "東京都の利用アカウントはどれ",
        "横浜市のホームページは使えますか",
        "アカウント名は部署名でいいですか",
        "プレミアムIDはiPhoneで買えますか",
    ],
)
def test_placeholder_word_mail_address_or_matter_of_a_government_is_not_looked_up(
    text: str, resources: Resources
) -> None:
    _, said = heard(text, resources)
    assert "プランの対象です" not in said
    assert "対象外です" not in said
    assert "アカウント名チェック\n" not in said
    assert "このままでは使えません" not in said


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("三鷹市です。料金はいくらですか", "地方公共団体プランの料金"),
        ("川越市です、申込にどれくらいかかりますか", "申込みから適用までの日数"),
        ("箱根町の者ですがプレミアムIDは無料ですか", "プレミアムIDの料金"),
        ("横浜市の山田です。メールはGmailで大丈夫ですか", "申込みに使うメールアドレス"),
    ],
)
def test_question_beside_the_government_of_its_writer_is_answered(text: str, title: str, resources: Resources) -> None:
    _, said = heard(text, resources)
    assert said.startswith(title)
    assert "プランの対象です" not in said


def test_question_beside_a_government_that_may_not_use_the_plan_is_answered_after_its_verdict(
    resources: Resources,
) -> None:
    _, said = heard("川崎市川崎区です。料金はかかりますか", resources)
    assert said.index("× プランの対象外です") < said.index("地方公共団体プランの料金")


def test_government_asked_for_amid_the_precheck_leaves_its_question_pending(resources: Resources) -> None:
    begun, _ = heard("申込前チェック", resources)
    turn, said = heard("よこはましは使えますか", resources, begun.session)
    assert "○ プランの対象です" in said
    assert "どちらの団体のアカウントですか" in said
    assert turn.session.active
    assert (turn.session.active.step, dict(turn.session.active.answers)) == ("body", {})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ありがとうございます", "どういたしまして"),
        ("担当者につないでください", "人がお答えする窓口は、このトークにはありません"),
        ("使えないな", "うまくお答えできず、申し訳ありません"),
    ],
)
def test_small_talk_amid_the_precheck_gets_its_line_and_the_question_again(
    text: str, line: str, resources: Resources
) -> None:
    session = heard("申込前チェック", resources)[0].session
    session = heard("神奈川県箱根町", resources, session)[0].session
    turn, said = heard(text, resources, session)
    assert said.startswith(line)
    assert "LINE公式アカウントはもうお持ちですか" in said
    assert turn.session.active
    assert (turn.session.active.step, turn.session.active.answers["body"]) == ("has_account", "神奈川県箱根町")
    assert turn.unanswered is None


def test_yes_amid_the_precheck_is_its_answer_and_no_small_talk(resources: Resources) -> None:
    session = heard("申込前チェック", resources)[0].session
    session = heard("神奈川県箱根町", resources, session)[0].session
    turn, _ = heard("はい", resources, session)
    assert turn.session.active
    assert turn.session.active.answers["has_account"] is True
