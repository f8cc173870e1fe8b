"""The pre-check: questions, review, verdicts."""

from bot.replies.actions import Button, PickDate
from bot.replies.samples.parts import BACK, CANCEL, page, tap
from bot.replies.samples.verdicts import VERDICTS
from bot.replies.views import Progress, Question, Reply, Review, ReviewRow

HEADING = "申込前チェック"
SAMPLES: dict[str, Reply] = {
    "question": Question(
        heading=HEADING,
        progress=Progress(at=4, of=8),
        title="そのアカウントは、認証済アカウントですか。",
        why="認証済アカウントだけがプランの対象です。名前の横に青色のバッジが付いています。",
        source=page(6),
        note="アカウント名「横浜市」",
        choices=(
            tap("はい、認証済みです", "verified", "yes"),
            tap("審査中です", "verified", "pending"),
            tap("いいえ、未認証です", "verified", "no"),
        ),
        moves=(BACK, CANCEL),
    ),
    "question_again": Question(
        heading=HEADING,
        progress=Progress(at=2, of=8),
        title="どの団体のアカウントですか。",
        why="対象は都道府県と市区町村（区は東京23区）です。",
        source=page(6),
        hint="例：横浜市、箱根町、新宿区",
        problem="「府中市」は2つあります。どちらかをお選びください。",
        choices=(
            tap("東京都府中市", "body", "132063"),
            tap("広島県府中市", "body", "342084"),
        ),
        moves=(BACK, CANCEL),
    ),
    "question_date": Question(
        heading=HEADING,
        progress=Progress(at=8, of=8),
        title="いつ申し込みますか。",
        why="審査の期間と使い始められる日を計算します。",
        source=page(15),
        hint="「12/1」「来週月曜」のように送ることもできます。",
        choices=(
            tap("今日", "apply_date", "2026-11-24", "primary"),
            Button(
                "日付を選ぶ",
                PickDate("flow=precheck&step=apply_date&sid=k3J9", "2026-11-24", "2026-11-24", "2027-11-24"),
            ),
        ),
        moves=(BACK, CANCEL),
    ),
    "review": Review(
        heading=HEADING,
        title="回答をご確認ください",
        lead="違うところは「変更」から直せます。",
        rows=tuple(
            ReviewRow(label=label, value=value, change=tap("変更", step, "change"))
            for label, value, step in (
                ("アカウントの有無", "あります", "has_account"),
                ("団体", "神奈川県横浜市", "body"),
                ("申込者", "団体の職員", "applicant"),
                ("アカウント名", "横浜市", "account_name"),
                ("認証", "認証済み", "verified"),
                ("ほかのアカウントでの利用", "なし", "plan_in_use"),
                ("今のプラン", "コミュニケーションプラン", "current_plan"),
                ("申込予定日", "2026年11月24日（火）", "apply_date"),
            )
        ),
        confirm=tap("この内容で結果を見る", "review", "confirm", "primary"),
        moves=(BACK, CANCEL),
    ),
    **VERDICTS,
}
