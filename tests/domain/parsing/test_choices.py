import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cached import plain_vocabulary, typed_words, vocabulary_of
from bot.domain.parsing.choices import read_choice, vocabulary

MEANT: dict[str, dict[str, list[str]]] = {
    "has_account": {
        "true": [
            "はい",
            "ハイ",
            "ﾊｲ",
            "はい。",
            "はい！",
            "はーい",
            "うん",
            "そうです",
            "ええ、あります",
            "ある",
            "あります",
            "持っています",
            "もう持ってます",
            "はい、持っています。",
            "開設済みです",
            "既に運用しています",
            "OK",
            "ｙｅｓ",
            "YES",
            "👍",
            "はい👍🏻",
            "○",
            "はい お願いします",
            "持っていますが、名前が違います",
            "はいっ",
        ],
        "false": [
            "いいえ",
            "イイエ",
            "いえ",
            "ない",
            "ないです",
            "ありません",
            "まだ",
            "まだです",
            "まだない",
            "まだ持っていません",
            "いいえ、まだです",
            "これから作ります",
            "開設していません",
            "NO",
            "no",
            "🙅",
            "×",
            "まだなんです",
            "いや、ない",
            "準備中です",
        ],
        "unknown": [
            "わからない",
            "分かりません",
            "わかりません。",
            "不明",
            "不明です",
            "よくわからないです",
            "ちょっとわかりません",
            "確認中です",
            "知らない",
            "うーん",
            "さあ",
            "？？わからない",
            "たぶん、わからない",
        ],
    },
    "applicant": {
        "staff": [
            "はい",
            "職員です",
            "市の職員です",
            "私は…職員です",
            "本人",
            "自分です",
            "役場の職員です",
            "会計年度任用職員です",
            "広報担当です",
        ],
        "agency": ["代理店", "広告代理店です", "委託業者です", "委託先の者です", "業者です", "ベンダー"],
        "affiliate": [
            "外郭団体です",
            "財団法人です",
            "第三セクター",
            "３セク",
            "観光協会の者です",
            "社協です",
        ],
        "unknown": ["未定です", "わかりません"],
    },
    "verified": {
        "yes": [
            "はい",
            "認証済み",
            "認証済です",
            "認証済アカウントです",
            "青いバッジがあります",
            "バッジついてます",
            "取得済みです",
            "もう済んでいます",
        ],
        "pending": [
            "申請中",
            "審査中です",
            "今申請中です",
            "いいえ、申請中です",
            "はい、審査中です",
            "結果待ちです",
            "申請したばかりです",
            "申請済みです",
        ],
        "no": [
            "いいえ",
            "まだです",
            "未認証",
            "未認証です",
            "認証していません",
            "これから申請します",
            "いいえ、まだ申請していません",
            "グレーのバッジです",
        ],
        "unknown": ["わからない", "不明"],
    },
    "plan_in_use": {
        "none": [
            "いいえ",
            "ない",
            "使っていません",
            "利用していません",
            "初めてです",
            "どこも使っていません",
            "いいえ、使ってません",
        ],
        "this_account": [
            "このアカウントです",
            "このアカウントで使っています",
            "はい、このアカウントで使っています",
            "これです",
        ],
        "other_account": [
            "別のアカウント",
            "別のアカウントで使っています",
            "他の課が使っています",
            "はい、ほかのアカウントで使っています",
        ],
        "unknown": ["わからない", "把握していません", "不明です"],
    },
    "current_plan": {
        "communication": [
            "コミュニケーション",
            "コミュニケーションプランです",
            "ｺﾐｭﾆｹｰｼｮﾝ",
            "無料",
            "無料プランです",
            "フリープラン",
            "0円",
            "communication",
        ],
        "light": ["ライト", "ライトプラン", "ﾗｲﾄです", "5,000円", "５０００円", "Light"],
        "standard": ["スタンダード", "スタンダードプランです", "標準", "15,000円", "1万5千円"],
        "unknown": ["わからない", "忘れました", "確認してみます"],
    },
    "email_domain": {
        "lg.jp": ["LG", "lgドメイン", "LGドメインです"],
        "gmail.com": ["Gmail", "gmailです", "Ｇメール"],
        "unknown": ["わからない", "まだ決めていません"],
    },
}

CASES = [
    (question, value, text) for question, values in MEANT.items() for value, texts in values.items() for text in texts
]


@pytest.mark.parametrize(("question", "value", "text"), CASES)
def test_what_staff_type_is_read_as_the_value_they_mean(question: str, value: str, text: str) -> None:
    assert read_choice(text, vocabulary_of(question)) == value


@pytest.mark.parametrize("question", MEANT)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "。",
        "料金はいくらですか",
        "プレミアムIDとは？",
        "はい、料金はいくらですか？",
        "はい いいえ",
        "はいorいいえ",
        "メニュー",
        "横浜市",
        "12/1",
        "😀",
        "ある日の午後",
        "ないしょ",
        "は" * 5000,
        "\u202eはい\u202e x?",
    ],
)
def test_what_is_no_answer_is_left_to_others(question: str, text: str) -> None:
    assert read_choice(text, vocabulary_of(question)) is None


@pytest.mark.parametrize("question", ["applicant", "plan_in_use"])
def test_a_plain_yes_or_no_that_fits_several_values_is_asked_back(question: str) -> None:
    ambiguous = {"applicant": "いいえ", "plan_in_use": "はい"}[question]
    assert read_choice(ambiguous, vocabulary_of(question)) is None


@pytest.mark.parametrize(
    ("text", "meant"), [("いいえ", "no"), ("はい。", "yes"), ("わかりません", "unknown"), ("職員です", None)]
)
def test_a_bare_yes_or_no_is_told_from_other_words(text: str, meant: str | None) -> None:
    assert read_choice(text, plain_vocabulary()) == meant


def test_every_listed_word_is_read_as_its_value() -> None:
    words = typed_words()
    for question, values in words.questions.items():
        read_as = words.vocabulary(question)
        for value, entry in values.items():
            assert {read_choice(word, read_as) for word in entry.words} <= {value}, question


def test_a_word_that_would_mean_two_values_is_refused() -> None:
    with pytest.raises(ValueError, match="アル stands for both a and b"):
        vocabulary({"a": ["ある"], "b": ["アル"]}, {}, fillers=[], endings=[])


@given(st.text(max_size=80))
def test_any_text_gives_a_value_of_the_question_or_none(text: str) -> None:
    values = typed_words().questions["verified"]
    assert read_choice(text, vocabulary_of("verified")) in {*values, None}
