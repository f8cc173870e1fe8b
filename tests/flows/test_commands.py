"""Words that always work, as people write them."""

import pytest

from bot.flows.context import Resources

WRITTEN = {
    "menu": "メニュー ﾒﾆｭｰ メニュー？ メニューを見せて メニューに戻る メニューを開く menu MENU 「メニュー」 メニュー🙏",
    "help": "ヘルプ ヘルプ？ へるぷ 使い方 使い方を教えてください ?",
    "restart": "最初から はじめからやり直す 最初からやり直したい 最初に戻る やり直し",
    "back": "戻る もどる 戻って 戻ってください 戻りたい 一つ前に戻る 前の質問に戻る 戻る！",
    "cancel": "やめる やめて やめてください やめたい 中止する キャンセルする 終了します 終了する やめる🙏",
    "resume": "続ける 続けたい 再開してください 続行する 続きから 続きをお願いします",
    "erase": "データ削除 データ削除して データ削除してください データの削除 データを消したい 個人情報を削除して 削除",
}
OPENING = {
    "precheck": "申込前チェック 申し込み前チェックをお願いします 申込前チェックをしたい 申込前チェックを始めてください",
    "plans": "料金 プラン・料金 料金表を見たい",
    "faq": "よくある質問 FAQ よくある質問を見せてください",
}
QUESTIONS = (
    "戻るボタンはどこですか",
    "やめるとどうなりますか",
    "データ削除はいつ反映されますか",
    "料金はいくらですか",
    "申込前に準備することは",
)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRITTEN.items() for text in texts.split()])
def test_word_that_always_works_is_understood_as_people_write_it(resources: Resources, name: str, text: str) -> None:
    command = resources.commands.read(text)
    assert command
    assert (command.kind, command.name) == ("always", name)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in OPENING.items() for text in texts.split()])
def test_word_that_opens_a_function_is_understood_as_people_write_it(
    resources: Resources, name: str, text: str
) -> None:
    command = resources.commands.read(text)
    assert command
    assert (command.kind, command.name) == ("function", name)


@pytest.mark.parametrize("text", QUESTIONS)
def test_question_that_contains_such_a_word_is_a_question(resources: Resources, text: str) -> None:
    assert resources.commands.read(text) is None


HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
KEYBOARD_DASHES = "-‐‑‒–—―−─━－ーｰ〜～~"


@pytest.mark.parametrize("dash", KEYBOARD_DASHES, ids=ascii)
def test_every_command_is_understood_with_any_dash_for_its_long_vowels(resources: Resources, dash: str) -> None:
    lists = {**resources.texts.words.always, **resources.texts.words.functions}
    drawn = [(name, word) for name, words in lists.items() for word in words if "ー" in word]
    assert len(drawn) > 30
    for name, word in drawn:
        for typed in (
            word.replace("ー", dash),
            word.replace("ー", dash) + "。",
            word.translate(HIRAGANA).replace("ー", dash),
        ):
            found = resources.commands.read(typed)
            assert found, typed
            assert found.name == name, typed


@pytest.mark.parametrize("word", ["戻る〜", "メニュ", "メニューー", "やめる～", "データ削除ー", "パ〜トナ〜を見たい"])
def test_long_vowel_more_or_less_at_the_end_changes_nothing(resources: Resources, word: str) -> None:
    assert resources.commands.read(word)
