"""What somebody typed is a text in the bubble and nothing else: no key, no second string, no template."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.diagnostics.samples import samples
from bot.replies.render import render
from bot.text import measure
from tests.replies.long_views import drawn_out

SAMPLES = samples()
HOSTILE = [
    '"},{"type":"button","action":{"type":"uri","uri":"https://evil.example"}},{"x":"',
    "\\",
    '\\"',
    "{{ 1337 * 7331 }}{% for x in view %}{{ x }}{% endfor %}{# x #}",
    "<< 1337 * 7331 >><% raw %><# x",
    "${1337*7331} #{1337*7331} %(x)s {0.__class__}",
    "\x00\x08\x1b[31m\x7f\x85\u2028\u2029\u202e\ud83c\ufeff",
    "</script><script>alert(1)</script>",
    "\n\r\t",
]
UNSAFE = ("Cc", "Cs", "Zl", "Zp")
texts = st.text(st.characters(), min_size=1, max_size=40) | st.sampled_from(HOSTILE)


def shape(part: Any) -> Any:
    """The message without its words: which keys there are, and where."""
    if isinstance(part, dict):
        return {key: shape(value) for key, value in part.items()}
    if isinstance(part, list):
        return [shape(item) for item in part]
    return type(part).__name__


def strings(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from strings(value)
    elif isinstance(part, list):
        for item in part:
            yield from strings(item)
    elif isinstance(part, str):
        yield part


def tame(text: str) -> str:
    """As long and as wide, and harmless."""
    return re.sub(r"[^\x00-\x7f]", "あ", re.sub(r"[!-~]", "a", measure.clean(text)))


@settings(max_examples=80, deadline=None)
@given(texts, st.sampled_from(sorted(SAMPLES)))
@example(HOSTILE[0], "notice")
@example(HOSTILE[6], "answer")
def test_hostile_text_changes_the_words_of_a_message_and_never_its_build(text: str, name: str) -> None:
    seen = measure.clean(text)  # what is not shown may make a label count as long, and its button a line of its own
    hostile, harmless = (render(drawn_out(SAMPLES[name], f"x{one}x", times=1)) for one in (seen, tame(text)))
    assert shape(hostile) == shape(harmless)
    assert orjson.loads(orjson.dumps(hostile)) == hostile


@settings(max_examples=40, deadline=None)
@given(texts, st.sampled_from(sorted(SAMPLES)))
@example(HOSTILE[6], "notice")
def test_no_control_and_no_mark_that_turns_the_writing_is_sent(text: str, name: str) -> None:
    message = render(drawn_out(SAMPLES[name], f"x{text}x", times=1))
    unsafe = {char for one in strings(message) for char in one if char != "\n" and unicodedata.category(char) in UNSAFE}
    assert not unsafe
    assert not set("".join(strings(message))) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("name", SAMPLES)
def test_templates_in_a_text_are_not_carried_out(name: str) -> None:
    for text in HOSTILE[3:6]:
        said = "".join(strings(render(drawn_out(SAMPLES[name], text, times=1))))
        assert "9801547" not in said  # 1337 * 7331
        assert "class '" not in said


def test_text_arrives_as_it_was_typed() -> None:
    """Quoted, not stripped of what looks dangerous: a name may hold anything."""
    typed = 'quote " backslash \\ brace {{ x }} tag <b> percent %s'
    assert any(typed in one for one in strings(render(drawn_out(SAMPLES["notice"], typed, times=1))))
