import pytest

from bot.replies.alt_text import ALT_UNITS, gist
from bot.replies.render import render
from bot.replies.samples import samples
from bot.text import measure
from tests.replies.long_views import TEXTS, drawn_out

SAMPLES = samples()

# What one who only hears the notification has to know.
SAID = {
    "welcome": ["地方公共団体プランの窓口です", "質問はそのまま文章で送るだけ"],
    "menu": ["メニュー", "申込前チェック", "お問い合わせ"],
    "notice": ["前回の続きがあります", "3問目"],
    "question": ["申込前チェック 4/8", "認証済アカウントですか", "審査中です"],
    "question_again": ["「府中市」は2つあります", "東京都府中市"],
    "review": ["回答をご確認ください", "アカウント名：横浜市"],
    "verdict_ready": ["条件がそろっています", "4. 申込フォームから申し込む"],
    "verdict_action_needed": ["先に整えることがあります", "2. アカウント名を直す"],
    "answer": ["何営業日で適用", "3〜5営業日程度"],
    "table_plans": ["プランの比較", "ライトプラン 5,000円"],
    "costs": ["月80,000通", "年に最大1,980,000円", "地方公共団体プラン：0円"],
    "check_ng": ["横浜市防災【公式】：条件に合いません", "申請後は名前を変更できません"],
    "timeline": ["11月24日に申し込む場合", "12月1日（火）〜1月4日（月）：地方公共団体プランの利用開始"],
    "process": ["利用開始までの流れ", "5. 審査"],
    "cards_partners": ["Govtech Partner", "株式会社Bot Express"],
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
    assert about[0] in gist(view).replace("\n", "")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_gist_is_short_and_never_empty(name: str, text: str) -> None:
    assert 1 <= measure.utf16_length(gist(drawn_out(SAMPLES[name], TEXTS[text]))) <= ALT_UNITS
    assert gist(drawn_out(SAMPLES[name], "", times=1)).strip()
