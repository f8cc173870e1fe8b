"""Kinds of wordings that were misread once, each in words of our own."""

from datetime import date
from itertools import product

import pytest

from bot.flows.context import Context, Resources
from bot.flows.precheck.conversation import wants_check
from bot.flows.reading import Reading, read_message

TODAY = date(2026, 12, 1)


@pytest.fixture
def ctx(resources: Resources) -> Context:
    return Context(resources=resources, today=TODAY, new_conversation_id="kinds")


def read(text: str, step: str | None, ctx: Context) -> Reading:
    return read_message(text, step, {}, ctx)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("仙台の泉区で広報をしています", "宮城県仙台市泉区"),
        ("福岡市城南区の総務です", "福岡県福岡市城南区"),
        ("手稲区ですけど", "北海道札幌市手稲区"),
        ("葵区役所です", "静岡県静岡市葵区"),
        ("練馬区→東京", "東京都練馬区"),
    ],
)
@pytest.mark.parametrize("step", ["body", None])
def test_a_ward_of_a_designated_city_is_found(text: str, body: str, step: str | None, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get("body") == body


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("鶴見区です", ["神奈川県横浜市鶴見区", "大阪府大阪市鶴見区"]),
        ("港区になります", ["東京都港区", "愛知県名古屋市港区", "大阪府大阪市港区"]),
        ("浜松の中区です", ["静岡県浜松市"]),  # dissolved in 2024
        ("浜松市中区役所です", ["静岡県浜松市"]),
    ],
)
def test_a_ward_of_several_cities_and_one_of_the_past_are_asked_back(text: str, first: list[str], ctx: Context) -> None:
    found = read(text, "body", ctx)
    assert "body" not in found.facts
    assert list(found.ask_back["body"]) == first


@pytest.mark.parametrize(
    "text",
    [
        "三重県の紀宝町で企画課長をしております者です。アカウントは「紀宝町」でございます",
        "おつです！紀宝町です。アカウント「紀宝町」は認証済です",
    ],
)
def test_the_body_is_found_beside_an_account_that_bears_its_name(text: str, ctx: Context) -> None:
    facts = read(text, None, ctx).facts
    assert (facts.get("body"), facts.get("account_name")) == ("三重県紀宝町", "紀宝町")


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("作ったような作ってないような…確かめます", "has_account"),
        ("取れたのか取れてないのか、引き継ぎがなくて", "verified"),
        ("マークは灰色のようにも青のようにも見えます", "verified"),
        ("ライトだったかスタンダードだったか、請求書を探してみます", "current_plan"),
        ("職員にするか業者にするか、まだ決まっていません", "applicant"),
        ("まだお答えができません", "apply_date"),
        ("こちらでは判じかねます", "verified"),
    ],
)
def test_two_values_and_doubts_leave_the_question_open(text: str, step: str, ctx: Context) -> None:
    found = read(text, step, ctx)
    assert step not in found.facts
    assert step in found.unsure or step in found.ask_back


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
    ("text", "step", "key"),
    [
        ("りょです", "account_name", "account_name"),
        ("りょうかい！", "account_name", "account_name"),
        ("名前の決まり", "account_name", "account_name"),
        ("名前は後で見ます", "account_name", "account_name"),
        ("公社の人が申し込みます", "account_name", "account_name"),
        ("紀宝町は三重になってるけど和歌山です", "account_name", "account_name"),
        ("長野市ではございません", "has_account", "has_account"),
        ("来週、課長決裁が終わったら申し込みます", "email_domain", "applicant"),
        ("前の課長の頃に申し込んだと聞いています", "plan_in_use", "applicant"),
    ],
)
def test_what_only_looks_like_an_answer_is_not_noted(text: str, step: str, key: str, ctx: Context) -> None:
    assert key not in read(text, step, ctx).facts


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
    ("text", "step", "key"),
    [
        ("前の部署では持っていました", "has_account", "has_account"),
        ("ありそうな気はします", "has_account", "has_account"),
        ("いや、使いたいから聞いてるんです", "plan_in_use", "plan_in_use"),
        ("どこも使っていないと聞いています", "plan_in_use", "plan_in_use"),
        ("12月22日ごろです", "apply_date", "apply_date"),
        ("町長名で申請します", "applicant", "verified"),
        ("別の課のアカウントでプランを使っています", "plan_in_use", "has_account"),
    ],
)
def test_the_past_hearsay_and_an_about_are_not_noted(text: str, step: str, key: str, ctx: Context) -> None:
    assert key not in read(text, step, ctx).facts


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("いえ、鳥取のほうです", "滋賀県日野町", "鳥取県日野町"),
        ("広島じゃなくて東京です", "広島県府中市", "東京都府中市"),
        ("うちの太子町は兵庫ですよ", "大阪府太子町", "兵庫県太子町"),
        ("港区って大阪のほうなんです", "東京都港区", "大阪府大阪市港区"),
        ("群馬の高山だで", "長野県高山村", "群馬県高山村"),
    ],
)
def test_a_correction_may_name_the_prefecture_only(text: str, before: str, after: str, ctx: Context) -> None:
    assert read_message(text, "has_account", {"body": before}, ctx).facts == {"body": after}


@pytest.mark.parametrize("text", ["奈良のほうじゃなくて合ってます", "県は使っていますけど"])
def test_a_prefecture_that_is_denied_corrects_nothing(text: str, ctx: Context) -> None:
    assert "body" not in read_message(text, "has_account", {"body": "山形県川西町"}, ctx).facts


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
    "text",
    ["いえ、うちは飛島村です", "わたしです。飛島村です", "ええと、愛知県の飛島村です", "うちは飛島村の総務課です"],
)
def test_words_that_sound_like_a_town_do_not_win_over_a_full_name(text: str, ctx: Context) -> None:
    assert read(text, "body", ctx).facts.get("body") == "愛知県飛島村"


@pytest.mark.parametrize(
    ("text", "step", "key"),
    [
        ("いえ、まだ使っていません", "body", "body"),
        ("バッジは灰色です。はい、去年開設しました", "verified", "has_account"),
        ("所属は広報課です", "plan_in_use", "plan_in_use"),
        ("愛知県飛島村の総務課です", "plan_in_use", "plan_in_use"),
    ],
)
def test_what_opens_a_sentence_or_introduces_the_writer_answers_nothing_else(
    text: str, step: str, key: str, ctx: Context
) -> None:
    assert read(text, step, ctx).facts.get(key) in (None, True)


def test_a_yes_later_in_a_message_does_not_answer_what_was_asked(ctx: Context) -> None:
    assert read("グレーのマークです。はい、前に開設しました", "verified", ctx).facts["verified"] == "no"


def test_a_day_on_which_something_arrived_is_no_day_of_the_application(ctx: Context) -> None:
    assert "apply_date" not in read("結果は先月の18日付でメールをもらい、承認されました", "verified", ctx).facts


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
    ("text", "step", "key"),
    [
        ("画面の city.kyonan.chiba.jp は私どものものではございません", "email_domain", "email_domain"),
        ("city.kyonan.chiba.jp ではないです", "email_domain", "email_domain"),
        ("会議が始まったので中止します", "account_name", "account_name"),
        ("ほかのLINEは持っていません", "has_account", "has_account"),
        ("認証済みのものと未認証のものとがあるんです", "verified", "verified"),
        ("私どもは一部事務組合でございます", "body", "body"),  # a kind and no name
        ("12日は係長が不在だそうです", "apply_date", "apply_date"),
        ("やのあさってかな", "apply_date", "apply_date"),  # the third day or the fourth, by region
        ("株式会社みなとの担当がのちほどお答えしますのでお待ちください", "body", "body"),
    ],
)
def test_what_is_denied_or_put_off_is_not_noted(text: str, step: str, key: str, ctx: Context) -> None:
    assert key not in read(text, step, ctx).facts


def test_a_union_is_never_taken_for_the_town_that_lends_its_name(ctx: Context) -> None:
    assert read("木曽広域連合の事務局でございます", None, ctx).facts.get("body") == "木曽広域連合"


@pytest.mark.parametrize(
    "text",
    [
        "ほかの係で使っているものはないです",
        "別の部署で使ってるアカウントはありません",
        "他課での適用はございません",
        "よその課で導入しているところはない",
    ],
)
def test_that_nobody_else_uses_the_plan_is_no_use_by_another_account(text: str, ctx: Context) -> None:
    assert read(text, "plan_in_use", ctx).facts.get("plan_in_use") == "none"


@pytest.mark.parametrize("text", ["ほかのアカウントなし", "別のアカウントはありません"])
def test_having_no_other_account_does_not_say_that_there_is_none(text: str, ctx: Context) -> None:
    assert "has_account" not in read(text, "has_account", ctx).facts


def test_accounts_of_both_kinds_are_asked_back(ctx: Context) -> None:
    reading = read("認証しているアカウントとしていないのがあります", "verified", ctx)
    assert "verified" not in reading.facts
    assert reading.ask_back["verified"] == ("yes", "no")


LEADS = ("", "うちは", "まだ", "当市では")
VERBS = ("取って", "取得して", "受けて", "できて", "済んで")
NEGATIONS = ("いません", "ない", "いないです", "おりません", "ないんです", "いなくて", "なかったです", "いませんが")


@pytest.mark.parametrize("negation", NEGATIONS)
@pytest.mark.parametrize("step", ["verified", None])
def test_negated_verification_is_never_read_as_done(negation: str, step: str | None, ctx: Context) -> None:
    for lead, particle, verb in product(LEADS, ("を", "は", "も"), VERBS):
        text = f"{lead}認証{particle}{verb}{negation}"
        assert read(text, step, ctx).facts.get("verified") in ("no", None), text


@pytest.mark.parametrize("text", ["認証済みで問題ないです", "認証済みで間違いありません"])
def test_negation_of_something_else_leaves_the_verification(text: str, ctx: Context) -> None:
    assert read(text, "verified", ctx).facts.get("verified") == "yes"


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


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "スタンダードですが、コミュニケーションプランへの変更を済ませておくべきか否か、御教示願います",
            "current_plan",
        ),
        ("代理での申込みは不可と知りました", "applicant"),
    ],
)
def test_what_is_asked_or_ruled_out_is_no_answer(text: str, key: str, ctx: Context) -> None:
    assert read(text, "email_domain", ctx).facts.get(key) not in {"communication", "agency"}


def test_what_was_dictated_is_read_sentence_by_sentence(ctx: Context) -> None:
    read_of = read("課長の言葉を写します。「紀宝町です。LINEはあります。認証はまだです」", None, ctx)
    assert read_of.facts == {"body": "三重県紀宝町", "has_account": True, "verified": "no"}


def test_an_agency_names_the_body_that_it_works_for(ctx: Context) -> None:
    assert read("秋田県羽後町さんから受託している業者です", None, ctx).facts.get("body") == "秋田県羽後町"


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
    ("text", "name"),
    [
        ("当課の公式アカウントは海士町役場っていう名前で出てます", "海士町役場"),
        ("画面には海士町LINEと出ております", "海士町LINE"),
        ("うちのLINEは箱根町で登録しています", "箱根町"),
    ],
)
def test_an_account_name_is_found_inside_a_whole_sentence(text: str, name: str, ctx: Context) -> None:
    assert read(text, "account_name", ctx).facts.get("account_name") == name


@pytest.mark.parametrize(
    ("text", "step", "key", "dangerous"),
    [
        ("スポーツ振興公社(市の外郭団体)の職員が出します", "applicant", "applicant", "staff"),
        ("へえ そうなんだ", "has_account", "has_account", True),
        ("株式会社みなと企画と申します。対象は静岡県焼津市様です。", "body", "body", "株式会社みなと企画"),
        ("文化祭が1月9日にありますので、その三日後に出します", "apply_date", "apply_date", "2027-01-09"),
        ("先月までライトだったんですが、無料に下げました", "current_plan", "current_plan", "light"),
        ("10日は議会が入ったので、翌週の火曜にします", None, "apply_date", "2026-12-08"),
        ("名称を「焼津市水道局」に改めたいのですが、できますか", "verified", "account_name", "焼津市水道局"),
    ],
)
def test_words_of_another_subject_are_not_noted(
    text: str, step: str | None, key: str, dangerous: object, ctx: Context
) -> None:
    assert read(text, step, ctx).facts.get(key) != dangerous


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


@pytest.mark.parametrize(
    ("text", "step", "asked"),
    [
        ("認証はたぶん取れていると思います", "verified", {"verified": ("yes",)}),
        ("アカウントはあるはずです、たぶん", "has_account", {"has_account": (True,)}),
        ("おそらく使っていないです", "plan_in_use", {"plan_in_use": ("none",)}),
    ],
)
def test_hedged_answers_are_asked_back(text: str, step: str, asked: dict[str, object], ctx: Context) -> None:
    found = read(text, step, ctx)
    assert (found.facts, dict(found.ask_back)) == ({}, asked)


@pytest.mark.parametrize(
    ("text", "step", "key"),
    [
        ("以前はスタンダードでしたが、無料に変更いたしました", "current_plan", "current_plan"),
        ("市のほうの「神戸市」が別にあります", "account_name", "account_name"),
    ],
)
def test_what_was_before_or_is_of_another_account_is_not_noted(text: str, step: str, key: str, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get(key) in (None, "communication")
