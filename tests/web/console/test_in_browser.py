"""The console in a real browser over the whole running bot: the figures of a conversation, a letter sent again."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from redis import Redis

from bot.content.release import release_units
from bot.store.content_versions import ContentVersions, StoredVersion
from tests.eventually import PATIENCE
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot, running_bot
from tests.servers import RedisServer
from tests.web.console.accessibility import STUMBLES
from tests.web.console.conftest import OPERATORS, PASSWORD

pytestmark = pytest.mark.timeout(300)  # the first one waits for a whole conversation, too

CHECK = ("申込前チェック", "横浜市", "あります", "使っていません", "職員", "横浜市", "認証済み", "コミュニケーション")
REST = ("lg.jp", "まだ決めていない", "この内容で判定する")
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
PAGES = (
    "",
    "questions",
    "delivery",
    "content",
    "content/unit?key=knowledge/fee:entries/plan_fee",
    "content/questions",
    "content/tables",
    "content/preview",
    "content/history",
    "content/audit",
)
# what is read with less contrast to the ground behind it than WCAG 2 asks for
PALE = r"""() => {
  const rgb = c => (c.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => rgb(c).slice(0, 3).reduce((sum, v, i) => sum + linear(v / 255) * [.2126, .7152, .0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (rgb(c).length < 4) return c;
  } return "rgb(255, 255, 255)"; };
  return [...document.body.querySelectorAll("*")]
    .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => {
      const style = getComputedStyle(e);
      const [a, b] = [light(e.closest("svg") ? style.fill : style.color), light(ground(e))].sort((x, y) => y - x);
      return [(a + .05) / (b + .05), e.textContent.trim().slice(0, 20)];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""

# letters of a picture that stand outside of what is drawn of it
CUT = """() => [...document.querySelectorAll("svg text")].filter(text => {
  const box = text.getBBox(), from = text.ownerSVGElement, view = from.viewBox.baseVal;
  const into = from.getCTM().inverse().multiply(text.getCTM());
  const corners = [[box.x, box.y], [box.x + box.width, box.y + box.height]]
    .map(([x, y]) => new DOMPoint(x, y).matrixTransform(into));
  return corners.some(({x, y}) =>
    x < view.x || x > view.x + view.width || y < view.y || y > view.y + view.height);
}).map(text => text.textContent)"""


@dataclass(frozen=True)
class Scene:
    """A bot that has led one person to a verdict, and owes another one an answer that LINE did not take."""

    bot: RunningBot
    unlucky: str
    redis: Redis

    def open(self, page: Page, path: str = "") -> None:
        page.goto(f"{self.bot.url}/console/{path}")

    def log_in(self, page: Page, password: str = PASSWORD) -> None:
        self.open(page)
        page.get_by_label("利用者名").fill("hanako")
        page.get_by_label("パスワード").fill(password)
        with page.expect_navigation():  # whoever goes on before the answer is there takes it back
            page.get_by_role("button", name="ログイン").click()


@pytest.fixture(scope="module")
def scene(redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    redis = Redis.from_url(redis_server.url)
    redis.flushall()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CONSOLE_USERS", OPERATORS)
        with running_bot(redis_server.url, tmp_path_factory.mktemp("bot")) as bot:
            staff, unlucky = Person(bot), Person(bot, "鈴木")
            asked = "山田太郎様の住民票を taro@example.jp へ送れますか"
            for said in (*CHECK, *REST, "料金はいくらですか", asked, asked, "甲斐谷の戸籍を送れますか"):
                staff.says(said)
            bot.emulator.control(monthly_limit=0, token_life=0.001)
            bot.emulator.says(unlucky.id, "ヘルプ")
            until(lambda: bool(redis.keys("mado:*:outbox")) and not redis.keys("mado:*:hold"))
            bot.emulator.control(token_life=60)
            bot.emulator.says(unlucky.id, "メニュー")  # what waits for quota makes way for it
            until(lambda: redis.llen("mado:dead") == 1)
            bot.emulator.platform.control.reset()
            yield Scene(bot, unlucky.id, redis)


def until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 2 * PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def page(browser: Browser, scene: Scene) -> Iterator[Page]:
    """A browser without JavaScript, on a phone; what its policy had to block fails the test."""
    scene.redis.delete(*(scene.redis.keys("mado:console:tries:*") or ["none"]))
    context = browser.new_context(viewport=PHONE, locale="ja-JP", java_script_enabled=False)
    context.set_default_timeout(PATIENCE * 1000)
    fresh, troubles = context.new_page(), list[str]()
    fresh.on("console", lambda message: troubles.append(message.text))
    yield fresh
    context.close()
    # a refused login is answered with 401 or 429, of which the browser speaks, too
    assert [trouble for trouble in troubles if "status of 4" not in trouble] == []


def test_wrong_password_is_said_and_the_right_one_opens(scene: Scene, page: Page) -> None:
    scene.log_in(page, "wrong password")
    expect(page.get_by_role("alert")).to_have_text("利用者名かパスワードが違います。")
    scene.log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("概況")
    assert page.url == f"{scene.bot.url}/console/"


def test_too_many_tries_are_turned_away(scene: Scene, page: Page) -> None:
    scene.log_in(page, "wrong password")
    for key in scene.redis.scan_iter("mado:console:tries:*"):
        scene.redis.incrby(key, 9)
    scene.log_in(page)
    expect(page.get_by_role("alert")).to_contain_text("試行が多すぎます")


def test_logout_closes_the_console(scene: Scene, page: Page) -> None:
    scene.log_in(page)
    page.get_by_role("button", name="ログアウト").click()
    expect(page.get_by_role("button", name="ログイン")).to_be_visible()
    scene.open(page, "delivery")
    assert page.url.endswith("/console/login")


def test_pages_show_the_figures_of_the_conversation_that_was_held(scene: Scene, page: Page) -> None:
    scene.log_in(page)

    def tile(label: str) -> str:
        return page.locator(".tile", has=page.get_by_text(label, exact=True)).locator("b").inner_text()

    def shown() -> bool:
        page.reload()
        return (tile("チェックの開始"), tile("判定まで進んだ"), tile("フォームの案内")) == ("1", "1", "1")

    until(shown)  # figures reach Redis within a second or two
    assert tile("送れなかったもの") == "1件"
    funnel = page.locator("figure").filter(has_text="申込前チェックの進み方")
    expect(funnel.locator("svg")).to_contain_text("団体名 1")
    page.get_by_role("link", name="質問", exact=True).click()
    expect(page.locator(".tile", has_text="1つに答えた")).to_be_visible()
    unanswered = page.locator("section").filter(has_text="1つに答えられなかった質問")

    def asked() -> bool:
        page.reload()
        return tile("1つに答えた") == "1" and "住民票" in unanswered.inner_text()

    until(asked)  # they were asked after the check, and may be counted after it
    until(lambda: page.reload() is not None and "他に1回だけの質問が1件" in unanswered.inner_text())
    assert not re.search("山田|太郎|taro|鈴木|甲斐谷", page.content())


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_cut_off_and_all_can_be_read(scene: Scene, browser: Browser, size: ViewportSize) -> None:
    scene.redis.delete(*(scene.redis.keys("mado:console:tries:*") or ["none"]))
    context = browser.new_context(viewport=size, locale="ja-JP")
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))")
    scene.log_in(page)
    for path in PAGES:
        scene.open(page, path)
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"], path
        assert page.evaluate(PALE) == [], path
        assert page.evaluate(STUMBLES) == [], path
        assert path.startswith("content") or page.locator("svg text").count() > 0, path
        assert page.evaluate(CUT) == [], path
    context.close()
    assert blocked == []


def test_search_for_stumbles_finds_each_kind(browser: Browser) -> None:
    """A search that finds nothing anywhere would let every page pass."""
    page = browser.new_page()
    page.set_content(
        "<h1>x</h1><h3></h3><input><button></button><p tabindex=2 id=a>x</p><b id=a></b><svg></svg>"
        "<i aria-describedby=z></i><button style='all:unset'>x</button><div aria-hidden=true><p role=status></p></div>"
    )
    found = {line.partition(":")[0] for line in page.evaluate(STUMBLES)}
    page.close()
    assert found >= {"language of the page", "title of the page", "main parts", "empty heading", "id used twice"}
    assert found >= {"level left out before", "no label", "no name", "order of its own", "no words", "never heard"}
    assert found >= {"aria-describedby of nothing", "too small to hit"}


def test_published_content_is_spoken_by_the_running_bot_and_a_broken_one_never(scene: Scene) -> None:
    person, versions = Person(scene.bot, "佐藤"), ContentVersions(scene.redis)
    lead = "ui:menu/lead"
    said = release_units()[lead]
    assert str(said) in person.says("メニュー")
    begun = time.monotonic()
    versions.publish(StoredVersion("hanako", "x", {lead: ("架空の案内です。", said)}), after=0)
    until(lambda: "架空の案内です。" in person.says("メニュー"))
    assert time.monotonic() - begun < PATIENCE  # 5 s on a machine of its own
    versions.publish(StoredVersion("hanako", "x", {lead: ({"not": "a text"}, said)}), after=1)
    for _ in range(3):
        assert "架空の案内です。" in person.says("メニュー")
        time.sleep(0.5)
    versions.publish(StoredVersion("hanako", "x", {}, restores=0), after=2)
    until(lambda: str(said) in person.says("メニュー"))


def test_letter_that_is_sent_again_arrives_once(scene: Scene, page: Page, browser: Browser) -> None:
    """Two operators have the same list open, and both press."""
    other = browser.new_context().new_page()
    for one in (page, other):
        scene.log_in(one)
        scene.open(one, "delivery")
        expect(one.locator(".letter")).to_contain_text("429")
    assert scene.unlucky not in page.content()
    page.get_by_role("button", name="再送する").click()
    expect(page.get_by_role("status")).to_contain_text("再送の列に入れました")
    expect(page.get_by_text("送れなかったものはありません")).to_be_visible()
    other.get_by_role("button", name="再送する").click()
    expect(other.get_by_role("status")).to_contain_text("もう一覧にありません")
    other.context.close()

    def heard() -> list[str]:
        return [str(entry.message["altText"]) for entry in scene.bot.emulator.seen(scene.unlucky) if entry.by == "bot"]

    until(lambda: len(heard()) == 2)
    until(lambda: not scene.redis.keys("mado:*:outbox"))
    assert len(heard()) == 2
    assert "使い方" in heard()[1]
    until(lambda: '"operator":"hanako"' in scene.bot.web.output)


@pytest.fixture
def scripted(browser: Browser, scene: Scene) -> Iterator[Page]:
    """A browser with JavaScript, logged in, on a phone."""
    scene.redis.delete(*(scene.redis.keys("mado:console:tries:*") or ["none"]))
    context = browser.new_context(viewport=PHONE, locale="ja-JP")
    context.set_default_timeout(PATIENCE * 1000)
    fresh = context.new_page()
    scene.log_in(fresh)
    yield fresh
    context.close()


def test_draft_is_saved_while_it_is_typed_through_a_lost_network_and_an_ended_login(
    scene: Scene, scripted: Page
) -> None:
    unit = "content/unit?key=ui:welcome/lead"
    drafts = ContentVersions(scene.redis).drafts

    def stored() -> object:
        found = drafts().get("ui:welcome/lead")
        return found and found.value

    scene.open(scripted, unit)
    field, said = scripted.locator("textarea").first, scripted.get_by_role("status")
    field.fill("架空の案内です。")
    expect(said).to_have_text("下書きを自動で保存しました。")
    assert stored() == "架空の案内です。"
    scripted.context.set_offline(True)
    field.fill("架空の案内です。圏外。")
    expect(said).to_contain_text("まだ保存できていません")
    scripted.context.set_offline(False)
    until(lambda: stored() == "架空の案内です。圏外。")
    scene.redis.delete(*scene.redis.keys("mado:console:session:*"))
    field.fill("架空の案内です。切れた後。")
    expect(said).to_contain_text("ログインが切れた")
    scene.log_in(scripted)
    scene.open(scripted, unit)
    expect(field).to_have_value("架空の案内です。切れた後。")
    until(lambda: stored() == "架空の案内です。切れた後。")
    field.press_sequentially("押。")
    scripted.get_by_role("button", name="下書きを保存").click()
    expect(said.first).to_have_text("下書きを保存しました。")
    assert str(stored()).count("押。") == 1
    versions = ContentVersions(scene.redis)
    versions.discard_draft("ui:welcome/lead", seen=versions.drafts()["ui:welcome/lead"].revision)
