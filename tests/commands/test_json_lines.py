import pytest

from bot.commands.json_lines import BadInputError, parse


def test_deep_nesting_is_refused_in_one_line() -> None:
    with pytest.raises(BadInputError, match="nested too deeply"):
        parse("[" * 100_000)


def test_a_key_written_twice_is_refused_wherever_it_stands() -> None:
    with pytest.raises(BadInputError, match="line 3: body: written twice"):
        parse('{"a": {"body": 1, "body": 2}}', place="line 3: ")


@pytest.mark.parametrize("text", ["", "nul", "{'a': 1}", "{} {}", '"'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="not JSON"):
        parse(text)


def test_json_of_any_kind_is_handed_on() -> None:
    assert parse(' {"body": ["横浜市", null, 1.5]} ') == {"body": ["横浜市", None, 1.5]}


def test_number_with_too_many_digits_is_refused_in_one_line() -> None:
    with pytest.raises(BadInputError, match="too many digits"):
        parse("9" * 5000)
