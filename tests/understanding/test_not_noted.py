"""What looks like an answer and is none: negations, doubts, hearsay, others' affairs, each in words of our own."""

from itertools import product

import pytest

from bot.flows.context import Context
from tests.understanding.conftest import read


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
