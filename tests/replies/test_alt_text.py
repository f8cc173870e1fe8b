import pytest

from bot.diagnostics.samples import samples
from bot.replies.alt_text import ALT_UNITS, alt_text
from bot.replies.render import render
from bot.text import measure
from tests.replies.long_views import TEXTS, drawn_out

SAMPLES = samples()

# What one who only hears the notification has to know.
SAID = {
    "welcome": ["地方公共団体プラン 申込前窓口", "よくある質問：料金・条件・日程などを調べられます"],
    "menu": ["メニュー", "申込前チェック", "お問い合わせ"],
    "notice": ["中断しました", "「続ける」でいつでも再開"],
    "question": ["申込前チェック 6/9", "「認証済アカウント」ですか", "審査中"],
    "question_again": ["同じ名前の団体が2つあります", "東京都府中市"],
    "review": ["回答をご確認ください", "アカウント名：横浜市"],
    "verdict_ready": ["条件がそろっています", "4. 申込フォームから申し込む"],
    "verdict_action_needed": ["先に整えることがあります", "2. アカウント名を直す"],
    "answer": ["地方公共団体プランの料金", "月額固定費はかかりません"],
    "table_plans": ["プランの比較", "ライトプラン 5,000円"],
    "costs": ["月80,000通", "年に最大1,980,000円", "地方公共団体プラン：無料"],
    "check_ng": ["横浜市防災【公式】：使えない名前です", "申請した後は、アカウント名を変更できません"],
    "timeline": ["2026年12月1日（火）に申し込む場合", "2027年1月4日（月）：利用開始のめやす"],
    "process": ["申込みから利用開始まで", "5. 審査"],
    "cards_partners": ["「申請・手続き」に当てはまる3社", "株式会社Bot Express"],
}


@pytest.mark.parametrize("name", SAID)
def test_the_alternative_text_says_what_the_bubble_says(name: str) -> None:
    alt = render(SAMPLES[name])["altText"]
    for words in SAID[name]:
        assert words in alt


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_gist_names_what_the_view_is_about(name: str) -> None:
    view = SAMPLES[name]
    about = [getattr(view, field) for field in ("subject", "headline", "title", "text") if hasattr(view, field)]
    assert about[0] in alt_text(view).replace("\n", "")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_gist_is_short_and_never_empty(name: str, text: str) -> None:
    assert 1 <= measure.utf16_length(alt_text(drawn_out(SAMPLES[name], TEXTS[text]))) <= ALT_UNITS
    assert alt_text(drawn_out(SAMPLES[name], "", times=1)).strip()
