"""Greeting, menus and short words."""

from bot.replies.actions import Button, Postback, Say
from bot.replies.samples.parts import MENU
from bot.replies.views import Menu, MenuItem, Notice, Reply, Text, Welcome

QUICK = (
    Button("申込前チェック", Say("申込前チェック")),
    Button("料金", Say("料金")),
    Button("よくある質問", Say("よくある質問")),
    Button("お問い合わせ", Say("お問い合わせ")),
)

SAMPLES: dict[str, Reply] = {
    "text": Text(text="ありがとうございます。知りたいことを、このまま文章で送ってください。", quick=QUICK),
    "welcome": Welcome(
        title="地方公共団体プランの窓口です",
        lead="LINE公式アカウントの地方公共団体プランを検討中の職員の方を、申込みの手前までご案内します。",
        points=(
            "申込みの条件に合うかを順に確認",
            "料金・日程・名前の決まりを調べる",
            "質問はそのまま文章で送るだけ",
        ),
        note="このトークに個人情報は書かないでください。審査の結果をお約束するものではありません。",
        buttons=(
            Button("申込前チェックを始める", Say("申込前チェック"), "primary"),
            Button("メニューを見る", Say("メニュー")),
        ),
        quick=QUICK,
    ),
    "menu": Menu(
        title="メニュー",
        lead="行を押すか、知りたいことを文章で送ってください。",
        items=(
            MenuItem(label="申込前チェック", note="条件に合うかを順に確認します", action=Say("申込前チェック")),
            MenuItem(label="よくある質問", note="申込み、審査、アカウントについて", action=Say("よくある質問")),
            MenuItem(label="プラン・料金", note="ほかのプランとの比較と試算", action=Say("料金")),
            MenuItem(
                label="アカウント名チェック",
                note="条件に合う名前かを調べます",
                action=Say("アカウント名チェック"),
            ),
            MenuItem(label="プレミアムID", note="使える文字かを調べます", action=Say("プレミアムID")),
            MenuItem(label="申込の流れ・日程", note="誰が何をするか、いつ使えるか", action=Say("申込の流れ")),
            MenuItem(label="Govtech Partner", note="支援を受けられる10社", action=Say("パートナー")),
            MenuItem(label="お問い合わせ", note="内容ごとの連絡先", action=Say("お問い合わせ")),
        ),
    ),
    "notice": Notice(
        title="前回の続きがあります",
        text="申込前チェックが途中です。3問目「認証」から続けますか。",
        buttons=(
            Button("続きから", Postback("flow=precheck&step=verified&value=resume&sid=k3J9", "続ける"), "primary"),
            Button("最初から", Say("最初から")),
        ),
    ),
    "notice_warning": Notice(
        title="このボタンは期限が切れています",
        text="7日が過ぎたため、途中の回答は消えました。お手数ですが、最初から始めてください。",
        tone="warning",
        buttons=(Button("最初から始める", Say("申込前チェック"), "primary"), MENU),
    ),
    "notice_success": Notice(
        title="データを消しました",
        text="このトークで預かっていた回答と記録をすべて消しました。",
        tone="success",
        buttons=(MENU,),
    ),
}
