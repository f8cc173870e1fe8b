"""Answers, tables and costs."""

from bot.replies.actions import Button, Open, Postback, Say
from bot.replies.samples.parts import COPY_FORM, FORM, MENU, page
from bot.replies.views import AnswerView, CostRow, Costs, Reply, TableView

SAMPLES: dict[str, Reply] = {
    "answer": AnswerView(
        title="申込みから何営業日で適用されますか",
        paragraphs=(
            "申込内容に不備がなければ、申込みから3〜5営業日程度で適用されます。",
            "結果は、適用されなかった場合もメールで届きます。",
        ),
        source=page(15),
        buttons=(Button("申込フォーム", Open(FORM, external=True)), COPY_FORM),
        feedback=(
            Button("役に立った", Postback("flow=faq&step=helped&value=yes&id=lead_time", "役に立った")),
            Button("解決しない", Postback("flow=faq&step=helped&value=no&id=lead_time", "解決しない")),
        ),
        related_title="関連する質問",
        related=(
            Button(
                "ライトプランを月末に申し込むとどうなりますか",
                Postback("flow=faq&step=show&id=month_end", "月末の申込み"),
            ),
            Button("不適用の理由は教えてもらえますか", Postback("flow=faq&step=show&id=reason", "不適用の理由")),
        ),
        moves=(Button("よくある質問", Say("よくある質問"), "link"), MENU),
    ),
    "table_plans": TableView(
        title="プランの比較",
        columns=("コミュニケーションプラン", "ライトプラン", "スタンダードプラン", "地方公共団体プラン"),
        rows=(
            ("月額固定費", ("無料", "5,000円", "15,000円", "無料")),
            ("無料メッセージ通数", ("200通", "5,000通", "30,000通", "上限なし")),
            ("追加メッセージ従量料金", ("不可", "不可", "〜3円/通", "無料")),
        ),
        emphasised=3,
        notes=("オプションや別メニュー（LINE通知メッセージ、LINEチャットPlusなど）は別に費用がかかります。",),
        source=page(4),
        buttons=(Button("通数から試算する", Say("試算"), "primary"), MENU),
    ),
    "table_ids": TableView(
        title="ベーシックIDとプレミアムID",
        columns=("ベーシックID", "プレミアムID"),
        rows=(
            ("料金", ("0円", "月額100円または年額1,200円（税別）")),
            ("形", ("@＋3桁の数字＋5桁の英字", "@＋希望の文字列（4〜18文字）")),
        ),
        emphasised=1,
        notes=("地方公共団体プランではプレミアムIDが無料です。", "利用期間中は変更できません。"),
        source=page(5),
        buttons=(Button("希望のIDを調べる", Say("プレミアムID"), "primary"), MENU),
    ),
    "costs": Costs(
        title="月80,000通を送る場合",
        lead="1か月の費用のめやすです。",
        rows=(
            CostRow(plan="コミュニケーション", cost="送れません", note="200通までです"),
            CostRow(plan="ライト", cost="送れません", note="5,000通までです"),
            CostRow(plan="スタンダード", cost="最大165,000円", note="15,000円＋追加50,000通×上限3円"),
            CostRow(plan="地方公共団体プラン", cost="0円", note="通数の上限なし", emphasised=True),
        ),
        result="スタンダードと比べて、年に最大1,980,000円少なくなります。",
        notes=("追加メッセージの単価は上限の3円で計算しています。", "オプションの費用は含みません。"),
        source=page(4),
        buttons=(Button("通数を変えて試算", Say("試算")), MENU),
    ),
}
