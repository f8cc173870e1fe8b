"""The verdicts that the main job does not end in, through the real processes."""

from tests.scenario.person import Person
from tests.scenario.processes import RunningBot

FORM = "https://linegov.com/application/plan-form.php"


def test_account_that_has_the_plan_is_told_what_is_left_to_do(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("横浜市")
    staff.taps("はい、あります")
    verdict = staff.taps("このアカウントで利用中")
    assert "すでに適用済みです" in verdict
    assert "適用のメールを確かめる" in verdict
    assert "プレミアムIDを選ぶ" in verdict
    assert "ml-new-public-account@lycorp.co.jp" in verdict
    assert FORM not in verdict
    assert "審査結果のめやす" not in verdict
    assert "回答を見直す" in staff.buttons


def test_what_is_not_known_yet_makes_the_verdict_unclear_and_the_steps_say_how_to_find_out(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("箱根町")
    for answer in ("あります", "わからない", "職員です", "箱根町", "認証済み", "わからない", "lg.jp", "今日"):
        said = staff.says(answer)
    assert "回答をご確認ください" in said
    verdict = staff.taps("この内容で判定する")
    assert "確認が残っています" in verdict
    assert "ほかのアカウントを確かめる" in verdict
    assert "現在のプランを確かめる" in verdict
    assert "利用開始のめやす" in verdict
    assert f"{FORM}?openExternalBrowser=1" in verdict
    assert "確認シートを開く" in staff.buttons


def test_second_account_of_a_body_is_shown_the_other_ways_and_the_desk(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("横浜市")
    staff.taps("はい、あります")
    verdict = staff.taps("別のアカウントで利用中")
    assert "プランの対象外です" in verdict
    assert "適用済みのアカウントを使う" in verdict
    assert "ml-new-public-account@lycorp.co.jp" in verdict
    assert FORM not in verdict
