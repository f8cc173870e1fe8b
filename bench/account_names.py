"""Judging account names and finding bodies: names a minute on one core, beside a bare dictionary of accepted names."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from time import process_time

from bot.domain.account_names import judge
from bot.register import Register, load

SEED, NAMES, ROUNDS = 1, 5_000, 3


# As in a list of real accounts: listed forms, decorated, bare, an organ, mistyped ({tail}: all but the first).
FORMS = ("{name}", "{full}", "{office}", "{name}公式LINE", "【公式】{name}", "{name}教育委員会", "{stem}", "〆{tail}")


def mixed_names(register: Register) -> list[str]:
    """The same names in every run, each form as often as the others."""
    bodies = random.Random(SEED).choices(register.bodies, k=NAMES)
    return [
        FORMS[place % len(FORMS)].format(
            name=body.name, full=body.full_name, office=body.office, stem=body.stem, tail=body.name[1:]
        )
        for place, body in enumerate(bodies)
    ]


def a_minute(work: Callable[[str], object], names: Sequence[str]) -> float:
    """Names a minute of CPU time, the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        for name in names:
            work(name)
        best = min(best, process_time() - start)
    return len(names) / best * 60


def measure() -> dict[str, float]:
    """Names a minute by what was measured."""
    register = load()
    names = mixed_names(register)
    accepted = {name for body in register.bodies for name in (body.name, body.full_name, body.office)}
    register.find("よこはま")  # the tables that are built once are built now
    return {
        "names judged": a_minute(lambda name: judge(name, register), names),
        "bodies looked up": a_minute(register.find, names),
        "bare dictionary, yes or no": a_minute(
            lambda name: unicodedata.normalize("NFKC", name).strip() in accepted, names
        ),
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:34}{value:12,.0f} a minute")
