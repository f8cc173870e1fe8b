"""People's words and IDs are nowhere but in the sealed inbox and outbox, for as long as delivery needs them."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.store.keys import Pseudonyms, UserKeys
from tests.conftest import SECRET_KEY
from tests.scenario.kept import documented, undocumented
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot, running_bot
from tests.scenario.traces import found, in_processes, in_redis, names, on_disk, on_the_web, said_in
from tests.servers import RedisServer

ROOT = Path(__file__).parents[2]
TOO_MANY = 110
NAME, OTHER_NAME, GROUP_NAME = "山田標識子", "佐藤標識郎", "標識広報担当グループ"
MENTIONED = "標識たろう🌸"  # a display name that no rule of masking could know
PHONE, MAIL, ADDRESS = "090-5550-1234", "hyoushiki.tantou@city.hakone.kanagawa.jp", "標識町大字湯本九九九番地"
ACCOUNT = "標識箱根町公式アカウント"
ASKED = f"鈴木一郎と申します。電話は{PHONE}、メールは{MAIL}です。火星移住の補助金の窓口はどこでしょうか"
WORDS = (
    NAME,
    OTHER_NAME,
    MENTIONED,
    "標識たろう",
    GROUP_NAME,
    PHONE,
    PHONE.replace("-", ""),
    MAIL,
    "hyoushiki.tantou",
    ADDRESS,
    ACCOUNT,
)
TYPED = ("鈴木一郎と申します", "標識スタンプの文字", "神奈川県箱根町", "hakone.kanagawa.jp", "コミュニケーション")


@dataclass
class Watched:
    """A running bot with a Redis of its own, and everybody who wrote to it."""

    bot: RunningBot
    redis: Redis
    folder: Path
    codes: list[str] = field(default_factory=list)

    def marks(self) -> list[str]:
        """Whatever points to a person or opens something; the ids of events are not among it."""
        world = self.bot.emulator.platform.world
        bodies = [delivery.body["events"] for delivery in self.bot.emulator.deliveries]
        secrets = [self.bot.environment[name] for name in self.bot.environment if name.endswith(("SECRET", "TOKEN"))]
        tokens = [*said_in(bodies, "replyToken", "quoteToken", "markAsReadToken")]
        messages = [text for event in bodies for text in said_in(event, "id", "messageId") if len(text) > 8]
        people = [one for one in said_in(bodies, "userId", "groupId", "roomId") if one != world.account.id]
        bare = [one[1:] for one in people]
        return [*WORDS, *TYPED, *self.codes, *world.users, *people, *bare, *tokens, *messages, *secrets, SECRET_KEY]

    def places(self) -> dict[str, bytes]:
        pids = [process.pid for process in (self.bot.web, *self.bot.workers)]
        return {**in_redis(self.redis), **on_disk(self.folder), **on_the_web(self.bot), **in_processes(pids)}

    def traces(self) -> list[tuple[str, str]]:
        return found(dict.fromkeys(self.marks()), self.places())

    def of(self, person: Person) -> UserKeys:
        return UserKeys(Pseudonyms(SECRET_KEY).of(person.id))

    def kinds(self, person: Person) -> set[str]:
        """Which keys of that person there are, without the ids of events."""
        return {
            name.decode().rsplit(f"{self.of(person).user}:", 1)[1].split(":", 1)[0]
            for name in names(self.redis)
            if self.of(person).user in name.decode()
        }


def under_documented_rules(server: RedisServer) -> str:
    """The address for a user who may do no more than docs/explanation/security.md says is needed."""
    page = (ROOT / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
    rules = re.search(r"An ACL for that user: `(.+?)`", page)
    assert rules
    client: Any = Redis.from_url(server.url)  # its annotations leave this call bare
    client.execute_command("ACL", "SETUSER", "bot", "on", ">password", *rules[1].split())
    return server.url.replace("redis://", "redis://bot:password@")


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "redis").mkdir()
    server = RedisServer(tmp_path / "redis")
    server.start()
    try:
        with running_bot(under_documented_rules(server), tmp_path) as bot:
            yield Watched(bot, Redis.from_url(server.url), tmp_path)
    finally:
        server.stop()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def nobody_holds(watched: Watched, person: Person) -> bool:
    return "hold" not in watched.kinds(person)


def talk(watched: Watched, staff: Person) -> None:
    """Everything a member of staff can leave behind: answers, a code, pictures, places, a question nobody answers."""
    line = watched.bot.emulator
    for words in ("申込前チェック", "箱根町", "あります", "使っていない", "職員", ACCOUNT):
        staff.says(words)
    staff.says(f"{NAME}です。{ADDRESS}で働いています。さっきの{ACCOUNT}は、{MAIL}で申し込みます")  # noted in part
    staff.says(f"{NAME}より")  # not understood, and counted in the conversation
    code = next(word for word in staff.says("引き継ぎコード").split() if len(word) == 9 and word[4] == "-")
    watched.codes.append(code)
    staff.says("昨日申し込みました")
    staff.says("コミュニケーション")
    staff.taps("お知らせを受け取る")
    staff.taps("審査結果のめやすのお知らせ")
    assert "reminders" in watched.kinds(staff)
    line.phone.location(staff.id, title="標識の場所", address=ADDRESS)
    staff.reads()
    line.phone.sticker(staff.id)
    staff.reads()
    group = line.new_group(GROUP_NAME, [staff.id])
    line.wait_for(staff.id, chat=group, timeout=60)
    line.says(staff.id, f"{NAME}です。料金はいくらですか", chat=group, mention_bot=True)
    line.wait_for(staff.id, chat=group, timeout=60)
    mentioned = line.new_user(MENTIONED)
    line.platform.groups.member_joined(group, mentioned)
    line.says(
        staff.id, "火星移住の補助金は(love)", chat=group, mention_bot=True, mentions=[mentioned], emoji=["(love)"]
    )
    line.wait_for(staff.id, chat=group, timeout=60)
    colleague = Person(watched.bot, OTHER_NAME)
    colleague.says(code)
    colleague.says("やめる")
    colleague.says(ASKED)
    until(lambda: any(b"unanswered" in name for name in names(watched.redis)))


def test_nothing_of_a_person_is_readable_while_it_waits_or_after(watched: Watched) -> None:
    bot, line = watched.bot, watched.bot.emulator
    staff = Person(bot, NAME, friend=False)
    staff.follows()
    talk(watched, staff)
    assert watched.traces() == []
    assert undocumented(watched.redis) == []

    keys = watched.of(staff)
    line.control(failing=503)
    line.says(staff.id, f"{NAME} {PHONE} {MAIL}")
    until(lambda: watched.redis.llen(keys.outbox))
    bot.workers[0].stop()
    line.says(staff.id, ASKED)
    line.says(staff.id, "認証済み")
    assert watched.redis.llen(keys.inbox) == 2
    assert watched.traces() == []
    assert undocumented(watched.redis) == []

    line.control(failing=400)
    bot.workers[0].restart()
    until(lambda: watched.redis.llen("mado:dead"))
    line.platform.control.reset()
    until(lambda: not watched.redis.exists(keys.inbox, keys.outbox))
    watched.redis.bgrewriteaof()
    until(lambda: not watched.redis.info("persistence")["aof_rewrite_in_progress"])
    assert "メニュー" in staff.says("メニュー")
    assert watched.traces() == []
    assert undocumented(watched.redis) == []


def test_marks_would_be_found_where_they_stand(watched: Watched) -> None:
    """The search itself: what is put in clear, or disguised, into Redis or a file is found."""
    staff = Person(watched.bot, NAME)
    staff.says("メニュー")
    assert watched.traces() == []
    watched.redis.hset("mado:slip", "x", f"…{staff.id.encode().hex()}…")
    (watched.folder / "slip.log").write_text(f'{{"text": "{MAIL}"}}')
    places = {place for _, place in watched.traces()}
    assert "key b'mado:slip'" in places
    assert "file slip.log" in places
    assert any(place.startswith("file redis/appendonlydir/") for place in places)
    assert undocumented(watched.redis) == ["mado:slip: in 0 rows of the table"]


def test_deletion_and_blocking_erase_what_is_kept_of_a_person(watched: Watched) -> None:
    """What remains is what the README says: ids of events, the rate of this minute, and masked questions.

    Who blocks has tried a code, has written more than is taken in, and waits for a reply while LINE is away.
    """
    line = watched.bot.emulator
    asks, blocks = Person(watched.bot, NAME), Person(watched.bot, OTHER_NAME)
    for staff in (asks, blocks):
        for words in ("KKKK-MMMM", "申込前チェック", "箱根町", "あります", "引き継ぎコード"):
            staff.says(words)
        staff.says("今日申し込みました")
        staff.says("ライト")
        staff.taps("お知らせを受け取る")
        staff.taps("月初の変更のお知らせ")
        assert {"session", "guesses", "reminders"} <= watched.kinds(staff)
    asks.says("データ削除")
    line.control(failing=503)
    for number in range(TOO_MANY):
        line.says(blocks.id, f"{ACCOUNT}{number}")
    until(lambda: {"outbox", "inbox", "surplus"} <= watched.kinds(blocks))
    line.phone.unfollow(blocks.id)
    until(lambda: not watched.redis.exists(watched.of(blocks).session))
    for staff in (asks, blocks):
        until(partial(nobody_holds, watched, staff))
        assert watched.kinds(staff) <= {"seen", "rate"}
    talks = [watched.redis.hget(name, "talk") for name in names(watched.redis) if b"handover" in name]
    assert talks == [None, None]


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_both_readmes_list_what_lies_in_redis(name: str) -> None:
    """Every row of the table of keys is a row of the README's; the Japanese one has the same rows."""
    text = (ROOT / name).read_text(encoding="utf-8")
    section = text.split("## What is stored" if name == "README.md" else "## 保管するもの", 1)[1].split("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")][1:]
    entries = {row.entry for row in documented()}
    assert len(rows) == len(set(rows))
    if name == "README.md":
        assert entries <= set(rows)
    assert len(rows) == len(_rows("README.md"))


def _rows(name: str) -> list[str]:
    section = (ROOT / name).read_text(encoding="utf-8").split("## What is stored", 1)[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")][1:]
