"""What can be known of the container file and the units without an engine to run them."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from bot.cli import COMMANDS
from bot.runtime.supervisor import STOP_SECONDS
from bot.settings import Settings
from bot.worker.process import STOP_MS

ROOT = Path(__file__).parents[2]
SECRETS = {
    "LINE_CHANNEL_SECRET": "channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "token",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "PUBLIC_URL": "https://madoguchi.example.jp",
    "REDIS_URL": "redis://127.0.0.1:9",
}


def instructions() -> list[tuple[str, str]]:
    """Instruction and words, lines that go on put together, comments left out."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Containerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n", " ", text).splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    start = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def sent_to_the_engine(path: str) -> bool:
    """Whether `.dockerignore`, which leaves out everything but what it names, lets it through."""
    return f"!{path.split('/', maxsplit=1)[0]}" in (ROOT / ".dockerignore").read_text().splitlines()


def test_everything_that_is_copied_is_there_and_is_sent() -> None:
    sources = [
        source
        for word, words in instructions()
        if word == "COPY" and "--from" not in words
        for source in words.split()[:-1]
    ]
    assert "bot" in sources
    assert [source for source in sources if not (ROOT / source).exists() or not sent_to_the_engine(source)] == []


def test_nothing_private_is_sent_to_the_engine() -> None:
    assert (ROOT / ".dockerignore").read_text().splitlines()[0] == "*"
    assert not any(sent_to_the_engine(path) for path in (".env", ".git", "var", ".venv", "tests"))


def test_every_base_image_names_its_exact_version() -> None:
    images = [words.split()[0] for word, words in instructions() if word == "FROM"]
    assert len(images) == 2
    assert all(re.search(r":3\.\d+\.\d+-(slim-)?bookworm$", image) for image in images)
    assert len({re.search(r":([\d.]+)", image)[1] for image in images}) == 1  # type: ignore[index]  # matched above


def test_other_images_name_their_exact_version_too() -> None:
    """A tag that moves would be another image tomorrow; a digest is known to the registry alone."""
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["redis"]["image"]
    assert re.search(r"/redis:\d+\.\d+\.\d+-bookworm$", compose)
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    images = [job["container"] for job in workflow["jobs"].values() if "container" in job]
    assert images
    assert all(re.fullmatch(r"debian:12\.\d+", image) for image in images)


def test_last_stage_has_a_user_who_is_not_root_and_no_tools() -> None:
    stage = last_stage()
    assert ("USER", "10001:10001") in stage
    assert "slim" in stage[0][1]
    (run,) = [words for word, words in stage if word in ("RUN", "ADD")]
    assert "pip uninstall --yes --quiet setuptools wheel pip" in run
    assert "/usr/local/bin/python" in run, "the bot's own python knows no pip"
    assert "--without-pip" in str(instructions())


def test_image_starts_commands_that_exist_and_is_told_to_stop_gently() -> None:
    stage = dict(last_stage())
    assert json.loads(stage["ENTRYPOINT"]) == ["madoguchi"]
    assert json.loads(stage["CMD"])[0] in COMMANDS
    assert stage["STOPSIGNAL"] == "SIGTERM"


def test_check_of_health_is_a_program_that_runs() -> None:
    words = json.loads(dict(last_stage())["HEALTHCHECK"].split("CMD ", 1)[1])
    done = subprocess.run([sys.executable, *words[1:]], env={"PORT": "9"}, capture_output=True, text=True, check=False)
    assert "Connection refused" in done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The wheel's content, far from the repository."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    shutil.unpack_archive(next(tmp_path.glob("*.whl")), tmp_path / "site", "zip")
    return tmp_path / "site"


def run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As on a file system that takes no byte, with nothing in the environment that the image has not."""
    command = ["prlimit", "--fsize=0", sys.executable, "-m", "bot.cli", *words]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1", **SECRETS}
    return subprocess.run(
        command, env=environment, cwd=installed, capture_output=True, text=True, check=False, timeout=60
    )


def test_installed_bot_writes_no_file(installed: Path) -> None:
    done = run(installed, "check", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (["web"], ["worker"]):
        away = run(installed, *words)
        assert (away.returncode, away.stderr) == (2, "madoguchi: REDIS_URL: Redis does not answer (ConnectionError)\n")


def test_compose_file_keeps_the_bot_locked_in_and_waits_for_it() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    services = compose["services"]
    assert set(services) == {"redis", "release", "web", "worker"}
    for name in ("release", "web", "worker"):
        service = services[name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["command"][0] in COMMANDS
        assert int(service["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
        assert (ROOT / service["build"]["dockerfile"]).exists()
    redis = " ".join(services["redis"]["command"])
    assert "--appendonly yes" in redis
    assert "--maxmemory-policy noeviction" in redis
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])


@pytest.mark.parametrize("name", ["madoguchi-web", "madoguchi-worker@"])
def test_unit_starts_a_command_that_exists_as_nobody_special(name: str) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep capitals
    unit.read(ROOT / "deploy" / "systemd" / f"{name}.service")
    service = unit["Service"]
    program, command = shlex.split(service["ExecStart"])
    assert program.endswith("/madoguchi")
    assert command in COMMANDS
    assert service["User"] == "madoguchi"
    assert (service["ProtectSystem"], service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == (
        "strict",
        "yes",
        "",
    )
    assert unit["Unit"]["StartLimitIntervalSec"] == "0", "tried for as long as Redis is away"
    assert int(service["TimeoutStopSec"]) > max(STOP_SECONDS, STOP_MS / 1000)
    assert service["LimitCORE"] == "0", "an image of the memory would hold texts and keys"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a program that is there: the release is not installed where the tests run."""
    for path in (ROOT / "deploy" / "systemd").glob("madoguchi*.*"):
        text = path.read_text().replace("/opt/madoguchi/bin/madoguchi", "/bin/true")
        (tmp_path / path.name).write_text(text)
    return tmp_path


def test_systemd_finds_nothing_wrong_in_any_unit(units: Path) -> None:
    names = [path.name.replace("@.", "@1.") for path in units.iterdir()]
    assert len(names) >= 9
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in sorted(names))],
        cwd=units,
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "madoguchi" in line]
    assert (done.returncode, ours) == (0, [])


def test_unit_with_a_mistake_would_be_found(units: Path) -> None:
    path = units / "madoguchi-check.service"
    path.write_text(path.read_text().replace("UMask=0077", "UMaske=0077"))
    command = ["systemd-analyze", "verify", "--man=no", f"./{path.name}"]
    done = subprocess.run(command, cwd=units, capture_output=True, text=True, check=False)
    assert "UMaske" in done.stderr


def test_units_may_do_as_little_as_the_page_on_deployment_says(units: Path) -> None:
    page = (ROOT / "docs" / "start" / "deployment.md").read_text()
    assert "rates\nthem 1.5" in page
    for path in sorted(units.glob("*.service")):
        command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", f"./{path.name}"]
        done = subprocess.run(command, cwd=units, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-300:]


def test_timers_with_an_hour_name_the_time_of_japan(units: Path) -> None:
    """Machines of a cloud run on UTC, where a Monday morning in Japan is still Sunday night."""
    for timer in units.glob("*.timer"):
        for when in re.findall(r"(?m)^OnCalendar=(.*)$", timer.read_text()):
            assert when == "*:07" or when.endswith(" Asia/Tokyo"), (timer.name, when)


def test_every_timer_has_its_service(units: Path) -> None:
    timers = [path.stem for path in units.glob("*.timer")]
    assert timers
    assert [name for name in timers if not (units / f"{name}.service").exists()] == []


def test_supervisor_waits_longer_than_a_worker_takes() -> None:
    assert STOP_SECONDS > STOP_MS / 1000


def test_commands_of_operators_and_services_read_the_same_settings_the_same_way() -> None:
    units = [path.read_text() for path in (ROOT / "deploy" / "systemd").glob("*.service")]
    wrapper = (ROOT / "deploy" / "systemd" / "madoguchi").read_text()
    for line in (
        "User=madoguchi",
        "LimitCORE=0",
        "EnvironmentFile=/etc/madoguchi/environment",
        "/opt/madoguchi/bin/madoguchi",
    ):
        assert all(line in text for text in (*units, wrapper)), line
    assert not re.search(r"^\s*(\.|source|set) ", wrapper, re.MULTILINE), (
        "a shell would expand what systemd takes as it is"
    )
    assert os.access(ROOT / "deploy" / "systemd" / "madoguchi", os.X_OK)


def example() -> dict[str, str]:
    lines = (ROOT / "deploy" / "systemd" / "environment.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_example_of_settings_is_a_start_that_lacks_nothing_but_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    assert all(value == value.strip() and "#" not in value for value in example().values())
    given = example() | {name: value for name, value in SECRETS.items() if not example()[name]}
    settings = Settings.model_validate({name.lower(): value for name, value in given.items()})
    assert (settings.bind_address, settings.trusted_proxies) == ("127.0.0.1", 1)


def test_first_certificate_is_asked_for_where_the_proxy_serves_its_challenge() -> None:
    conf = (ROOT / "deploy" / "nginx" / "madoguchi.conf").read_text()
    steps = (ROOT / "docs" / "start" / "deployment.md").read_text()
    root = re.search(r"acme-challenge/ \{ root (\S+);", conf)
    assert root
    assert f"certbot certonly --webroot -w {root[1]} " in steps
    assert steps.index("certbot certonly") < steps.index("> /etc/nginx/conf.d/madoguchi.conf")
