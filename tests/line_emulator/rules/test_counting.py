from line_emulator.rules.counting import graphemes, json_bytes, unpaired_surrogate, utf16_units


def test_an_apple_is_two_utf16_units() -> None:
    assert utf16_units("🍎") == 2
    assert utf16_units("あa") == 2


def test_a_family_a_flag_and_a_combined_kana_are_one_cluster_each() -> None:
    assert graphemes("👨‍👩‍👧") == 1
    assert graphemes("🇯🇵") == 1
    assert graphemes("か\u3099") == 1
    assert graphemes("葛\U000e0100") == 1
    assert utf16_units("👨‍👩‍👧") == 8


def test_json_is_measured_in_the_larger_encoding() -> None:
    assert json_bytes("窓口") == 2 + 2 * 6
    assert json_bytes("abc") == 5


def test_a_pair_cut_in_half_is_noticed() -> None:
    assert unpaired_surrogate("\ud83c")
    assert not unpaired_surrogate("🍎")
