import pytest

from bot.governments.readings import is_kana, is_latin, kana_key, latin_key, latin_of


@pytest.mark.parametrize(
    ("reading", "latin"),
    [
        ("よこはま", "yokohama"),
        ("とうきょう", "tokyo"),
        ("おおさか", "osaka"),
        ("ほっかいどう", "hokkaido"),
        ("はっちょう", "haccho"),
        ("ぐんま", "gunma"),
        ("しんじゅく", "shinjuku"),
        ("つ", "tsu"),
        ("いいづか", "iizuka"),
        ("にいがた", "niigata"),
        ("じょうえつ", "joetsu"),
        ("ニセコ", "niseko"),
        ("とーきょー", "tokyo"),
        ("まっ", "ma"),
    ],
)
def test_a_reading_in_latin_letters(reading: str, latin: str) -> None:
    assert latin_of(reading) == latin


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("Tōkyō", "とうきょう"),
        ("TOUKYOU", "とうきょう"),
        ("Ohsaka", "おおさか"),
        ("gumma", "ぐんま"),
        ("sinzyuku", "しんじゅく"),
        ("huchu", "ふちゅう"),
        ("tu", "つ"),
        ("iiduka", "いいづか"),
        ("zyouetu", "じょうえつ"),
        ("Matsue", "まつえ"),
        ("Kōchi", "こうち"),
        ("itchu", "いっちゅう"),
    ],
)
def test_other_ways_of_writing_it_come_to_the_same(typed: str, reading: str) -> None:
    assert latin_key(typed) == latin_of(reading)


def test_kana_keys_join_scripts_and_what_is_mistaken() -> None:
    assert kana_key("ヨコハマ") == kana_key("よこはま")
    assert kana_key("シヨウナイ") == kana_key("しょうない")
    assert kana_key("いいづか") == kana_key("いいずか")


def test_scripts_are_told_apart() -> None:
    assert is_kana("よこはまシ")
    assert not is_kana("よこはま市")
    assert is_latin("Ōsaka-fu")
    assert not is_latin("大阪")
    assert not is_latin("")
    assert not is_kana("")
