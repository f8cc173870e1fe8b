"""Learns the model from all lines, and sets its limits on questions by writers that are left out in turn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.content.questions import OUT
from bot.understanding.classifier import LetterClassifier, Model, Sharpness, log_probabilities
from bot.understanding.encoder import Encoder
from bot.understanding.kana import Spell, speller
from bot.understanding.letters import Floats
from bot.understanding.lines import Line, classes_of, shares_of
from bot.understanding.model_files import Learned, Limits, line_hash
from bot.understanding.training import Lines, Mask, fit_letters, fit_sharpness, fit_vectors

# Of all questions in scope: what a limit may cost on writers that were left out.
WRONG_ANSWERS, WRONG_IF_SURE, TURNED_AWAY = 0.01, 0.003, 0.013
OUT_ANSWERED = 0.012  # the same of all questions out of scope
BANK = "writer_"  # files by independent writers, each left out in turn; our own lines are always learned
Report = Callable[[str], object]


@dataclass(frozen=True)
class _LeftOut:
    """Log-probabilities of lines by models that had not learned their writer."""

    letters: Floats
    vectors: Floats | None
    shares: Floats


def learn(lines: Sequence[Line], encoder: Encoder | None, report: Report, cache: Path | None = None) -> Learned:
    """Return the model of all lines, with honest probabilities and limits; takes half a minute for each writer."""
    classes = classes_of(lines)
    texts = [line.text for line in lines]
    vectors = _encoded(texts, encoder, report, cache) if encoder else None
    given = Lines(texts, shares_of(lines, classes), vectors)
    spell = speller()
    if spell is None:
        report("without sudachipy: what is typed in kana only will be understood less well")
    left_out = _left_out(given, np.array([line.writer for line in lines]), spell, report)
    outside = np.array([name.startswith(OUT) for name in classes])
    sharpness = fit_sharpness(left_out.letters, left_out.vectors, left_out.shares, outside)
    report("all writers")
    by_vectors = fit_vectors(given) if vectors is not None else None
    model = Model(classes, _letters(given, spell), by_vectors, sharpness)
    limits = _limits(left_out, sharpness, outside)
    return Learned(model, limits, encoder.name if encoder else "", frozenset(line.hash for line in lines))


def _letters(given: Lines, spell: Spell | None) -> LetterClassifier:
    """The letters learn each line also as it is spelled in kana."""
    spelled = [spell(text) for text in given.texts] if spell else list(given.texts)
    differs = np.array([one != text for one, text in zip(spelled, given.texts, strict=True)])
    texts = [*given.texts, *(one for one, keep in zip(spelled, differs, strict=True) if keep)]
    return fit_letters(Lines(texts, np.concatenate([given.shares, given.shares[differs]])))


def _left_out(given: Lines, writers: NDArray[np.str_], spell: Spell | None, report: Report) -> _LeftOut:
    """Each writer in turn, judged by a model of the others; our own lines stay."""
    letters, vectors, shares = [], [], []
    for writer in sorted(name for name in set(writers) if name.startswith(BANK)):
        report(f"without {writer}")
        theirs = writers == writer
        rest, asked = given.part(~theirs), given.part(theirs)
        by_letters = _letters(rest, spell)
        letters.append(log_probabilities(np.array([by_letters.scores(text) for text in asked.texts])))
        if asked.vectors is not None:
            vectors.append(log_probabilities(fit_vectors(rest).scores(asked.vectors)))
        shares.append(asked.shares)
    return _LeftOut(np.concatenate(letters), np.concatenate(vectors) if vectors else None, np.concatenate(shares))


def _limits(left_out: _LeftOut, sharpness: Sharpness, outside: Mask) -> Limits:
    alone = np.exp(log_probabilities(left_out.letters * sharpness.letters_alone))
    both = alone
    if left_out.vectors is not None:
        mixed = left_out.letters * sharpness.letters + left_out.vectors * sharpness.vectors
        both = np.exp(log_probabilities(mixed))
    answer = _answer_limit(both, left_out.shares, outside, WRONG_ANSWERS)
    return Limits(
        answer=answer,
        answer_by_letters=_answer_limit(alone, left_out.shares, outside, WRONG_ANSWERS),
        sure=_answer_limit(alone, left_out.shares, outside, WRONG_IF_SURE),
        doubt=_doubt_limit(both, left_out.shares, outside, answer),
        out=_out_limit(both, left_out.shares, outside),
    )


def _answer_limit(found: Floats, shares: Floats, outside: Mask, may_cost: float) -> float:
    """The lowest probability from which so few questions in scope would be answered wrongly."""
    in_scope = shares[:, outside].sum(axis=1) == 0
    inside = np.where(outside, 0.0, found)[in_scope]
    first, best = inside.argmax(axis=1), inside.max(axis=1)
    wrong = shares[in_scope][np.arange(len(inside)), first] == 0
    return _limit(best[wrong], may_cost * len(inside), (0.3, 0.99))


def _doubt_limit(found: Floats, shares: Floats, outside: Mask, answer: float) -> float:
    """The probability of being out of scope under which so few of what is out of scope would be answered."""
    out_of_scope = shares[:, outside].sum(axis=1) > 0
    would = found[out_of_scope]
    would = would[np.where(outside, 0.0, would).max(axis=1) >= answer]
    doubts = np.sort(would[:, outside].sum(axis=1))
    may = min(int(OUT_ANSWERED * out_of_scope.sum()), len(doubts) - 1)
    return float(np.clip(doubts[may], 0.01, 0.5)) if len(doubts) else 0.5


def _out_limit(found: Floats, shares: Floats, outside: Mask) -> float:
    """The lowest probability of being out of scope at which so few questions in scope would be turned away."""
    in_scope = shares[:, outside].sum(axis=1) == 0
    return _limit(found[:, outside].sum(axis=1)[in_scope], TURNED_AWAY * in_scope.sum(), (0.3, 0.95))


def _limit(values: Floats, may: float, between: tuple[float, float]) -> float:
    """The value that only so many values exceed."""
    ordered = np.sort(values)[::-1]
    found = float(ordered[int(may)]) + 1e-3 if int(may) < len(ordered) else between[0]
    return min(max(found, between[0]), between[1])


def _encoded(texts: Sequence[str], encoder: Encoder, report: Report, cache: Path | None) -> Floats:
    """The vectors, kept between runs in a file by what was encoded."""
    kept = dict(_read(cache)) if cache and cache.is_file() else {}
    keys = [line_hash(encoder.name, text) for text in texts]
    missing = {name: text for name, text in zip(keys, texts, strict=True) if name not in kept}
    for done, (name, text) in enumerate(missing.items()):
        if done % 500 == 0:
            report(f"encoding {done} of {len(missing)}")
        kept[name] = encoder.encode([text])[0]
    if cache and missing:
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, keys=np.array(list(kept), np.uint64), vectors=np.array(list(kept.values()), np.float32))
    return np.array([kept[name] for name in keys], np.float32)


def _read(cache: Path) -> Iterator[tuple[int, Floats]]:
    with np.load(cache) as file:
        yield from ((int(name), vector) for name, vector in zip(file["keys"], file["vectors"], strict=True))
