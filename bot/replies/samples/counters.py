"""The checkers, dates, the way to the start, partners and contacts."""

from bot.replies.actions import Button, Copy, Open, Postback, Say
from bot.replies.samples.parts import COPY_FORM, DESK, MENU, OPEN_FORM, page
from bot.replies.views import (
    Card,
    Cards,
    Check,
    Process,
    ProcessStep,
    Reply,
    Suggestion,
    Timeline,
    TimelinePoint,
)

SAMPLES: dict[str, Reply] = {
    "check_ng": Check(
        heading="アカウント名チェック",
        subject="横浜市防災【公式】",
        mark="fail",
        headline="条件に合いません",
        reasons=("団体名のほかの言葉（防災、公式）が入っています。",),
        suggestions_title="条件に合う名前",
        suggestions=(
            Suggestion(text="横浜市", note="市区町村名", button=Button("コピー", Copy("横浜市"))),
            Suggestion(
                text="神奈川県横浜市",
                note="都道府県を含む名前",
                button=Button("コピー", Copy("神奈川県横浜市")),
            ),
            Suggestion(text="横浜市役所", note="行政機関名", button=Button("コピー", Copy("横浜市役所"))),
        ),
        caution="認証の申請後は名前を変更できません。先に名前を直してください。",
        source=page(6),
        buttons=(Button("別の名前を調べる", Say("アカウント名チェック")), MENU),
    ),
    "check_ok": Check(
        heading="プレミアムIDチェック",
        subject="@yokohama-city",
        mark="pass",
        headline="使える形です",
        reasons=(
            "文字の種類と長さは決まりに合っています。",
            "すでに使われているかどうかは、LINE側でしか分かりません。",
        ),
        suggestions_title="",
        suggestions=(),
        caution="利用期間中は変更できません。",
        source=page(5),
        buttons=(Button("別のIDを調べる", Say("プレミアムID")), MENU),
    ),
    "check_unclear": Check(
        heading="アカウント名チェック",
        subject="龍ヶ崎市",
        mark="unclear",
        headline="はっきりしません",
        reasons=("正式な表記は「龍ケ崎市」です。表記が違う名前の扱いは、資料に書かれていません。",),
        suggestions_title="確かな名前",
        suggestions=(Suggestion(text="龍ケ崎市", note="正式な表記", button=Button("コピー", Copy("龍ケ崎市"))),),
        caution="",
        source=page(6),
        buttons=(Button("別の名前を調べる", Say("アカウント名チェック")), MENU),
    ),
    "timeline": Timeline(
        title="11月24日に申し込む場合",
        lead="ライトプランからの切替えです。",
        points=(
            TimelinePoint(when="11月22日（日）", what="今日"),
            TimelinePoint(when="11月24日（火）", what="申込み"),
            TimelinePoint(when="11月27日（金）〜12月1日（火）", what="審査の結果がメールで届く"),
            TimelinePoint(when="12月1日（火）〜1月4日（月）", what="地方公共団体プランの利用開始", emphasised=True),
        ),
        note="コミュニケーションプランへの切替えは月初です。先に切り替えておくと早く使えます。",
        source=page(15),
        buttons=(Button("日付を変える", Say("日程")), MENU),
    ),
    "process": Process(
        title="利用開始までの流れ",
        lead="今お使いのアカウントにプランを適用します。新しいアカウントが届くわけではありません。",
        legend_body="団体の作業",
        legend_line="LINEヤフー社の作業",
        steps=(
            ProcessStep(
                who="body",
                title="LINE公式アカウントの取得",
                text="条件に合うアカウントを用意します。",
                otherwise="まだない場合は、取得してから次へ",
            ),
            ProcessStep(who="body", title="適用条件の確認", text="合わない点は、申し込む前に整えます。"),
            ProcessStep(
                who="body",
                title="プランの確認・変更",
                text="コミュニケーションプランからの申込みがおすすめです。",
            ),
            ProcessStep(who="body", title="申込み", text="オンラインのフォームから申し込みます。"),
            ProcessStep(who="line", title="審査", text="3〜5営業日程度です。結果はメールで届きます。"),
            ProcessStep(who="line", title="プランの適用", text=""),
        ),
        source=page(7),
        buttons=(OPEN_FORM, COPY_FORM, MENU),
    ),
    "cards_partners": Cards(
        title="Govtech Partner：相談",
        cards=(
            Card(
                title="エースチャイルド株式会社",
                tags=("相談窓口", "学校連絡"),
                text="SNSで受ける相談の窓口「つながる相談」と、学校との連絡に使う「つながる連絡」を提供しています。",
                reason="「相談」に合います",
                buttons=(
                    Button("サイトを見る", Open("https://tsunasou.jp/")),
                    Button("問い合わせる", Open("https://www.as-child.com/contact/")),
                ),
                source=page(10),
            ),
            Card(
                title="ソーシャルデータバンク株式会社",
                tags=("手続き", "支払い", "相談"),
                text="配信プラットフォームLiny（リニー）で、手続きや支払い、相談をスマホで行える「持ち運べる役所」を提案しています。",
                reason="「相談」に合います",
                buttons=(Button("サイトを見る", Open("https://liny-gr.com/")),),
                source=page(10),
            ),
            Card(
                title="株式会社Bot Express",
                tags=("申請", "手続き"),
                text="役所の申請や手続きをLINEで行う「GovTech Express」を提供しています。",
                reason="",
                buttons=(
                    Button("サイトを見る", Open("https://www.bot-express.com/")),
                    Button("問い合わせる", Open("https://www.bot-express.com/contact/")),
                ),
                source=page(12),
            ),
        ),
        quick=(MENU, Button("条件を変える", Postback("flow=partners&step=need", "条件を変える"))),
    ),
    "cards_contacts": Cards(
        title="お問い合わせ先",
        cards=(
            Card(
                title="地方公共団体プラン運用窓口",
                tags=("プランの申込み", "メール"),
                text="自治体職員の方からの、プランに関する質問の窓口です。それ以外の質問には原則として回答がありません。",
                reason="",
                buttons=(Button("アドレスをコピー", Copy(DESK), "primary"),),
                source=page(14),
            ),
            Card(
                title="広報PRのお問い合わせ",
                tags=("広報物", "プレスリリース", "フォーム"),
                text="広報物やプレスリリースの内容の相談は、こちらのフォームから送れます。",
                reason="",
                buttons=(
                    Button(
                        "フォームを開く",
                        Open("https://linecorp.com/inquiry/icon/form.html", external=True),
                        "primary",
                    ),
                ),
                source=page(14),
            ),
        ),
    ),
}
