"""Judging account names and finding bodies: names a minute on one core, beside a bare dictionary of accepted names."""

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from time import process_time

from bench.figures import Figure
from bench.timing import Spread
from bot.domain.account_names import judge
from bot.governments import Registry, load

PART = "account names"
SEED, NAMES, ROUNDS = 1, 5_000, 5


# As in a list of real accounts: listed forms, decorated, bare, an organ, mistyped ({tail}: all but the first).
FORMS = ("{name}", "{full}", "{office}", "{name}公式LINE", "【公式】{name}", "{name}教育委員会", "{stem}", "〆{tail}")


def mixed_names(register: Registry) -> list[str]:
    """The same names in every run, each form as often as the others."""
    bodies = random.Random(SEED).choices(register.governments, k=NAMES)
    return [
        FORMS[place % len(FORMS)].format(
            name=body.name, full=body.full_name, office=body.office, stem=body.stem, tail=body.name[1:]
        )
        for place, body in enumerate(bodies)
    ]


def a_minute(work: Callable[[str], object], names: Sequence[str]) -> float:
    """Names a minute of CPU time, in one round."""
    start = process_time()
    for name in names:
        work(name)
    return len(names) / (process_time() - start) * 60


def measure() -> Iterator[Figure]:
    register = load()
    names = mixed_names(register)
    accepted = {name for body in register.governments for name in (body.name, body.full_name, body.office)}
    register.find("よこはま")  # the tables that are built once are built now
    contestants: dict[str, Callable[[str], object]] = {
        "names judged": lambda name: judge(name, register),
        "bodies looked up": register.find,
        "bare dictionary, yes or no": lambda name: unicodedata.normalize("NFKC", name).strip() in accepted,
    }
    rounds = [{name: a_minute(work, names) for name, work in contestants.items()} for _ in range(ROUNDS)]
    for name in contestants:
        yield Figure.of(PART, name, "a minute", Spread.of([one[name] for one in rounds]))
