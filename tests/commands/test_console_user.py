"""`madoguchi console-user`: an entry that the settings take, and passwords that are never shown."""

import pytest

from bot.settings import Settings, load_settings
from bot.web.console.passwords import matches
from tests.commands.calls import called, started


def test_entry_is_taken_by_the_settings_and_opens_with_that_password(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = started({}, "console-user", "hanako", "--stdin", stdin="とても長い合い言葉です１２３\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "合い言葉" not in done.stdout
    assert not set(done.stdout.strip()) & set("$ '\"\\"), "no shell and no compose file alters it"
    for name, value in {
        "LINE_CHANNEL_SECRET": "s",
        "LINE_CHANNEL_ACCESS_TOKEN": "t",
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "PUBLIC_URL": "https://madoguchi.example.jp",
        "CONSOLE_USERS": done.stdout,
    }.items():
        monkeypatch.setenv(name, value)
    operators = load_settings().operators
    assert list(operators) == ["hanako"]
    assert matches(operators["hanako"], "とても長い合い言葉です123"), "typed half-width on another keyboard"
    assert not matches(operators["hanako"], "とても長い合い言葉です124")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Hanako", "long enough password"),
        ("花子", "long enough password"),
        ("hanako", "short"),
        ("hanako", "㍿" * 51),  # 204 characters where it is compared
        ("hanako", "ｶﾞ" * 11),  # 11 there
    ],
)
def test_bad_name_or_short_password_is_refused_in_one_line(name: str, password: str) -> None:
    done = called({}, "console-user", name, "--stdin", stdin=f"{password}\n")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert password not in done.stderr
