"""Kinds of wordings that were misread once, each in words of our own."""

import pytest

from bot.flows.context import Context
from bot.flows.precheck.conversation import wants_check
from tests.understanding.conftest import read


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        # polite forms: 次第 and いたします are no doubt and no past
        ("現在はライトを契約している次第です", "current_plan", "current_plan", "light"),
        ("申込みは十二月十七日といたします", "email_domain", "apply_date", "2026-12-17"),
        # what was quoted is no doubt of now
        ("前に「わからない」と押しましたが、ライトです", "current_plan", "current_plan", "light"),
        # days that are moved
        ("15日を3日延ばして18日に変更したいです", None, "apply_date", "2026-12-18"),
        ("14日やのうて17日にしてください", None, "apply_date", "2026-12-17"),
        ("あしたじゃなくてあさってに変えたいです", "apply_date", "apply_date", "2026-12-03"),
        # slips and lengthened vowels
        ("LINEのアカは持ってます", None, "has_account", True),
        ("まだ使ってなーい", "plan_in_use", "plan_in_use", "none"),
        ("認証?はまだなんです", "verified", "verified", "no"),
        # names with spaces, before って and と
        ("KIHO TOWN と登録しています", "account_name", "account_name", "KIHO TOWN"),
        ("きほうLINE って名前になってます", "account_name", "account_name", "きほうLINE"),
        ("『川崎町(宮城県)』で登録しています", "account_name", "account_name", "川崎町(宮城県)"),
    ],
)
def test_what_is_said_in_such_words_is_noted(
    text: str, step: str | None, key: str, value: object, ctx: Context
) -> None:
    assert read(text, step, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        # the verification: what is still to come, what is waited for, what has come
        ("認証はこれから申請いたしますので", "verified", "verified", "no"),
        ("申請ボタンを押したのでいまは結果まちです", "verified", "verified", "pending"),
        ("書類は出してあるんですがまだです", "verified", "verified", "pending"),
        ("先方の返答をお待ちしております", "verified", "verified", "pending"),
        ("認証はすでにいただいております", "verified", "verified", "yes"),
        ("審査中→審査に落ちてました", "current_plan", "verified", "no"),
        # the plan of today
        ("料金はかかっておりません", "current_plan", "current_plan", "communication"),
        ("お金をかけずに使っています", "current_plan", "current_plan", "communication"),
        ("月に二百通までのです", "current_plan", "current_plan", "communication"),
        ("先月スタンダードからライトに落としました", "current_plan", "current_plan", "light"),
        ("ライト→12/14に申し込みます", "current_plan", "current_plan", "light"),
        # the plan for local governments
        ("プランはどこにも申し込んでいません", "plan_in_use", "plan_in_use", "none"),
        ("適用は受けておりません", "plan_in_use", "plan_in_use", "none"),
        ("前に言った別アカウントの適用は誤認、庁内適用ゼロ", "plan_in_use", "plan_in_use", "none"),
        # who applies
        ("運用を任せてる会社の人です", "applicant", "applicant", "agency"),
        ("委託先は申込には関与せず、職員です", "applicant", "applicant", "staff"),
        ("代理店はやめて私が申し込みます", "applicant", "applicant", "staff"),
        ("保守をお願いしている業者さんに、申込みも全部お任せします", "applicant", "applicant", "agency"),
        ("申込者:業者→職員", "email_domain", "applicant", "staff"),
        # account names
        ("きほうっこ! っていいます", "account_name", "account_name", "きほうっこ!"),
        ("紀宝町 税務課 と出てます", "account_name", "account_name", "紀宝町 税務課"),
        ("きほうちょう、と全部ひらがなです", "account_name", "account_name", "きほうちょう"),
        ("紀宝町/認証済/無料", "account_name", "account_name", "紀宝町"),
        # days
        ("20日はむりそう。22にして", None, "apply_date", "2026-12-22"),
        ("クリスマスイブに申し込みます", "apply_date", "apply_date", "2026-12-24"),
    ],
)
def test_more_of_what_is_said_is_noted(text: str, step: str | None, key: str, value: object, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        # lists of answers, each as short as it can be
        ("未認証、無料、12月14日", "verified", "apply_date", "2026-12-14"),
        ("職員。12/9。", "applicant", "apply_date", "2026-12-09"),
        ("ライト / city.tsu.mie.jp / 12月22日(火)", "current_plan", "apply_date", "2026-12-22"),
        ("申込日は、課内の相談どおり、十二月十日、木曜でお願いします", "apply_date", "apply_date", "2026-12-10"),
        ("3日後で", "apply_date", "apply_date", "2026-12-04"),
        # what stands around a domain
        ("soumu.KA@city.tsu.mie.jpから送ります", "email_domain", "email_domain", "city.tsu.mie.jp"),
        ("lg.jpではなくて、town.kiho.mie.jp です", "email_domain", "email_domain", "town.kiho.mie.jp"),
        # who it is that applies
        ("私ども不慣れですから、制作をお願いしている業者さんに申込みも任せます", "applicant", "applicant", "agency"),
        ("青い盾のしるしがついてます", "verified", "verified", "yes"),
        # names with words of other questions in them, and names that are changed
        ("紀宝町【公式】メール便", "account_name", "account_name", "紀宝町【公式】メール便"),
        ("名前、紀宝町役場に直してください", "current_plan", "account_name", "紀宝町役場"),
        ("アカウントは紀宝町という名前です", "account_name", "account_name", "紀宝町"),
        ("名称は紀宝町で登録しております", "account_name", "account_name", "紀宝町"),
        # bodies that are no local government
        ("一般財団法人紀宝文化財団の者です", "body", "body", "一般財団法人紀宝文化財団"),
        ("うちは村ではなく一部事務組合でして、紀南衛生組合と申します", "body", "body", "紀南衛生組合"),
    ],
)
def test_lists_and_long_sentences_are_read(text: str, step: str | None, key: str, value: object, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        ("業者に頼んでる", "plan_in_use", "applicant", "agency"),
        ("委託会社にお任せしてます", "verified", "applicant", "agency"),
        ("議会事務局のアカウントに付けています", "plan_in_use", "plan_in_use", "other_account"),
        ("かつて使っていたけど今は解約してる", "plan_in_use", "plan_in_use", "none"),
        ("職員です、代理店は通しません", "applicant", "applicant", "staff"),
        ("持ってますよ、認証もばっちり", "has_account", "verified", "yes"),
        ("うち(太地町)では広報のアカウントがあります", None, "body", "和歌山県太地町"),
        ("長めでして、太地町公式LINEアカウントといいます", "account_name", "account_name", "太地町公式LINEアカウント"),
    ],
)
def test_what_is_told_in_passing_is_noted(text: str, step: str | None, key: str, value: object, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("助かる〜", "thanks"),
        ("ご丁寧に、本当にありがとうございました", "thanks"),
        ("ふむふむ", "backchannel"),
        ("なるほどね", "backchannel"),
        ("りょです", "backchannel"),
        ("質問多すぎ", "complaint"),
        ("面倒くさいなあ", "complaint"),
        ("めんどいです", "complaint"),
        ("ではこのあたりで失礼いたします", "bye"),
        ("料金を教えてもらえると助かります", None),
        ("よくある質問で多いのはどれ", None),
    ],
)
def test_small_talk_is_told_from_what_is_asked(text: str, talk: str | None, ctx: Context) -> None:
    assert read(text, "verified", ctx).talk == talk


def test_what_says_nothing_is_asked_again_with_all_buttons(ctx: Context) -> None:
    found = read("昨日の夜は雨が強かったです", "verified", ctx)
    assert found.asks_again
    assert set(found.ask_back["verified"]) == {"yes", "pending", "no"}
    assert not found.facts


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        ("愛媛県今治市消防本部です", "body", "body", "愛媛県今治市"),
        ("千葉県の柏市消防局に勤めています", "body", "body", "千葉県柏市"),
        ("峡北広域行政事務組合の総務課です", "body", "body", "峡北広域行政事務組合"),
        ("まだありませんので年明けに作ります", "has_account", "has_account", False),
        ("エックスだけで、LINEはやってません", "has_account", "has_account", False),
        ("開設済みですが、認証は未取得です", "has_account", "verified", "no"),
        ("これは無いです。作ってから2月に申し込みます", "has_account", "has_account", False),
        ("じゃあ山北町で", "account_name", "account_name", "山北町"),
        ("「岬町公式」青い印あり", "account_name", "account_name", "岬町公式"),
        ("「岬町公式」です。資料はどこで見られますか", "account_name", "account_name", "岬町公式"),
        ("認証の申請を済ませて、まだお返事をいただいておりません", "verified", "verified", "pending"),
        (
            "運用しております。また、自治体プランは、現在どのアカウントでも使っておりません",
            "has_account",
            "has_account",
            True,
        ),
    ],
)
def test_roundabout_and_formal_answers_are_read(text: str, step: str, key: str, value: object, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        ("あおいのは もう ついでらよ", "verified", "verified", "yes"),
        ("青いマークなら まだ ついでねぇ", "verified", "verified", "no"),
        ("申請したんだども はねられだ", "verified", "verified", "no"),
        ("アカウントは もってらす", "has_account", "has_account", True),
        ("うちの課じゃ作っとらんばい", "has_account", "has_account", False),
        ("認証はまだとっちょらん", "verified", "verified", "no"),
        ("公式LINEは持っとりますけん", "has_account", "has_account", True),
        ("地方公共団体プランは使うてへん", "plan_in_use", "plan_in_use", "none"),
        ("アカウントはあらへん", "has_account", "has_account", False),
        ("いちがつ はつかに出します", "apply_date", "apply_date", "2027-01-20"),
        ("じゅうにがつじゅうごにちです", "apply_date", "apply_date", "2026-12-15"),
    ],
)
def test_dialects_and_kana_are_read_like_the_standard_language(
    text: str, step: str, key: str, value: object, ctx: Context
) -> None:
    assert read(text, step, ctx).facts.get(key) == value


@pytest.mark.parametrize(
    ("text", "step", "key", "value"),
    [
        ("公式アカウントの開設は既に了しております", "has_account", "has_account", True),
        ("認証につきましては、昨年度において取得済みでございます", "verified", "verified", "yes"),
        ("認証の取得には至っておりません", "verified", "verified", "no"),
        ("当該プランの適用を受けているアカウントは庁内に一件も存在いたしません", "plan_in_use", "plan_in_use", "none"),
        ("本プランの適用はどの所属においても受けておりません", "plan_in_use", "plan_in_use", "none"),
        ("申込みは業者を介することなく市の職員が行います", "applicant", "applicant", "staff"),
        ("弊社が市に代わりまして申込みをいたします", "applicant", "applicant", "agency"),
        ("申込日は令和九年一月八日としておりましたが、同月十九日に改めます", "apply_date", "apply_date", "2027-01-19"),
    ],
)
def test_official_prose_is_read(text: str, step: str, key: str, value: object, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get(key) == value


def test_what_was_dictated_is_read_sentence_by_sentence(ctx: Context) -> None:
    read_of = read("課長の言葉を写します。「紀宝町です。LINEはあります。認証はまだです」", None, ctx)
    assert read_of.facts == {"body": "三重県紀宝町", "has_account": True, "verified": "no"}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("はじめっから やりなおさせでけろ", "restart"),
        ("昨日の続きからお願いします", "resume"),
        ("使い方の説明を御案内ください", "help"),
        ("ひとつ戻ってほしいです", "back"),
    ],
)
def test_commands_are_read_in_dialect_and_official_prose(text: str, command: str, ctx: Context) -> None:
    assert read(text, "verified", ctx).command == command


@pytest.mark.parametrize("text", ["じゃあやります", "はじめる", "それでは、始めます。", "ほなやってみます"])
def test_a_short_word_to_begin_begins_the_pre_check(text: str, ctx: Context) -> None:
    assert wants_check(text, ctx)


@pytest.mark.parametrize("text", ["運用を始めます", "はじめまして", "始める前に料金を知りたい", "やりますか"])
def test_what_only_sounds_like_beginning_begins_nothing(text: str, ctx: Context) -> None:
    assert not wants_check(text, ctx)


@pytest.mark.parametrize(
    ("text", "step", "facts"),
    [
        ("青いのはまだです", "verified", {"verified": "no"}),
        ("認証は済。未使用。", "verified", {"verified": "yes"}),
        ("だから認証は取れたって言ってんだ", "verified", {"verified": "yes"}),
        ("神流町…じゃねえや、甘楽町ね", "body", {"body": "群馬県甘楽町"}),
        ("出すのは私ですが、派遣の職員でもいいですか", "applicant", {}),
    ],
)
def test_insisting_slips_of_the_tongue_and_doubts(text: str, step: str, facts: dict[str, object], ctx: Context) -> None:
    assert {key: value for key, value in read(text, step, ctx).facts.items() if key in (step, *facts)} == facts
