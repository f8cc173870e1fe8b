"""Encoders behind one interface: the bundled one, a folder with an ONNX model, or none.

`encoder_model/model.onnx` (8 kB) gives each of 256 word numbers a fixed vector of 8 values and takes `input_ids` only.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest
import tokenizers

from bot.errors import SettingsError
from bot.understanding.encoder import BundledEncoder, OnnxEncoder, load_encoder

MODEL = Path(__file__).parent / "encoder_model" / "model.onnx"
HIRAGANA = {chr(0x3041 + number): number + 1 for number in range(86)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of an operator's own, whose tokenizer knows hiragana, one number for each."""
    shutil.copy(MODEL, tmp_path)
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({"?": 0, **HIRAGANA}, unk_token="?"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def test_a_folder_is_taken_as_the_encoder(folder: Path) -> None:
    encoder = load_encoder(str(folder))
    assert isinstance(encoder, OnnxEncoder)
    assert encoder.name == f"onnx-{folder.name}"


def test_rows_have_length_one_and_do_not_depend_on_their_neighbours(folder: Path) -> None:
    encoder = OnnxEncoder(folder)
    texts = ["りょうきんは", "しんさのにっすう", "はんきうょり"]
    rows = encoder.encode(texts)
    assert rows.shape == (3, 8)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert np.array_equal(rows[1:2], encoder.encode(texts[1:2]))
    assert np.allclose(rows[0], rows[2], atol=1e-6), "the mean over the words, in any order"


def test_padding_that_a_tokenizer_brings_is_no_word(folder: Path) -> None:
    plain = OnnxEncoder(folder).encode(["りょうきん"])
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_padding(length=128, pad_id=5)
    tokenizer.save(str(folder / "tokenizer.json"))
    assert np.array_equal(OnnxEncoder(folder).encode(["りょうきん"]), plain)


def test_the_prefix_stands_before_each_text(folder: Path) -> None:
    plain = OnnxEncoder(folder).encode(["しつもん:りょうきん"])
    (folder / "prefix.txt").write_text("しつもん:\n", "utf-8")
    assert np.array_equal(OnnxEncoder(folder).encode(["りょうきん"]), plain)


def test_a_prefix_from_an_editor_of_windows_is_the_same(folder: Path) -> None:
    plain = OnnxEncoder(folder).encode(["しつもん:りょうきん"])
    (folder / "prefix.txt").write_bytes("\ufeffしつもん:\r\n".encode())
    assert np.array_equal(OnnxEncoder(folder).encode(["りょうきん"]), plain)


def test_a_model_that_takes_numbers_of_32_bits_is_given_them(folder: Path) -> None:
    plain, model = OnnxEncoder(folder).encode(["りょうきん"]), (folder / "model.onnx").read_bytes()
    place = model.index(b"\x08\x07", model.rindex(b"input_ids"))  # the type of the input
    (folder / "model.onnx").write_bytes(model[:place] + b"\x08\x06" + model[place + 2 :])
    assert np.array_equal(OnnxEncoder(folder).encode(["りょうきん"]), plain)


def test_a_model_that_wants_something_else_is_refused_at_the_start(folder: Path) -> None:
    model = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(model.replace(b"input_ids", b"posit_ids"))
    with pytest.raises(SettingsError, match=f"ENCODER: {folder} cannot be loaded"):
        load_encoder(str(folder))


def test_a_long_text_is_read_at_both_ends(folder: Path) -> None:
    encoder = OnnxEncoder(folder)
    start, end = "あ" * 60, "い" * 100
    assert np.array_equal(encoder.encode([start + "う" * 500 + end]), encoder.encode([start + end]))


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json"])
def test_a_folder_that_is_no_model_is_named(folder: Path, broken: str) -> None:
    (folder / broken).write_bytes("壊れた".encode())
    with pytest.raises(SettingsError, match=f"ENCODER: {folder} cannot be loaded"):
        load_encoder(str(folder))


def test_a_missing_package_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(SettingsError, match="the package onnxruntime is not installed"):
        load_encoder(str(folder))


def test_the_bundled_one_and_none_are_the_other_choices() -> None:
    assert load_encoder("none") is None
    assert isinstance(load_encoder(), BundledEncoder)
