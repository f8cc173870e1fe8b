"""The report as tables for a terminal, in Japanese and English."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.terminal import escaped
from bot.reports.report import (
    ContentVersion,
    DeliveryStats,
    Funnel,
    IngressStats,
    Percentiles,
    Questions,
    QueueReport,
    Report,
)
from bot.reports.state import StateReport
from bot.runtime.clock import JAPAN
from bot.store.menu_statistics import MenuStatistics

ENTRIES_SHOWN = 15
QUESTIONS_SHOWN = 15
DAYS_SHOWN = 14
BAR = 20  # characters of the longest bar


def show(found: Report) -> None:
    """Print the report to standard output, in colours if that is a terminal."""
    console = Console(highlight=False)
    first, last = found.days[0].on, found.days[-1].on
    console.print(f"{first.isoformat()} – {last.isoformat()}（{len(found.days)}日間・日本時間 / days, Japan）")
    for table in (
        _now(found.queue, found.content),
        _processes(found.state),
        _funnel(found.funnel),
        _verdicts(found.funnel),
        _asked(found.questions),
        _entries(found.questions),
        _unanswered(found.questions),
        _intake(found.intake),
        _delivery(found.delivery),
        _menus(found.menus),
        _days(found),
    ):
        if table.row_count:
            console.print()
            console.print(table)


def _table(title: str, *columns: str) -> Table:
    """Return a table whose first column holds words and whose others hold numbers."""
    headed = any(columns)
    style = box.SIMPLE_HEAD if headed else box.SIMPLE
    table = Table(title=title, title_justify="left", title_style="bold", box=style, show_edge=False, show_header=headed)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", overflow="fold")
    return table


def _now(queue: QueueReport, content: ContentVersion) -> Table:
    table = _table("いま / now", "", "")
    table.add_row("待っている利用者 / users waiting", f"{queue.users_waiting:,}")
    table.add_row("最長の待ち時間 / oldest wait", f"{queue.oldest_wait_seconds:,.1f} s")
    if queue.line_refused:
        table.add_row("LINE に拒まれています / LINE refuses the token or channel", f"{queue.line_refused}")
    table.add_row("届かなかったもの / dead letters", f"{queue.dead_letters:,}")
    table.add_row("バージョン / version", f"{content.bot}（{content.edition} {content.digest}）")
    return table


def _processes(state: StateReport) -> Table:
    """List what runs. An empty list is written out, because a table that is missing looks calm."""
    table = _table("動いているもの / running", "", "")
    if not state.known:
        table.add_row("Redis に書き込めません / Redis refuses writes", "")
        return table
    for role, title in (("worker", "ワーカー / workers"), ("web", "Web")):
        table.add_row(title, f"{len(state.alive(role)):,}")
    for version in state.versions:
        table.add_row("版 / version", version)
    for gone in (one for one in state.processes if not one.alive):
        table.add_row(f"応答なし / silent: {gone.role} {gone.id}", f"{gone.silent_seconds:,.0f} s")
    if state.line_p95_ms is not None:
        table.add_row("LINE の応答 / LINE answers (95 %)", f"{state.line_p95_ms:,.0f} ms")
    if state.last_event is not None:
        table.add_row("最後のイベント / last event", f"{state.last_event.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}")
    return table


def _funnel(funnel: Funnel) -> Table:
    table = _table("申込前チェック / pre-check", "質問 / question", "表示 / shown", "回答 / answered", "")
    most = max(1, funnel.started, *(step.shown for step in funnel.steps))
    table.add_row("開始 / started", f"{funnel.started:,}", "", _bar(funnel.started, most))
    for step in funnel.steps:
        table.add_row(Text(step.title), f"{step.shown:,}", f"{step.answered:,}", _bar(step.shown, most))
    table.add_row("判定 / verdicts", f"{funnel.finished:,}", "", _bar(funnel.finished, most))
    return table


def _bar(count: int, most: int) -> Text:
    return Text("█" * round(BAR * count / most))


def _verdicts(funnel: Funnel) -> Table:
    table = _table("判定 / verdicts", "", "")
    for verdict in funnel.verdicts:
        table.add_row(f"{verdict.title} / {verdict.name}", f"{verdict.count:,}")
    table.add_row("申込フォームへ / handed on to the form", f"{funnel.handed_off:,}")
    table.add_row("チェックシートを開いた / sheet opened", f"{funnel.sheets_opened:,}")
    table.add_row(
        "引き継ぎコード（発行・使用） / codes given, taken", f"{funnel.codes_given:,}, {funnel.codes_taken:,}"
    )
    if funnel.desk_asked:
        returned = f"{funnel.desk_asked:,}, {funnel.desk_returned:,}, {funnel.desk_within_an_hour:,}"
        table.add_row(
            "担当者への質問（質問・戻った方・1時間以内） / asked a person, came back, within an hour", returned
        )
    table.add_row("中断 / set aside", f"{funnel.cancelled:,}")
    return table


def _asked(questions: Questions) -> Table:
    table = _table("入力された質問 / typed questions", "", "")
    for label, count in (
        ("回答した / answered", questions.answered),
        ("候補を示した / choices", questions.choices),
        ("資料にない / not covered", questions.none),
    ):
        share = f"{count / questions.asked:6.1%}" if questions.asked else ""
        table.add_row(label, f"{count:,} {share}".rstrip())
    return table


def _entries(questions: Questions) -> Table:
    columns = ("表示 / shown", "役に立った / helpful", "ちがう / not")
    table = _table("よく見られた回答 / answers", "", *columns)
    for entry in questions.entries[:ENTRIES_SHOWN]:
        table.add_row(Text(entry.title), f"{entry.shown:,}", f"{entry.helpful:,}", f"{entry.not_helpful:,}")
    return table


def _unanswered(questions: Questions) -> Table:
    table = _table("答えられなかった質問 / without an answer", "", "", "件数 / count")
    for one in questions.unanswered[:QUESTIONS_SHOWN]:
        table.add_row(Text(escaped(one.question[:100])), Text(escaped(one.outcome)), f"{one.count:,}")
    table.add_row("他に1回だけの質問 / asked once", "", f"{questions.unanswered_once:,}")
    return table


def _intake(intake: IngressStats) -> Table:
    table = _table("受信 / events in", "", "")
    table.add_row("受け付けた / accepted", f"{intake.accepted:,}")
    table.add_row("重複 / duplicates", f"{intake.duplicate:,}")
    table.add_row("多すぎて断った / turned away", f"{intake.turned_away:,}")
    table.add_row("保存できなかった / not stored", f"{intake.not_stored:,}")
    table.add_row("署名が不正 / bad signatures", f"{intake.bad_signature:,}")
    table.add_row("処理時間 / a turn, ms p50 p95 p99", _milliseconds(intake.turn))
    return table


def _delivery(delivery: DeliveryStats) -> Table:
    table = _table("送信 / answers out", "", "")
    table.add_row("返信 / replies", f"{delivery.replies:,}")
    table.add_row("プッシュ / pushes", f"{delivery.pushes:,}")
    table.add_row("再試行 / retries", f"{delivery.retries:,}")
    table.add_row("断念 / given up", f"{delivery.dead:,}")
    table.add_row("受信から送信まで / delay, ms p50 p95 p99", _milliseconds(delivery.delay))
    table.add_row("LINEの応答 / LINE's calls, ms p50 p95 p99", _milliseconds(delivery.line_call))
    return table


def _milliseconds(spread: Percentiles) -> str:
    values = (spread.p50, spread.p95, spread.p99)
    return "  ".join("–" if value is None else f"{value:,.0f}" for value in values)


def show_menus(found: Sequence[MenuStatistics]) -> None:
    """Print the statistics of the rich menus to standard output."""
    console = Console(highlight=False)
    console.print(_menus(found))


def _menus(found: Sequence[MenuStatistics]) -> Table:
    """List the menus with their areas. Counts that LINE withholds are a dash, because they are not 0."""
    table = _table("リッチメニュー / rich menus", "", "回数 / count", "人数 / people")
    for menu in found:
        counts = menu.counts
        if counts is None:
            table.add_row(f"{menu.key} {menu.version}: 少数のため非公開 / few, withheld", "–", "–")
            continue
        name = f"{menu.key} {menu.version}: 表示 / displays {counts.first:%m-%d} – {counts.last:%m-%d}"
        table.add_row(name, f"{counts.displays:,}", f"{counts.people:,}")
        for area in counts.areas:
            table.add_row(Text(f"  {escaped(area.label)}"), f"{area.taps:,}", f"{area.people:,}")
    return table


def _days(found: Report) -> Table:
    columns = ("受信 / events", "開始 / started", "判定 / verdicts", "質問 / questions", "断念 / dead")
    shown = found.days[-DAYS_SHOWN:]
    part = f"（直近{len(shown)}日間 / last {len(shown)} days）" if len(shown) < len(found.days) else ""
    table = _table(f"日別 / by day{part}", "", *columns)
    for day in shown:
        counts = (day.events, day.started, day.finished, day.questions, day.dead)
        table.add_row(day.on.isoformat(), *(f"{count:,}" for count in counts))
    return table
