"""What is installed is what is locked, may be used here, and is looked up in CI for known vulnerabilities."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-register.lock")
# Free to use, and without a claim on the bot itself; LGPL: dramatiq, installed and unchanged.
ALLOWED = re.compile(
    r"(MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla Public License|ISC|CNRI-Python|LGPL"
    r"|GNU Lesser General Public License|0BSD|Zlib|CC0)\b"
)
NOTHING_SAID = ("OSI Approved", "Dual License", "UNKNOWN", "")


@dataclass(frozen=True)
class Pin:
    """One line of a lock file."""

    name: str
    version: str
    marker: str
    hashes: int

    @property
    def applies(self) -> bool:
        return not self.marker or Marker(self.marker).evaluate()


def pins(lock: str) -> Iterator[Pin]:
    """Every requirement; ValueError for a line that is none."""
    for block in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
        found = re.match(r"([a-z0-9][\w.\-]*)==([\w.!+]+)(?: ; (.+?))? \\$", block, re.MULTILINE)
        if not found:
            raise ValueError(block)
        yield Pin(found[1], found[2], found[3] or "", block.count("--hash=sha256:"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_to_one_version_with_hashes(lock: str) -> None:
    found = list(pins(lock))
    assert found
    assert [pin.name for pin in found if pin.hashes == 0] == []
    applying = [pin.name for pin in found if pin.applies]
    assert len(applying) == len(set(applying))


def test_what_runs_is_what_is_locked() -> None:
    different = {pin.name: distribution(pin.name).version for pin in pins("requirements-dev.lock") if pin.applies}
    assert different == {pin.name: pin.version for pin in pins("requirements-dev.lock") if pin.applies}


def test_installed_packages_fit_each_other() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_of_the_bot_may_be_used_here() -> None:
    licences = {pin.name: _licences(distribution(pin.name)) for pin in pins("requirements.lock") if pin.applies}
    assert {name: said for name, said in licences.items() if not said} == {}
    assert {name: said for name, said in licences.items() if not all(map(ALLOWED.match, said))} == {}


def _licences(package: Distribution) -> list[str]:
    """As the package says it, by the most exact way it knows."""
    expression = re.split(r"\s*(?:\bAND\b|\bOR\b|\bWITH\b|[()])\s*", _field(package, "License-Expression"))
    classifiers = [
        one.rsplit(" :: ", 1)[1] for one in package.metadata.get_all("Classifier") or [] if one.startswith("License")
    ]
    said = [*filter(None, expression)] or classifiers or [_field(package, "License").partition("\n")[0]]
    return [one for one in said if one not in NOTHING_SAID]


def _field(package: Distribution, name: str) -> str:
    about = package.metadata
    return about[name] if name in about else ""  # noqa: SIM401 - its type has no get


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert found
    return [line.strip() for line in found[1].splitlines()]


def test_audit_looks_at_every_lock_file() -> None:
    audited = re.findall(r"-r (\S+)", "\n".join(recipe("audit")))
    assert set(audited) == {"requirements-dev.lock", "requirements-register.lock"}
    assert {(pin.name, pin.version) for pin in pins("requirements.lock")} <= {
        (pin.name, pin.version) for pin in pins("requirements-dev.lock")
    }


def test_audit_that_cannot_reach_the_advisories_fails_and_says_so() -> None:
    """With a network that ends at once: nothing was audited, so nothing may look as if it were fine."""
    command = recipe("audit")[-1].replace("$(BIN)", str(Path(sys.executable).parent))
    away = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
    environment = {**os.environ, **away, "NO_PROXY": "", "no_proxy": ""}
    done = subprocess.run(
        shlex.split(command), env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode != 0
    assert "No known vulnerabilities" not in done.stdout + done.stderr
    assert done.stderr


def test_ci_runs_the_tests_and_the_audit_at_every_change_and_every_day() -> None:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    workflow = yaml.safe_load(text)
    events = workflow[True]  # YAML 1.1 reads the word "on" so
    assert set(events) == {"push", "pull_request", "schedule"}
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert {".ci/run", "make audit"} <= set(commands)
    assert any(command.startswith("docker build -f Containerfile ") for command in commands)
    assert workflow["permissions"] == {"contents": "read"}
    assert re.findall(r"uses: \S+?@(?![0-9a-f]{40} )", text) == [], "an action is named by its commit"
