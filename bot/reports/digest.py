"""The week in a few lines, for operators who look at no console."""

from bot.reports.report import Report


def digest(found: Report) -> tuple[str, str]:
    """Return title and text of the digest; it holds numbers only."""
    first, last = found.days[0].on, found.days[-1].on
    questions, sent, funnel, state = found.questions, found.delivery, found.funnel, found.state
    delay = "—" if sent.delay.p95 is None else f"{sent.delay.p95 / 1000:.1f}"
    lines = (
        f"受信イベント / events: {found.intake.accepted:,}",
        f"申込前チェック / pre-checks: 開始 {funnel.started:,}・判定 {funnel.finished:,}",
        f"フォームの案内 / handed on to the form: {funnel.handed_off:,}",
        f"質問 / questions: {questions.asked:,}（扱っていない / not covered {questions.none:,}）",
        f"返信 / replies: {sent.replies:,}・プッシュ / pushes: {sent.pushes:,}・あきらめ / given up: {sent.dead:,}",
        f"受信から返信まで / event to answer (95 %): {delay} s",
        f"送れなかったもの / dead letters: {found.queue.dead_letters:,}",
        f"ワーカー / workers: {len(state.alive('worker'))}・Web: {len(state.alive('web'))}・版 / version: "
        + (", ".join(state.versions) or "—"),
    )
    return f"窓口: {first:%m/%d}〜{last:%m/%d} のまとめ / digest", "\n".join(lines)
