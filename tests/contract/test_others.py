"""Smaller insides: of logging (bot/runtime/logs.py) and of leather (bot/web/console/charts.py)."""

import logging

import pytest
from leather import theme


def test_logging_finds_no_caller_if_its_source_file_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the caller costs a walk through the stack for each line, and no log line names it."""
    monkeypatch.setattr(logging, "_srcfile", None)
    records: list[logging.LogRecord] = []

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger = logging.getLogger("contract")
    logger.addHandler(handler := Recorder())
    try:
        logger.warning("line")
    finally:
        logger.removeHandler(handler)
    assert records[0].filename == "(unknown file)"


@pytest.mark.parametrize(
    "name",
    [
        "background_color",
        "margin",
        "title_font_family",
        "legend_font_family",
        "tick_font_family",
        "label_color",
        "legend_color",
        "tick_color",
        "zero_color",
        "tick_font_size",
        "legend_font_size",
        "legend_font_char_width",
        "legend_gap",
        "tick_font_char_width",
    ],
)
def test_leather_reads_its_look_from_the_module_theme(name: str) -> None:
    assert hasattr(theme, name)
