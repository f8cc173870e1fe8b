"""Keeps what was learned in a folder of plain arrays, which processes map into memory and share."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import PermanentError
from bot.text.normalize import normalize
from bot.understanding.classifier import LetterClassifier, Model, Sharpness, VectorClassifier

BUNDLED_MODEL = Path(__file__).parent / "model"
OWN_MODEL = "madoguchi"  # the folder of a model learned for an operator's encoder, beside that encoder
_PARTS = ("_rarity", "", "_bias", "_lines")  # of the names of a letter classifier's files
_ENDS = "?!。、.,・…"


@dataclass(frozen=True)
class Limits:
    """Probabilities from which something is said, set on questions by writers that were left out while learning."""

    answer: float = 0.7  # a clear answer, by letters and sentence vector
    answer_by_letters: float = 0.8  # the same without an encoder
    sure: float = 0.97  # so sure are the letters that the encoder is not asked
    doubt: float = 0.05  # of all classes that are out of scope, at most, for a clear answer
    out: float = 0.6  # of all classes that are out of scope, to say so


@dataclass(frozen=True)
class Learned:
    """A model, its limits, the encoder whose vectors it knows ("" if none), and which lines it has learned."""

    model: Model
    limits: Limits
    encoder: str
    lines: frozenset[int]


def key(text: str) -> str:
    """One spelling for texts that differ in width, case, spaces and closing marks only."""
    return "".join(normalize(text).lower().split()).rstrip(_ENDS)


def line_hash(label: str, text: str) -> int:
    """Return the hash by which a learned line is recognised."""
    return int.from_bytes(hashlib.blake2b(f"{label}\t{key(text)}".encode(), digest_size=8).digest())


def model_folder(encoder: str, part: str = "") -> Path:
    """Return the folder of a model: beside an operator's encoder if one was learned for it, else the bundled one."""
    own = Path(encoder) / OWN_MODEL / part
    return own if (own / "model.json").is_file() else BUNDLED_MODEL / part


def save(learned: Learned, folder: Path) -> None:
    """Write all files of the model."""
    folder.mkdir(parents=True, exist_ok=True)
    model = learned.model
    arrays: dict[str, NDArray[np.generic]] = {
        "letters": model.letters.weights,
        "letters_rarity": model.letters.rare,
        "letters_bias": model.letters.bias,
        "lines": np.array(sorted(learned.lines), np.uint64),
    }
    if model.vectors:
        arrays |= {
            "vectors": model.vectors.weights,
            "vectors_centre": model.vectors.centre,
            "vectors_bias": model.vectors.bias,
        }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    about = {
        "classes": model.classes,
        "encoder": learned.encoder,
        "sharpness": asdict(model.sharpness),
        "limits": asdict(learned.limits),
    }
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def save_letters(name: str, letters: LetterClassifier, lines: Iterable[int], folder: Path) -> None:
    """Write a classifier of letters alone, with the hashes of the lines that it has learned."""
    arrays: tuple[NDArray[np.generic], ...] = (
        letters.rare,
        letters.weights,
        letters.bias,
        np.array(sorted(lines), np.uint64),
    )
    for part, array in zip(_PARTS, arrays, strict=True):
        np.save(folder / f"{name}{part}.npy", array)


def load_letters(name: str, folder: Path) -> tuple[LetterClassifier, frozenset[int]]:
    """Read what `save_letters` wrote; PermanentError if a file is missing or damaged."""
    try:
        rare, weights, bias, lines = (np.load(folder / f"{name}{part}.npy") for part in _PARTS)
    except (OSError, ValueError) as error:
        raise PermanentError(f"the model in {folder.name}/ cannot be read: {type(error).__name__}") from None
    return LetterClassifier(rare, weights, bias), frozenset(_integers(lines))


def load(folder: Path) -> Learned:
    """Read a model; PermanentError if a file is missing or damaged.

    The large array is mapped privately: processes share its pages until one of them learns a newer line.
    """
    try:
        about = json.loads((folder / "model.json").read_text("utf-8"))
        letters = LetterClassifier(
            np.load(folder / "letters_rarity.npy"),
            np.load(folder / "letters.npy", mmap_mode="c"),
            np.load(folder / "letters_bias.npy"),
        )
        vectors = about["encoder"] and VectorClassifier(
            np.load(folder / "vectors_centre.npy"),
            np.load(folder / "vectors.npy"),
            np.load(folder / "vectors_bias.npy"),
        )
        model = Model(tuple(about["classes"]), letters, vectors or None, Sharpness(**about["sharpness"]))
        lines = _integers(np.load(folder / "lines.npy"))
        return Learned(model, Limits(**about["limits"]), about["encoder"], frozenset(lines))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PermanentError(f"the model in {folder.name}/ cannot be read: {type(error).__name__}") from None


def _integers(array: NDArray[np.uint64]) -> Iterable[int]:
    return (int(number) for number in array)
