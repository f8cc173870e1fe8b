"""What a bare machine lacks is said at once, with the command that installs it, from one list."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "scripts" / "packages.sh"
NOBODY = 65534


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """A machine with a shell, and none of the packages, and nobody who may install any."""
    for name in ("sh", "id", "grep", "ls", "uname"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    (tmp_path / "id").unlink()
    (tmp_path / "id").write_text(f"#!/bin/sh\necho {NOBODY}\n")
    (tmp_path / "id").chmod(0o755)
    tmp_path.chmod(0o755)
    return {"PATH": str(tmp_path)}


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(SCRIPT), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_missing_packages_are_named_at_once_with_the_one_command(bare: dict[str, str]) -> None:
    started = time.monotonic()
    done = run(bare, "need")
    assert time.monotonic() - started < 5  # on a busy machine; else some milliseconds
    assert done.returncode == 1
    said = re.search(r"sudo apt-get install --no-install-recommends (.+)", done.stderr)
    assert said
    assert {"chromium-headless-shell", "redis-server"} <= set(said[1].split())


def test_machine_that_has_all_goes_on_without_a_word() -> None:
    done = run(dict(os.environ), "need", "all")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_whole_browser_will_do_for_its_headless_shell(bare: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "chromium").write_text("")
    (tmp_path / "chromium").chmod(0o755)
    said = run(bare, "need").stderr
    assert "redis-server" in said
    assert "chromium" not in said


def test_python_without_venv_is_told_so(bare: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    done = run(bare, "venv", "python3")
    assert done.returncode == 1
    assert "python3-venv" in done.stderr


def test_makefile_and_ci_share_the_one_list() -> None:
    makefile, ci = (ROOT / "Makefile").read_text(), (ROOT / ".ci" / "run").read_text()
    assert re.search(r"^test: needs ", makefile, re.MULTILINE), "before everything else"
    assert re.search(r"^scale: needs-all ", makefile, re.MULTILINE)
    assert "scripts/packages.sh need all" in ci
    assert "chromium" not in makefile + ci
