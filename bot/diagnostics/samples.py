"""A message of every kind as the flows really build it, on a fixed day.

`madoguchi content check` renders them, the gallery and the documents show them, and tests try the templates with them.
"""

from collections.abc import Mapping
from datetime import date

from bot.content.version import once_a_version
from bot.flows import menu
from bot.flows.context import Context
from bot.flows.resources import load_resources
from bot.flows.session import Session
from bot.handlers import router
from bot.replies.views import Reply, Text

TODAY = date(2026, 11, 24)
SHEET = "https://madoguchi.example.jp/sheet/eyJ2IjoxfQ.aSHxKQ"
CHECKLIST = "https://madoguchi.example.jp/sheet/checklist/-"
Typed = tuple[str, ...]

# What a user types, message by message; the sample is the last reply. Typing a button's label does what a tap does.
STATELESS: Mapping[str, Typed] = {
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
    "timeline_applied": ("11/20に申し込みました", "ライト"),
    "answer_not_yet": ("11/10に申し込みました", "スタンダード", "まだ来ない"),
    "answer_refused": ("だめだった",),
    "menu_checklist": ("適用されました",),
}

_STARTED = ("申込前チェック", "横浜市", "はい、あります")
_NAMED = (*_STARTED, "使っていない", "団体の職員", "横浜市")
_READY = (*_NAMED, "認証済み", "コミュニケーション", "gmail.com", "12/1")
_UNCLEAR = (*_STARTED, "わからない", "団体の職員", "横浜市", "認証済み", "ライト", "はい、lg.jp です", "12/1")
_UNFIT = (*_STARTED, "わからない", "団体の職員", "横浜市防災", "この名前のまま進む", "まだ認証していない", "ライト")
_CONFIRM = "はい"
PRECHECK: Mapping[str, Typed] = {
    "question": _NAMED,
    "question_again": ("申込前チェック", "府中市"),
    "question_date": _READY[:-1],
    "review": _READY,
    "verdict_ready": (*_READY, _CONFIRM),
    "verdict_action_needed": (*_UNFIT, "gmail.com", "12/1", _CONFIRM),
    "verdict_unclear": (*_UNCLEAR, _CONFIRM),
    "verdict_already_applied": (*_STARTED, "このアカウントで利用中"),
    "verdict_not_eligible": ("申込前チェック", "横浜市中区"),
}

COMMANDS: Mapping[str, Typed] = {
    "menu": ("メニュー",),
    "notice": (*_STARTED, "やめる"),
    "notice_help": ("使い方",),
    "notice_erased": ("データを消して",),
    "notice_not_covered": ("ほげほげ",),
}


@once_a_version
def samples() -> Mapping[str, Reply]:
    """Return each sample under the name of its picture; every kind of view is among them."""
    ctx = Context(
        resources=load_resources(),
        today=TODAY,
        new_conversation_id="k3J9",
        sheet_url=lambda _answers, _day: SHEET,
        checklist_url=lambda _ticked: CHECKLIST,
    )
    return {
        "welcome": menu.welcome(ctx, returning=False),
        "text": Text(text=ctx.texts.ui.handover.taken),
        "notice_stale": menu.notice(ctx, "stale"),
        **{name: _last_reply(typed, ctx) for name, typed in {**COMMANDS, **PRECHECK, **STATELESS}.items()},
    }


def _last_reply(typed: Typed, ctx: Context) -> Reply:
    session, replies = Session(), tuple[Reply, ...]()
    for text in typed:
        turn = router.handle_text(session, text, ctx)
        session, replies = turn.session, turn.replies
    return replies[-1]
