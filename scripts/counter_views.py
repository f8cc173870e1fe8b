"""What the counters really answer, played through the router on a fixed day: for the pictures of the docs."""

from collections.abc import Mapping
from datetime import date

from bot.flows.context import Context
from bot.flows.resources import load_resources
from bot.flows.session import Session
from bot.handlers import router
from bot.replies.views import Reply

TODAY = date(2026, 11, 24)
# What the user types, step by step; the last reply is shown. Typing the words of a button does what it does.
PLAYS: Mapping[str, tuple[str, ...]] = {
    "menu_partners": ("パートナー",),
    "menu_needs": ("パートナー", "目的から探す"),
    "cards_partners": ("パートナー", "申請・手続き"),
    "menu_contacts": ("お問い合わせ",),
    "answer_desk": ("お問い合わせ", "プランの条件・申込み・審査"),
    "cards_contacts": ("お問い合わせ", "窓口をすべて見る"),
    "process": ("申込の流れ",),
    "answer_before": ("申込の流れ", "申込みの前にすること"),
    "table_plans": ("料金",),
    "costs": ("8万通送ったらいくら",),
    "table_ids": ("プレミアムID",),
    "check_ok": ("@yokohama-city",),
    "check_id_ng": ("プレミアムID", "Yokohama City"),
    "check_ng": ("アカウント名チェック 横浜市防災【公式】",),
    "check_unclear": ("アカウント名チェック 龍ヶ崎市",),
    "question_schedule": ("日程",),
    "timeline": ("日程", "ライト", "12/1"),
    "answer": ("料金はいくらですか",),
}


def counter_views() -> dict[str, Reply]:
    """Each view under the name its picture gets."""
    resources = load_resources()
    return {
        name: _played(typed, Context(resources=resources, today=TODAY, new_conversation_id="k3J9"))
        for name, typed in PLAYS.items()
    }


def _played(typed: tuple[str, ...], ctx: Context) -> Reply:
    session, replies = Session(), tuple[Reply, ...]()
    for text in typed:
        turn = router.handle_text(session, text, ctx)
        session, replies = turn.session, turn.replies
    return replies[-1]
