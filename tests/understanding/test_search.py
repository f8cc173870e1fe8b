import shutil
import time
from pathlib import Path

import pytest

from bot.content.knowledge import JA, load_knowledge
from bot.content.models import Entry
from bot.understanding.search import Answered, Outcome, load_search

SEARCH = load_search()
KNOWLEDGE = load_knowledge()


def first(answered: Answered) -> str | None:
    return answered.hits[0].entry.id if answered.hits else None


def each_entry() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", KNOWLEDGE.entries, ids=lambda entry: entry.id)


@each_entry()
def test_an_entry_is_found_by_its_title_its_label_and_each_of_its_ways_of_asking(entry: Entry) -> None:
    missed = [way for way in (entry.title, entry.short, *entry.ask) if first(SEARCH.ask(way)) != entry.id]
    assert missed == []


@pytest.mark.parametrize(
    "question",
    [
        "申込みの方法",
        "申込の方法",
        "申し込みの方法",
        "もうしこみのほうほう",
        "モウシコミノホウホウ",
        "ﾓｳｼｺﾐの方法",
        "申込み の 方法",
        "申込みの方法!!!",
        "申込みの\u200b方法",
        "申込みの方法👍",
        "【申込みの方法】",
    ],
)
def test_ways_of_writing_the_same_find_the_same(question: str) -> None:
    assert first(SEARCH.ask(question)) == "apply_online"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("プレミヤムIDの料金", "pid_fee"),
        ("アカンウト名のルール", "name_rule"),
        ("govtech patner一覧", "partner_list"),
        ("ＫＡＮＡＭＥＴＯ", "partner_kanameto"),
        ("追加メッセ―ジの料金", "extra_fee"),
        ("ﾌﾟﾚﾐｱﾑidは何文字", "pid_format"),
        ("パートナ一覧", "partner_list"),
        ("ハ\u3099ッジは必要?", "verified"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(question: str, found: str) -> None:
    assert first(SEARCH.ask(question)) == found


def test_a_greeting_and_a_signature_change_nothing() -> None:
    letter = (
        "いつもお世話になっております。〇〇市総務課の山田と申します。\n"
        "プレミアムIDは、一度取得したあとに変更できますか。\nお手数ですが、よろしくお願いいたします。"
    )
    assert first(SEARCH.ask(letter)) == "pid_change"
    assert SEARCH.ask(letter).outcome is Outcome.ANSWER


def test_of_several_questions_each_finds_its_entry_among_those_shown() -> None:
    answered = SEARCH.ask("プレミアムIDに使える文字は何ですか。また、審査に落ちた理由は教えてもらえますか。")
    assert {"pid_format", "rejected_notice"} <= {hit.entry.id for hit in answered.hits}


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("プレミアムIDは無料ですか。変更はできますか。", ("pid_fee", "pid_change")),
        ("追加料金はかかりますか。また、管理画面のスタンダード表示は問題ないですか。", ("extra_fee", "console_label")),
        (
            "料金は無料ですか？申込フォームはどこですか？落ちた時の理由は？",
            ("plan_fee", "apply_online", "rejected_notice"),
        ),
        ("バッジは必須ですか？あと名前は「〇〇町公式」でもいいですか？", ("verified", "name_rule")),
    ],
)
def test_each_question_of_a_message_is_answered_in_its_order(message: str, found: tuple[str, ...]) -> None:
    answered = SEARCH.ask(message)
    assert answered.outcome is Outcome.ANSWER
    assert tuple(hit.entry.id for hit in answered.hits) == found


@pytest.mark.parametrize(
    "message",
    ["カナメトについて聞きました。どこに連絡したらいいですか", "リリース文案を12/1までに見てもらいたい。連絡先は"],
)
def test_what_leads_up_to_a_question_is_no_question_of_its_own(message: str) -> None:
    assert SEARCH.ask(message).several == ()


def test_the_price_of_a_company_in_a_second_sentence_is_not_that_of_the_plan() -> None:
    answered = SEARCH.ask("Linyはどんなサービスですか？料金はいくらですか？")
    assert (answered.outcome, first(answered)) == (Outcome.CHOICES, "partner_liny")


@pytest.mark.parametrize(
    ("context", "question", "found"),
    [
        ("pid_format", "それはいくら?", "pid_fee"),
        ("pid_fee", "あとで変えられる?", "pid_change"),
        ("pid_change", "何文字までですか", "pid_format"),
        ("partner_liny", "連絡先は?", "partner_liny"),
        ("partner_aschild", "そこの問い合わせ先は", "partner_aschild"),
        ("pid_format", "プランの料金は?", "plan_fee"),
        ("pid_format", "申込みの流れを教えて", "flow"),
        ("partner_liny", "KANAMETOの連絡先は", "partner_kanameto"),
        ("no_such_entry", "料金は?", "plan_fee"),
        (None, "いくらですか", "plan_fee"),
    ],
)
def test_a_follow_up_stays_with_its_subject_unless_it_names_another(
    context: str | None, question: str, found: str
) -> None:
    assert first(SEARCH.ask(question, context_id=context)) == found


@pytest.mark.parametrize("question", ["理由は？", "その理由は", "なぜですか"])
@pytest.mark.parametrize("context", ["name_rule", "one_account", "verified", "pid_fee"])
def test_why_is_asked_of_what_was_read(context: str, question: str) -> None:
    answered = SEARCH.ask(question, context_id=context)
    assert (answered.outcome, first(answered)) == (Outcome.CHOICES, context)


def test_why_is_answered_after_a_rejection_and_alone() -> None:
    assert first(SEARCH.ask("理由は？", context_id="rejected_notice")) == "rejected_notice"
    assert first(SEARCH.ask("理由は？")) == "rejected_notice"


@pytest.mark.parametrize(
    ("context", "question", "found"),
    [
        ("partner_liny", "かなめとのも", "partner_kanameto"),
        ("partner_kanameto", "Linyのも", "partner_liny"),
        ("partner_liny", "てことは無料？", "partner_liny"),
        ("verified", "てことは先に認証？", "verified"),
        ("pid_fee", "てことは年払いもある？", "pid_fee"),
        ("plan_fee", "てことは町でも無料？", "plan_fee"),
    ],
)
def test_the_same_of_another_and_a_conclusion_lean_on_what_was_read(context: str, question: str, found: str) -> None:
    assert first(SEARCH.ask(question, context_id=context)) == found


@pytest.mark.parametrize(
    ("context", "question", "found"),
    [
        ("name_rule", "じゃあ庁舎の名前なら？", "name_rule"),
        ("wards", "じゃあ県は？", "wards"),
        ("wards", "村は？", "wards"),
        ("agency", "じゃあ嘱託職員なら？", "agency"),
        ("one_account", "てことは、部署ごとはだめ？", "one_account"),
        ("mail_domain", "じゃあ個人のは？", "mail_domain"),
        ("lead_time", "もっと早くならない？", "lead_time"),
        ("pid_format", "お金は？", "pid_fee"),
        ("partner_liny", "じゃあGovTech Expressは", "partner_botexpress"),
        ("pid_ios", "じゃあアンドロイドは？", "pid_ios"),
        ("access_rights", "異動したら？", "access_rights"),
        ("affiliates", "学校は？", "affiliates"),
    ],
)
def test_a_question_that_goes_on_is_about_what_was_read_unless_it_is_clear(
    context: str, question: str, found: str
) -> None:
    assert first(SEARCH.ask(question, context_id=context)) == found


@pytest.mark.parametrize("context", ["partner_dentsudigital", "partner_kanameto", "month_end", "pid_fee"])
@pytest.mark.parametrize("question", ["これ最新の内容ですか", "タイムラインが変。相談先は", "看板の掛け替え、可？"])
def test_a_question_that_is_not_clear_alone_is_no_clear_one_about_another_subject(context: str, question: str) -> None:
    assert SEARCH.ask(question, context_id=context).outcome is Outcome.CHOICES


def test_a_foreign_follow_up_is_still_turned_away() -> None:
    assert SEARCH.ask("じゃあ住民票は？", context_id="pid_fee").outcome is Outcome.NONE


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("〇〇町役場です。認証は必要ですか", "verified"),
        ("〇〇市〇〇課です。お世話になっております。プレミアムIDは無料ですか", "pid_fee"),
        ("〇〇市は使えますか", "wards"),
    ],
)
def test_an_introduction_and_a_placeholder_are_no_part_of_the_question(message: str, found: str) -> None:
    assert first(SEARCH.ask(message)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("リニー", "partner_liny"),
        ("トラコス", "partner_transcosmos"),
        ("開始年月", "since"),
        ("待ち日数", "lead_time"),
        ("問い合わせ先", "contacts"),
        ("適用条件は", "conditions"),
        ("この資料の版は？改訂日だけ", "edition"),
        ("申し込み方法は", "apply_online"),
    ],
)
def test_a_short_question_that_names_its_matter_leans_on_nothing(question: str, found: str) -> None:
    for entry in KNOWLEDGE.entries:
        answered = SEARCH.ask(question, context_id=entry.id)
        assert (answered.outcome, first(answered)) == (Outcome.ANSWER, found), entry.id


@pytest.mark.parametrize(
    ("context", "question"),
    [
        ("partner_aschild", "料金は？"),
        ("partner_aschild", "それは無料？"),
        ("partner_aschild", "いつできた会社？"),
        ("partner_dac", "いつ始まった？"),
        ("partner_criteria", "料金は？"),
        ("verified", "それは無料？"),
        ("verified", "申込方法は？"),
        ("get_account", "何日かかる？"),
        ("manual", "料金は？"),
        ("optional_fee", "申込方法は？"),
        ("optional_fee", "いくら？"),
        ("api_users", "それは無料？"),
        ("partner_dac", "いくらかかりますか"),
        ("partner_liny", "料金は？"),
        ("partner_botexpress", "いくらするの"),
        ("partner_kanameto", "料金はいくらですか"),
    ],
)
def test_a_follow_up_that_nothing_of_its_subject_answers_never_gets_the_answer_to_another(
    context: str, question: str
) -> None:
    answered = SEARCH.ask(question, context_id=context)
    assert answered.outcome is Outcome.CHOICES
    assert first(answered) == context


@pytest.mark.parametrize(
    ("context", "question", "found"),
    [
        ("plan_fee", "申込方法は？", "apply_online"),
        ("conditions", "料金は？", "plan_fee"),
        ("partner_aschild", "申込みの流れを教えて", "flow"),
        ("partner_kanameto", "申し込み方法は", "apply_online"),
        ("verified", "落ちたら理由は？", "rejected_notice"),
        ("plan_fee", "町でも？", "wards"),
        ("plan_fee", "じゃあ通知メッセージもいけますよね", "optional_fee"),
        ("name_change", "じゃあ認証前なら？", "verified"),
        ("lead_time", "じゃあ月末に出したら？", "month_end"),
    ],
)
def test_a_short_question_about_the_plan_itself_is_still_answered(context: str, question: str, found: str) -> None:
    answered = SEARCH.ask(question, context_id=context)
    assert answered.outcome is Outcome.ANSWER
    assert first(answered) == found


@pytest.mark.parametrize(
    "question",
    [
        "認証審査に落ちました。再申請できますか",
        "認証に落ちたら理由を教えてもらえますか",
        "認証の費用はいくら",
        "Messaging APIの料金",
        "KANAMETOの料金は",
        "マニュアルは有料ですか",
        "土日も申し込めますか",
        "地方公共団体プランは廃止されますか",
        "LINE通知メッセージの条件",
        "ロゴの使用料",
        "プレスリリースは何日前までに相談",
        "Bot Expressさんに頼んだら年なんぼかかる？",
        "Linyの見積がほしい",
        "Linyの料金は",
        "TONARIWAの契約期間は",
        "トランスコスモスの電話番号",
    ],
)
def test_what_the_source_does_not_say_of_a_matter_is_never_answered_with_confidence(question: str) -> None:
    assert SEARCH.ask(question).outcome is not Outcome.ANSWER


@pytest.mark.parametrize("question", ["プランの料金は", "プランの費用は", "料金は?"])
def test_the_price_of_the_plan_is_one_clear_answer(question: str) -> None:
    assert SEARCH.ask(question).outcome is Outcome.ANSWER
    assert first(SEARCH.ask(question)) == "plan_fee"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("住民票の写しがほしい", "resident"),
        ("ごみの日はいつ", "resident"),
        ("LINEのトーク履歴が消えた", "consumer"),
        ("LINE WORKSの料金", "other_product"),
        ("Instagramの認証バッジ", "other_product"),
        ("有給休暇の申請", "staff"),
        ("今日の天気は", "chat"),
        ("あああああ", "chat"),
        ("qwertyuiop", "unknown"),
        ("", "unknown"),
        (" \n ", "unknown"),
        ("!?", "unknown"),
        ("😂😂😂", "unknown"),
        ("\u200b", "unknown"),
    ],
)
def test_what_is_not_covered_is_said_to_be_so_with_the_right_desk(question: str, kind: str) -> None:
    answered = SEARCH.ask(question)
    assert answered.outcome is Outcome.NONE
    assert answered.hits == ()
    assert answered.desk is not None
    assert answered.desk.kind == kind
    assert answered.desk.entry in KNOWLEDGE.by_id


def test_another_context_does_not_make_a_foreign_question_ours() -> None:
    assert SEARCH.ask("住民票の料金は?", context_id="pid_fee").outcome is Outcome.NONE


def test_hits_come_best_first_and_are_five_at_most() -> None:
    for question in ("料金", "電通", "アカウント", "変更したい", "申込みについて"):
        scores = [hit.score for hit in SEARCH.ask(question).hits]
        assert 0 < len(scores) <= 5
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_a_word_that_fits_two_companies_is_no_clear_answer() -> None:
    answered = SEARCH.ask("電通")
    assert answered.outcome is Outcome.CHOICES
    assert {"partner_dentsudigital", "partner_dentsupromotion"} <= {hit.entry.id for hit in answered.hits[:2]}


def test_an_edited_entry_is_found_after_the_content_is_read_again(tmp_path: Path) -> None:
    shutil.copytree(JA, tmp_path / "ja")
    edited = next(
        path for path in (tmp_path / "ja" / "knowledge").glob("*.yaml") if "id: lead_time" in path.read_text("utf-8")
    )
    text = edited.read_text("utf-8")
    way = next(entry for entry in KNOWLEDGE.entries if entry.id == "lead_time").ask[0]
    edited.write_text(text.replace(f"- {way}\n", f"- {way}\n      - カタツムリ便の目安\n", 1), "utf-8")
    assert SEARCH.ask("カタツムリ便の目安").outcome is not Outcome.ANSWER
    reloaded = load_search("none", load_knowledge(tmp_path / "ja"))
    assert first(reloaded.ask("カタツムリ便の目安")) == "lead_time"
    assert reloaded.ask("カタツムリ便の目安").outcome is Outcome.ANSWER


def test_the_same_question_always_gets_the_same_answer() -> None:
    assert len({tuple(hit.entry.id for hit in load_search().ask("変更").hits) for _ in range(3)}) == 1


@pytest.mark.parametrize("piece", ["料金", "あ", "a", "。", "アカウント名は?", "𠮷", "👨‍👩‍👧", "が", "1"])
def test_five_thousand_characters_are_answered_in_good_time(piece: str) -> None:
    text = (piece * 5000)[:5000]
    started = time.process_time()
    SEARCH.ask(text)
    assert time.process_time() - started < 0.5
