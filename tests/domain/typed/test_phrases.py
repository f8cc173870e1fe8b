from pathlib import Path

import pytest

from bot.content.rules import vocabulary_of
from bot.domain.typed.choices import read_choice

# Whole sentences, written without looking at the word lists.
SENTENCES: dict[str, dict[str, list[str]]] = {
    "has_account": {
        "true": [
            "アカウントは開設しています",
            "公式アカウントはもう持っていますよ",
            "LINE公式アカウントがあります",
            "はい、すでに運用中です",
            "あるよ",
            "あります！",
            "持ってまーす",
            "あると思います",
            "作成しています",
            "先月作りました",
            "去年開設しました",
            "はい持っています",
            "うん持ってる",
            "いちおうあります",
            "一応あります",
            "はーい",
            "はい○",
            "イエス",
            "そうですね",
            "ええ",
            "開設しております",
            "運用してます",
            "あります。よろしくお願いします",
            "はい、あります。名前は横浜市です",
            "既にあります",
            "はい（広報課で運用）",
        ],
        "false": [
            "LINE公式アカウントはまだ作っていません",
            "まだ開設できていません",
            "アカウントはないです",
            "持ってないです",
            "いや、持ってないよ",
            "ありませんでした",
            "まだありません",
            "これから開設する予定です",
            "来月開設予定です",
            "未開設です",
            "いいえありません",
            "今はないです",
            "ないと思います",
            "まだ無いです",
            "ございません",
            "作る予定です",
            "準備しています",
            "まだ用意していません",
            "取得前です",
        ],
        "unknown": [
            "わからないです",
            "分かりかねます",
            "担当でないのでわかりません",
            "ちょっと確認します",
            "さあ…",
            "知りませんでした",
            "わかんないです",
            "不明。",
            "はっきりしません",
        ],
    },
    "verified": {
        "yes": [
            "認証済みです",
            "認証は済んでいます",
            "はい、認証済みです",
            "認証取れてます",
            "認証取得済みです",
            "バッジが青です",
            "青いバッジがついてます",
            "青色のバッジが付いています",
            "もう認証されています",
            "認証完了しています",
            "認証審査に通りました",
        ],
        "pending": [
            "審査待ちです",
            "現在審査中です",
            "先週申請しました",
            "認証を申請中です",
            "認証の申請中です",
            "申請は出しました",
            "まだ審査中",
            "申請して待っています",
            "申請済みで結果待ち",
        ],
        "no": [
            "まだ認証されていません",
            "認証はまだです",
            "未認証アカウントです",
            "認証していないです",
            "バッジはついていません",
            "これから申請する予定です",
            "申請もまだです",
            "申請していないです",
            "灰色です",
            "グレーです",
        ],
        "unknown": ["わからないです", "バッジがあるかわからない"],
    },
    "plan_in_use": {
        "none": [
            "使っていないです",
            "ないです",
            "利用なし",
            "使ってないです",
            "プランは使っていません",
            "他では使っていません",
            "どこも使ってません",
            "いいえ、使っていません",
            "利用していないです",
            "いいえ、ありません",
            "今のところありません",
            "使っているアカウントはありません",
        ],
        "this_account": [
            "このアカウントで使ってます",
            "このアカウントに適用済みです",
            "はい、このアカウントです",
            "このアカウントで使用しています",
            "このアカウントで利用してます",
            "もう適用されています",
            "本アカウントで利用中です",
        ],
        "other_account": [
            "他のアカウントで使ってます",
            "はい、別のアカウントです",
            "別アカウントで利用中",
            "防災のアカウントで使っています",
            "別の部署で使っています",
            "他課のアカウントで使っています",
            "ほかのアカウントです",
            "既に別のアカウントで適用されています",
        ],
        "unknown": ["わからないです", "他部署のことはわかりません", "確認してみないとわかりません", "把握してないです"],
    },
    "applicant": {
        "staff": [
            "市役所職員です",
            "はい、職員です",
            "私が申し込みます",
            "町の職員です",
            "正規職員です",
            "県庁職員です",
            "自治体の職員です",
            "職員が申し込みます",
            "自治体職員です。",
            "はい、市の職員です",
            "業者ではなく職員が申し込みます",
        ],
        "agency": [
            "代理店が申し込みます",
            "委託している業者です",
            "広告代理店の者です",
            "業者に頼んでいます",
            "業者が申し込みます",
            "委託先の会社です",
            "代理店に任せる",
            "制作会社です",
        ],
        "affiliate": [
            "外郭団体の職員です",
            "市の外郭団体です",
            "公益財団法人です",
            "観光協会です",
            "社会福祉協議会です",
            "第三セクターです",
            "市の財団です",
        ],
    },
    "current_plan": {
        "communication": [
            "コミュニケーションプランを使っています",
            "無料のプランです",
            "無料プランを使っています",
            "コミュニケーションです",
            "無料のやつです",
            "月200通のプラン",
        ],
        "light": ["ライトプランを使っています", "ライトです", "ライトプランを契約中", "月5000円のプラン"],
        "standard": [
            "スタンダードプランを利用しています",
            "スタンダードです",
            "月15000円のプランです",
            "スタンダードプランに入っています",
        ],
        "unknown": ["わからないです", "どのプランかわかりません", "プランがわからない", "プラン名は不明です"],
    },
    "apply_date": {
        "unknown": ["未定です", "まだ決まっていないです", "わからないです", "決めてない"],
    },
}
CASES = [
    (question, value, text)
    for question, values in SENTENCES.items()
    for value, texts in values.items()
    for text in texts
]


@pytest.mark.parametrize(("question", "value", "text"), CASES)
def test_a_whole_sentence_is_read_as_the_value_it_speaks_for(question: str, value: str, text: str) -> None:
    assert read_choice(text, vocabulary_of(question)) == value


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("applicant", "職員ではありません"),
        ("current_plan", "ライトプランではありません"),
        ("current_plan", "ライトかスタンダードです"),
        ("plan_in_use", "このアカウントでは使っていませんが別のアカウントでは使っています"),
        ("verified", "認証済みにするにはどうすればいいですか"),
        ("verified", "申請の方法を教えてください"),
        ("has_account", "アカウントを作りたいです"),
        ("current_plan", "スタンダードプランの料金"),
        ("current_plan", "LINEミュージックの無料期間"),
        ("applicant", "子育てに強い会社"),
        ("plan_in_use", "パソコンにログインできない"),
    ],
)
def test_what_says_too_little_too_much_or_asks_something_is_no_answer(question: str, text: str) -> None:
    assert read_choice(text, vocabulary_of(question)) is None


def questions_of_the_evaluation() -> list[str]:
    folder = Path(__file__).parents[2] / "content" / "questions"
    lines = [line for path in sorted(folder.glob("*.tsv")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line.split("\t")[-1] for line in lines if line and not line.startswith("#")]


def test_questions_that_staff_ask_are_never_taken_for_answers() -> None:
    asked = [text for text in questions_of_the_evaluation() if text != "👍"]
    assert len(asked) > 300
    taken = [(key, text) for key in SENTENCES for text in asked if read_choice(text, vocabulary_of(key))]
    assert taken == []
