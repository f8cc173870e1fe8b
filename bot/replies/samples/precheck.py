"""The pre-check: questions, review, verdicts."""

from bot.replies.actions import Button, PickDate
from bot.replies.samples.parts import BACK, CANCEL, COPY_FORM, MENU, OPEN_FORM, SHEET, page, tap
from bot.replies.views import (
    ConditionRow,
    NextStep,
    Progress,
    Question,
    Reply,
    Review,
    ReviewRow,
    TimelinePoint,
    Verdict,
)

HEADING = "申込前チェック"
DISCLAIMER = "申込前の目安です。審査の結果をお約束するものではなく、不適用の理由は公開されません。"

_CONDITIONS = (
    ConditionRow(
        name="団体の種類",
        mark="pass",
        reason="市区町村にあたります（神奈川県横浜市）。",
        source="6ページ 条件3",
    ),
    ConditionRow(name="アカウント名", mark="pass", reason="「横浜市」は市区町村名です。", source="6ページ 条件1"),
    ConditionRow(name="認証済アカウント", mark="pass", reason="認証済みです。", source="6ページ 条件2"),
    ConditionRow(
        name="1団体1アカウント",
        mark="pass",
        reason="ほかに適用中のアカウントはありません。",
        source="6ページ 条件4",
    ),
    ConditionRow(name="申込者", mark="pass", reason="団体の職員の方です。", source="6ページ 条件5"),
)

_FAILING = (
    _CONDITIONS[0],
    ConditionRow(
        name="アカウント名",
        mark="fail",
        reason="「横浜市防災」は、団体名以外の言葉が入っています。",
        source="6ページ 条件1",
    ),
    ConditionRow(name="認証済アカウント", mark="fail", reason="まだ認証を受けていません。", source="6ページ 条件2"),
    ConditionRow(
        name="1団体1アカウント",
        mark="unclear",
        reason="庁内でほかの課のアカウントをご確認ください。",
        source="6ページ 条件4",
    ),
    _CONDITIONS[4],
)

_DATES = (
    TimelinePoint(when="11月22日（日）", what="今日"),
    TimelinePoint(when="11月24日（火）", what="申込み"),
    TimelinePoint(when="11月27日（金）〜12月1日（火）", what="審査の結果"),
    TimelinePoint(when="11月27日（金）〜12月1日（火）", what="利用開始", emphasised=True),
)

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
    "verdict_ready": Verdict(
        verdict="ready",
        headline="申し込める状態です",
        lead="神奈川県横浜市の「横浜市」は、5つの条件をすべて満たしています。",
        conditions=_CONDITIONS,
        warnings=("メールのドメインがlg.jpではないため、申請元の確認が行われることがあります。",),
        steps=(
            NextStep(title="庁内の承認を受ける", text="印刷用シートを起案にお使いいただけます。"),
            NextStep(
                title="適用するアカウントを決める",
                text="どのアカウントでプランを使うか、庁内でご確認ください。",
                irreversible=True,
                final="適用するアカウントは、原則変更できません。",
            ),
            NextStep(title="申込フォームから申し込む", text="団体に所属する方がお申し込みください。"),
            NextStep(title="結果のメールを保管する", text="適用の内容を確かめるために使います。"),
        ),
        timeline=_DATES,
        timeline_note="申込みの翌営業日から数えて3〜5営業日の目安です。",
        buttons=(OPEN_FORM, COPY_FORM, SHEET),
        disclaimer=DISCLAIMER,
        source=page(6),
    ),
    "verdict_action_needed": Verdict(
        verdict="action_needed",
        headline="申込みの前に、直すところがあります",
        lead="あと2つの条件が整うと申し込めます。",
        conditions=_FAILING,
        warnings=("ライトプランをご利用中です。切替えが月初になるため、利用開始は翌月以降です。",),
        steps=(
            NextStep(title="アカウント名を「横浜市」に直す", text="認証を申請する前に直してください。"),
            NextStep(
                title="認証を申請する",
                text="名前が条件に合うことを確かめてから申請してください。",
                irreversible=True,
                final="認証の申請後は、名前を変更できません。",
            ),
            NextStep(title="もう一度チェックする", text="認証が済んだら、あらためてお試しください。"),
        ),
        timeline=(),
        timeline_note="",
        buttons=(Button("もう一度チェックする", tap("", "start", "again").action, "primary"), SHEET, MENU),
        disclaimer=DISCLAIMER,
        source=page(6),
    ),
    "verdict_unclear": Verdict(
        verdict="unclear",
        headline="確かめてから申し込みましょう",
        lead="まだ分からない条件が1つあります。ほかの条件は満たしています。",
        conditions=(*_CONDITIONS[:3], _FAILING[3], _CONDITIONS[4]),
        warnings=(),
        steps=(
            NextStep(title="庁内で確かめる", text="ほかの課のアカウントでプランを使っていないか、ご確認ください。"),
            NextStep(title="申込フォームから申し込む", text="団体に所属する方がお申し込みください。"),
        ),
        timeline=_DATES,
        timeline_note="申込みの翌営業日から数えて3〜5営業日の目安です。",
        buttons=(OPEN_FORM, COPY_FORM, SHEET),
        disclaimer=DISCLAIMER,
        source=page(6),
    ),
    "verdict_already_applied": Verdict(
        verdict="already_applied",
        headline="すでにプランが適用されています",
        lead="このアカウントからの申込みは必要ありません。",
        conditions=(),
        warnings=("管理画面には「スタンダードプラン」と表示されますが、請求の対象ではありません。",),
        steps=(NextStep(title="適用のメールを保管する", text="適用されていることは、このメールで確かめられます。"),),
        timeline=(),
        timeline_note="",
        buttons=(tap("よくある質問を見る", "faq", "list"), MENU),
        disclaimer="",
        source=page(16),
    ),
    "verdict_not_eligible": Verdict(
        verdict="not_eligible",
        headline="プランの対象外です",
        lead="政令指定都市の区は対象外です。区は東京23区だけが対象です。",
        conditions=(
            ConditionRow(
                name="団体の種類",
                mark="fail",
                reason="「横浜市中区」は政令指定都市の区です。",
                source="6ページ 条件3",
            ),
        ),
        warnings=(),
        steps=(
            NextStep(text="横浜市のアカウントでの利用を、市の担当課に相談する"),
            NextStep(text="ほかの料金プランや支援企業を検討する"),
        ),
        timeline=(),
        timeline_note="",
        buttons=(
            tap("支援企業を見る", "partners", "list"),
            tap("お問い合わせ先を見る", "contacts", "list"),
            MENU,
        ),
        disclaimer=DISCLAIMER,
        source=page(6),
    ),
}
