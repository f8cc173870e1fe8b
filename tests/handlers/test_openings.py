"""What is told outside of the pre-check begins it: a wish to apply, or a statement of the writer's own case."""

import pytest

from bot.flows.context import Resources
from tests.flows.conftest import Conversation, eligible, step_of
from tests.handlers.test_named_subjects import heard


@pytest.fixture
def talk(resources: Resources) -> Conversation:
    return Conversation(resources)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("では申し込みたいです", {}),
        ("地方公共団体プランを使いたいのですが", {}),
        ("高山市の職員です。このプランに申し込みたいのですが、どこから手を付ければいいですか", {"applicant": "staff"}),
        ("で、出してもいいの", {}),
        ("アカウントはもう持っています", {"has_account": True}),
        ("いま使っているのは無料のプランです", {"current_plan": "communication"}),
        ("認証はまだ取っていません。", {"verified": "no"}),
    ],
)
def test_wish_or_statement_begins_the_precheck(text: str, facts: dict[str, object], resources: Resources) -> None:
    turn, _ = heard(text, resources)
    assert turn.session.active
    assert turn.session.active.flow == "precheck"
    assert facts.items() <= dict(turn.session.active.answers).items()


@pytest.mark.parametrize(
    "text",
    [
        "プランを使いたいときはどうすればいいですか",
        "ライト",
        "職員",
        "アカウントを持っていないと使えませんか",
        "申し込みたいときの連絡先は",
    ],
)
def test_question_or_bare_word_does_not_begin_it(text: str, resources: Resources) -> None:
    turn, _ = heard(text, resources)
    assert turn.session.active is None


def test_statement_of_what_is_missing_is_helped_first(talk: Conversation) -> None:
    said = talk.says("アカウントはまだありません")
    assert said.index("アカウントの取得方法") < said.index("どちらの団体のアカウントですか")


def test_wish_after_the_verdict_shows_it_again(talk: Conversation) -> None:
    talk.says("申込前チェック")
    for answer in eligible():
        verdict = talk.says(answer)
    assert "申込フォームを開く" in verdict
    assert "申込フォームを開く" in talk.says("では申し込みたいです")


def test_statement_beside_old_answers_changes_none_unasked(talk: Conversation) -> None:
    talk.says("申込前チェック")
    for answer in eligible():
        talk.says(answer)
    assert "先ほど" in talk.says("うちはまだ認証されていません。")
    assert talk.session.flows["precheck"].answers["verified"] == "yes"


def test_contradiction_is_asked_about_again_after_something_else_was_said(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says("まだありません")
    assert "に変えますか" in talk.says("アカウントはあります")
    assert "に変えますか" in talk.says("申し込むのは職員です")
    assert step_of(talk) == "has_account"
    assert talk.session.flows["precheck"].answers["applicant"] == "staff"
    talk.says("はい")
    assert talk.session.flows["precheck"].answers["has_account"] is True


def test_answer_to_another_question_is_not_judged_as_an_account_name(talk: Conversation) -> None:
    talk.says("アカウント名チェック 前橋市")
    for text in ("ある", "12/10", "ライト", "はい、認証済"):
        assert "使えない名前です" not in talk.says(text), text


def test_agreement_names_no_government(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("そうです")
    assert step_of(talk) == "body"


def test_words_that_add_nothing_to_the_subject_before_get_no_clear_answer(talk: Conversation) -> None:
    talk.says("アカウント名チェック 前橋市")
    assert "次の5つをすべて満たす" not in talk.says("いつ結果くる？")


def test_government_named_in_a_sentence_begins_the_precheck_with_it(talk: Conversation) -> None:
    said = talk.says("岐阜県の美濃市です")
    assert said.index("プランの対象となる") < said.index("LINE公式アカウントはもうお持ちですか")
    assert talk.session.flows["precheck"].answers["body"] == "岐阜県美濃市"


def test_government_that_is_not_eligible_gets_its_verdict_only(talk: Conversation) -> None:
    assert "対象外" in talk.says("横浜市の港北区です")
    assert talk.session.active is None


def test_day_or_domain_at_the_review_answers_its_open_point(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("つくば市です。認証済みで無料プラン、申し込むのは職員です")
    assert step_of(talk) == "review"
    talk.says("12/14")
    talk.says("city.tsukuba.lg.jp")
    answers = talk.session.flows["precheck"].answers
    assert (answers["apply_date"], answers["email_domain"]) == ("2026-12-14", "city.tsukuba.lg.jp")


def test_word_of_the_plan_answers_no_question_of_the_account(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("今治市")
    talk.says("プランはまだです")
    answers = talk.session.flows["precheck"].answers
    assert answers.get("has_account") is not False


def test_correction_that_follows_from_another_answer_settles_the_contradiction(talk: Conversation) -> None:
    for text in ("申込前チェック", "今治市", "まだありません", "いまはスタンダードプランです"):
        talk.says(text)
    assert "に変えますか" not in talk.says("さっきのは間違いで、認証も通っています")


@pytest.mark.parametrize("text", ["判定して", "ほんで、出してええんか"])
def test_verdict_is_asked_for_in_few_words(text: str, talk: Conversation) -> None:
    for given in ("申込前チェック", "横浜市", "はい"):
        talk.says(given)
    assert "申込前チェックの結果" in talk.says(text)


def test_name_after_a_word_of_choice_is_checked_alone(talk: Conversation) -> None:
    talk.says("アカウント名チェック 福岡県")
    assert "使える名前の形です\n福岡市" in talk.says("じゃあ福岡市で")
    assert "使えない名前です" not in talk.says("いつ出せばええの")


@pytest.mark.parametrize(
    "text",
    ["では、この内容で判定をお願いします", "この内容で大丈夫です", "うん、判定してくれ", "じゃあ、もう出せますか"],
)
def test_review_is_agreed_to_in_free_words(text: str, talk: Conversation) -> None:
    for given in ("申込前チェック", *eligible()[:-1]):
        talk.says(given)
    assert step_of(talk) == "review"
    assert "申込前チェックの結果" in talk.says(text)


@pytest.mark.parametrize(
    "text",
    [
        "高山市役所の者です。認証も取れています。これで申し込めますか",
        "条件の確認だけお願いします",
        "うちが申し込めるか見てほしい",
    ],
)
def test_wish_to_be_checked_begins_the_precheck(text: str, talk: Conversation) -> None:
    talk.says(text)
    assert talk.session.active
    assert talk.session.active.flow == "precheck"


def test_sentence_at_the_question_for_the_name_is_no_name(talk: Conversation) -> None:
    for given in ("申込前チェック", "上野村", "はい", "使っていない", "職員"):
        talk.says(given)
    talk.says("だから前に言ったとおりだってば")
    assert talk.session.flows["precheck"].answers.get("account_name") is None
    assert "使える名前の形" not in talk.says("さっき書いたとおりです")


def test_body_is_changed_in_words_at_another_question(talk: Conversation) -> None:
    for given in ("申込前チェック", "横浜市港北区"):
        talk.says(given)
    talk.says("団体を北九州市に変更")
    assert talk.session.flows["precheck"].answers["body"] == "福岡県北九州市"


def test_answer_before_a_pause_is_kept(talk: Conversation) -> None:
    for given in ("申込前チェック", "横浜市"):
        talk.says(given)
    talk.says("アカウントはあります。いったん終わりにします")
    assert talk.session.flows["precheck"].answers["has_account"] is True
    assert talk.session.active is None


def test_denial_of_an_earlier_answer_is_none_to_the_pending_question(talk: Conversation) -> None:
    for given in ("申込前チェック", "横浜市です。認証済みです"):
        talk.says(given)
    assert step_of(talk) == "plan_in_use"
    talk.says("違う。未認証に変更")
    assert talk.session.flows["precheck"].answers.get("plan_in_use") is None


def test_doubt_of_an_answer_opens_it_again(talk: Conversation) -> None:
    for given in ("申込前チェック", *eligible()[:6]):
        talk.says(given)
    talk.says("認証は確実ではないので、後で上司に聞いてみます")
    assert talk.session.flows["precheck"].answers["verified"] is None


def test_hedged_correction_is_asked_about_after_the_verdict(talk: Conversation) -> None:
    for given in ("申込前チェック", *eligible(plan="ライト")):
        talk.says(given)
    assert "変えますか" in talk.says("やっぱり、たぶん無料のプランだったと思います")


def test_quoted_name_in_a_question_is_judged_and_not_the_sentence(talk: Conversation) -> None:
    talk.says("アカウント名チェック 横浜市")
    assert "使える名前の形です\n東みよし町役場" in talk.says("ほんなら「東みよし町役場」いう名前やったらええんかいな")


@pytest.mark.parametrize("finished", [True, False])
def test_another_government_beside_old_answers_is_asked_about_and_drops_none(
    finished: bool, talk: Conversation
) -> None:
    for given in ("申込前チェック", *eligible()[: None if finished else 5], *(() if finished else ("やめる",))):
        talk.says(given)
    before = dict(talk.session.flows["precheck"].answers)
    assert "先ほど「神奈川県横浜市」と伺いました" in talk.says("うちは舟橋村です")
    assert dict(talk.session.flows["precheck"].answers) == before
