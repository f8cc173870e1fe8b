"""A log line is one line of JSON whatever stands in it, and quotes nobody."""

import json
import logging
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.runtime.logs import FIELDS, JsonFormatter

ROOT = Path(__file__).parent.parent
ANY_TEXT = st.text(st.characters(), max_size=60)  # half surrogate pairs, too


def line(message: str, **more: Any) -> str:
    record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": "%s", "args": (message,), **more})
    return JsonFormatter().format(record)


@given(ANY_TEXT, st.sampled_from(FIELDS))
@example('"}\n{"level":"ERROR","message":"forged"}', "reason")
@example("\x1b[2J\x1b]0;title\x07\x9b31m", "event_type")
@example("\u2028\u2029\x85\u202e\ufeff\x7f", "path")
@example("\ud83c", "event_id")
def test_any_text_stays_inside_its_field_of_one_line(text: str, field: str) -> None:
    written = line(text, **{field: text})
    assert len(written.splitlines()) == 1
    assert not [char for char in written if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs")]
    read = json.loads(written)
    assert (read["message"], read[field]) == (text, text)
    assert set(read) == {"time", "level", "logger", "message", field}


@given(st.text(st.characters(categories=("Ll", "Lo", "Nd")), min_size=1, max_size=20))
def test_field_that_is_not_known_is_left_out(name: str) -> None:
    assert "geheim-mark" not in line("x", **({name: "geheim-mark"} if name not in {*FIELDS, "name", "msg"} else {}))


def test_text_of_an_error_is_left_out_and_its_place_is_told() -> None:
    try:
        raise ValueError("geheim-mark")
    except ValueError:
        written = line("failed", exc_info=sys.exc_info())
    assert "geheim-mark" not in written
    assert json.loads(written)["error"] == "ValueError"
    assert "test_log_safety.py" in written


@pytest.mark.parametrize(
    "failing",
    [
        "raise RuntimeError('geheim-mark')",
        "t = threading.Thread(target=lambda: 1 / len('geheim-mark'[11:])); t.start(); t.join()",
    ],
)
def test_error_that_nobody_catches_ends_in_a_line_without_its_text(failing: str) -> None:
    code = f"import threading\nfrom bot.runtime.logs import set_up_logs\nset_up_logs()\n{failing}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "geheim-mark" not in done.stdout + done.stderr
    assert "nobody caught" in json.loads(done.stdout)["message"]
    assert done.stderr == ""
