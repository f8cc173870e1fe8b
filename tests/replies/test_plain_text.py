from dataclasses import replace

import pytest

from bot.diagnostics.samples import samples
from bot.replies import limits
from bot.replies.actions import Button, Say
from bot.replies.plain_text import choices, fallback_text
from bot.replies.render import render
from bot.text import measure
from tests.edition import CITED
from tests.replies.long_views import TEXTS, drawn_out

SAMPLES = samples()


def test_a_question_reads_as_text_with_numbered_choices() -> None:
    assert fallback_text(render(SAMPLES["question"])).splitlines() == [
        "申込前チェック 6/9",
        "「横浜市」は使える名前の形です。",
        "「認証済アカウント」ですか",
        "[1] 認証済み",
        "[2] 審査中",
        "[3] まだ認証していない",
        "[4] わからない",
        "未認証のアカウントは対象外です。",
        f"{CITED} 6ページ",
        "[5] 戻る [6] やめる",
    ]


def test_a_row_that_can_be_tapped_is_one_choice() -> None:
    lines = fallback_text(render(SAMPLES["menu"])).splitlines()
    assert lines[2] == "[1] 申込前チェック 条件を満たすか順に確認します"


def test_addresses_and_copied_words_are_written_out() -> None:
    text = fallback_text(render(SAMPLES["verdict_ready"]))
    assert "[1] 申込フォームを開く：https://linegov.com/application/plan-form.php?openExternalBrowser=1" in text
    assert "[2] 申込先をコピー：https://linegov.com/application/plan-form.php" in text


def test_bubbles_of_a_carousel_are_told_apart() -> None:
    parts = fallback_text(render(SAMPLES["cards_partners"])).split("\n\n")
    assert [part.splitlines()[1] for part in parts] == [
        "ソーシャルデータバンク株式会社(Liny)",
        "株式会社福島情報処理センター",
        "株式会社Bot Express(GovTech Express)",
        "続けてご覧になる方へ",
    ]


def test_signs_are_read_and_decoration_is_not() -> None:
    text = fallback_text(render(SAMPLES["verdict_action_needed"]))
    assert f"× 認証済アカウント 未認証アカウントは適用の対象外です。 {CITED} 6ページ" in text
    assert "›" not in fallback_text(render(SAMPLES["menu"]))


def test_a_plain_text_stays_as_it_is() -> None:
    assert fallback_text({"type": "text", "text": "はい"}) == "はい"


def test_quick_replies_are_numbered_only_when_asked_for() -> None:
    message = render(
        replace(SAMPLES["text"], quick=(Button("料金", Say("料金")), Button("お問い合わせ", Say("お問い合わせ"))))
    )
    assert "[1]" not in fallback_text(message)
    assert fallback_text(message, quick=True).endswith("\n\n[1] 料金\n[2] お問い合わせ")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_numbers_lead_to_the_actions(name: str) -> None:
    message = render(SAMPLES[name])
    text = fallback_text(message, quick=True)
    found = choices(message)
    assert all(f"[{number}] " in text for number in range(1, len(found) + 1))
    assert f"[{len(found) + 1}] " not in text


def test_the_third_choice_of_a_question_is_its_third_button() -> None:
    assert choices(render(SAMPLES["question"]))[2]["data"] == "flow=precheck&step=verified&value=no&sid=k3J9"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_text_can_itself_be_sent(name: str) -> None:
    text = fallback_text(render(drawn_out(SAMPLES[name], TEXTS["japanese"])), quick=True)
    assert 1 <= measure.utf16_length(text) <= limits.MESSAGE_TEXT


def test_a_text_made_of_spans_is_read() -> None:
    spans = {"type": "text", "contents": [{"type": "span", "text": "横浜"}, {"type": "span", "text": "市"}]}
    bubble = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [spans]}}
    assert fallback_text({"type": "flex", "altText": "a", "contents": bubble}) == "横浜市"
