"""The five verdicts, word for word as the bot gives them on 24 November 2026; a test compares."""

from dataclasses import replace

from bot.replies.actions import Button, Copy, Open, Postback, Say
from bot.replies.samples.parts import DESK, FORM, OPEN_FORM
from bot.replies.views import ConditionRow, NextStep, Reply, TimelinePoint, VerdictView

CHANGE = Button("回答を見直す", Postback("flow=precheck&step=review&value=change&sid=k3J9", "回答を見直す"))
COPY_FORM = Button("申込先をコピー", Copy(FORM))
SHEET = Button("確認シートを開く", Open("https://madoguchi.example.jp/sheet/eyJ2IjoxfQ.aSHxKQ", external=True))
COPY_TEXT = Button("結果を文章でコピー", Copy("【地方公共団体プラン 申込前チェックの結果】"))
MENU = Button("メニュー", Say("メニュー"))


def page(numbers: str) -> str:
    return f"媒体資料 2023年10月版 {numbers}ページ"


VERDICTS: dict[str, Reply] = {
    "verdict_ready": VerdictView(
        verdict="ready",
        headline="条件がそろっています",
        lead="5つの条件をすべて満たしています。日程と手順を確かめて、お申し込みへお進みください。",
        conditions=(
            ConditionRow(
                name="アカウントの利用者",
                mark="pass",
                reason="神奈川県横浜市は、プランの対象となる地方公共団体です。",
                source=page("6"),
            ),
            ConditionRow(
                name="アカウントの名称",
                mark="pass",
                reason="「横浜市」は申込条件に合う名前です（神奈川県横浜市）。",
                source=page("6"),
            ),
            ConditionRow(name="認証済アカウント", mark="pass", reason="認証済アカウントです。", source=page("6")),
            ConditionRow(
                name="1団体1アカウント",
                mark="pass",
                reason="この団体でプランを使っているアカウントはありません。",
                source=page("6"),
            ),
            ConditionRow(
                name="申込者", mark="pass", reason="地方公共団体に所属する方のお申し込みです。", source=page("6")
            ),
        ),
        warnings=(
            "メールのドメイン「gmail.com」は、地方公共団体のものと確認できません。申請元の確認のため、ドメインなどが調べられることがあります。",
        ),
        steps=(
            NextStep(
                text="申し込みには、なるべく団体のドメイン（lg.jpなど）のメールアドレスをお使いください。",
                title="職場のメールアドレスを使う",
                source=page("6"),
            ),
            NextStep(text="お申し込みの前に、よくある質問をご確認ください。", title="Q&Aに目を通す", source=page("8")),
            NextStep(
                text="プランを使うアカウントが決まっているか、庁内でご確認ください。",
                irreversible=True,
                title="適用するアカウントを決める",
                final="プランを適用したアカウントは、原則変更できません。",
                source=page("6"),
            ),
            NextStep(
                text="お申し込みはオンラインのみです。申込フォームからお手続きください。",
                title="申込フォームから申し込む",
                source=page("15"),
                link=Button(label="申込フォーム", action=Open(uri=FORM, external=True)),
            ),
            NextStep(
                text="審査の結果はメールで届きます。適用内容の確認に使うため、保管をお願いします。",
                title="結果のメールを保管する",
                source=page("8"),
            ),
            NextStep(
                text="適用できなかった場合もメールが届きますが、理由は開示されません。内容を直して、再び申し込めます。",
                title="適用されなかったとき",
                source=page("15"),
            ),
            NextStep(
                text="プランの適用後は、プレミアムIDを無料で使えます。ご希望のIDは前もって決めておくと安心です。",
                irreversible=True,
                title="プレミアムIDを選ぶ",
                final="一度取得したプレミアムIDは、利用期間中変更できません。",
                source=page("5"),
            ),
        ),
        timeline=(
            TimelinePoint(when="11月24日（火）", what="今日"),
            TimelinePoint(when="12月1日（火）", what="申込予定日"),
            TimelinePoint(when="12月4日（金）〜12月8日（火）", what="審査結果のめやす"),
            TimelinePoint(when="12月4日（金）〜12月8日（火）", what="利用開始のめやす", emphasised=True),
        ),
        timeline_note="2026年12月1日（火）に申し込むと、3〜5営業日後の12月4日（金）〜12月8日（火）に審査が終わり、そのまま利用を始められる見込みです。",
        buttons=(
            OPEN_FORM,
            COPY_FORM,
            SHEET,
            COPY_TEXT,
            CHANGE,
            MENU,
        ),
        disclaimer="この結果は事前の確認で、適用をお約束するものではありません。適用の可否はLINEヤフー社が審査し、適用できない場合の理由は開示されません。",
        source=page("5・6・8・15"),
    ),
    "verdict_action_needed": VerdictView(
        verdict="action_needed",
        headline="先に整えることがあります",
        lead="このままでは条件を満たしません。下の手順を順に済ませてから、お申し込みください。",
        conditions=(
            ConditionRow(
                name="アカウントの利用者",
                mark="pass",
                reason="神奈川県横浜市は、プランの対象となる地方公共団体です。",
                source=page("6"),
            ),
            ConditionRow(
                name="アカウントの名称",
                mark="fail",
                reason="団体名以外の語や記号が付いています。団体名または庁舎名だけの名前にしてください。",
                source=page("6"),
            ),
            ConditionRow(
                name="認証済アカウント", mark="fail", reason="未認証アカウントは適用の対象外です。", source=page("6")
            ),
            ConditionRow(
                name="1団体1アカウント",
                mark="unclear",
                reason="別のアカウントでプランが使われていないか、確認が必要です。",
                source=page("6"),
            ),
            ConditionRow(
                name="申込者", mark="pass", reason="地方公共団体に所属する方のお申し込みです。", source=page("6")
            ),
        ),
        warnings=("現在はライトプランなので、審査の後にコミュニケーションプランへの変更が入り、その反映は月初です。",),
        steps=(
            NextStep(
                text="庁内のほかの部署のアカウントでプランが使われていないか、お確かめください。適用は1団体につき1アカウントです。",
                title="ほかのアカウントを確かめる",
                source=page("6"),
            ),
            NextStep(
                text="認証を申請する前に、アカウント名を直してください。たとえば「横浜市」「神奈川県横浜市」「横浜市役所」なら認められます。",
                irreversible=True,
                title="アカウント名を直す",
                final="認証審査の申請後は、アカウント名を変更できません。",
                source=page("6"),
            ),
            NextStep(
                text="アカウント名が条件に合うことを確かめてから、認証済アカウントの申請をしてください。",
                irreversible=True,
                title="認証を申請する",
                final="認証審査の申請後は、アカウント名を変更できません。",
                source=page("6"),
                link=Button(
                    label="認証済アカウントとは",
                    action=Open(
                        uri="https://www.lycbiz.com/jp/service/line-official-account/verified-account/", external=True
                    ),
                ),
            ),
            NextStep(
                text="ライト・スタンダードでは審査の後にプラン変更の作業が発生します。コミュニケーションプランにしてからのお申し込みが推奨されています。",
                title="プランの変更に備える",
                source=page("7"),
            ),
            NextStep(text="お申し込みの前に、よくある質問をご確認ください。", title="Q&Aに目を通す", source=page("8")),
            NextStep(
                text="プランを使うアカウントが決まっているか、庁内でご確認ください。",
                irreversible=True,
                title="適用するアカウントを決める",
                final="プランを適用したアカウントは、原則変更できません。",
                source=page("6"),
            ),
            NextStep(
                text="お申し込みはオンラインのみです。申込フォームからお手続きください。",
                title="申込フォームから申し込む",
                source=page("15"),
                link=Button(label="申込フォーム", action=Open(uri=FORM, external=True)),
            ),
            NextStep(
                text="審査の結果はメールで届きます。適用内容の確認に使うため、保管をお願いします。",
                title="結果のメールを保管する",
                source=page("8"),
            ),
            NextStep(
                text="適用できなかった場合もメールが届きますが、理由は開示されません。内容を直して、再び申し込めます。",
                title="適用されなかったとき",
                source=page("15"),
            ),
            NextStep(
                text="プランの適用後は、プレミアムIDを無料で使えます。ご希望のIDは前もって決めておくと安心です。",
                irreversible=True,
                title="プレミアムIDを選ぶ",
                final="一度取得したプレミアムIDは、利用期間中変更できません。",
                source=page("5"),
            ),
        ),
        timeline=(),
        timeline_note="",
        buttons=(
            replace(OPEN_FORM, style="secondary"),
            COPY_FORM,
            SHEET,
            COPY_TEXT,
            CHANGE,
            MENU,
        ),
        disclaimer="この結果は事前の確認で、適用をお約束するものではありません。適用の可否はLINEヤフー社が審査し、適用できない場合の理由は開示されません。",
        source=page("5・6・7・8・15"),
    ),
    "verdict_unclear": VerdictView(
        verdict="unclear",
        headline="確認が残っています",
        lead="満たさない条件はありませんが、まだ確認できていない条件があります。下の手順で確かめてから、お申し込みください。",
        conditions=(
            ConditionRow(
                name="アカウントの利用者",
                mark="pass",
                reason="神奈川県横浜市は、プランの対象となる地方公共団体です。",
                source=page("6"),
            ),
            ConditionRow(
                name="アカウントの名称",
                mark="pass",
                reason="「横浜市」は申込条件に合う名前です（神奈川県横浜市）。",
                source=page("6"),
            ),
            ConditionRow(name="認証済アカウント", mark="pass", reason="認証済アカウントです。", source=page("6")),
            ConditionRow(
                name="1団体1アカウント",
                mark="unclear",
                reason="別のアカウントでプランが使われていないか、確認が必要です。",
                source=page("6"),
            ),
            ConditionRow(
                name="申込者", mark="pass", reason="地方公共団体に所属する方のお申し込みです。", source=page("6")
            ),
        ),
        warnings=(
            "現在はライトプランなので、審査の後にコミュニケーションプランへの変更が入ります。反映は月初で、利用開始は2027年1月4日（月）の見込みです。",
        ),
        steps=(
            NextStep(
                text="庁内のほかの部署のアカウントでプランが使われていないか、お確かめください。適用は1団体につき1アカウントです。",
                title="ほかのアカウントを確かめる",
                source=page("6"),
            ),
            NextStep(
                text="コミュニケーションプランにしてからのお申し込みが推奨されています。今のライトプランのまま申し込むと、利用開始は2027年1月4日（月）の見込みです。",
                title="プランの変更に備える",
                source=page("7"),
            ),
            NextStep(text="お申し込みの前に、よくある質問をご確認ください。", title="Q&Aに目を通す", source=page("8")),
            NextStep(
                text="プランを使うアカウントが決まっているか、庁内でご確認ください。",
                irreversible=True,
                title="適用するアカウントを決める",
                final="プランを適用したアカウントは、原則変更できません。",
                source=page("6"),
            ),
            NextStep(
                text="お申し込みはオンラインのみです。申込フォームからお手続きください。",
                title="申込フォームから申し込む",
                source=page("15"),
                link=Button(label="申込フォーム", action=Open(uri=FORM, external=True)),
            ),
            NextStep(
                text="審査の結果はメールで届きます。適用内容の確認に使うため、保管をお願いします。",
                title="結果のメールを保管する",
                source=page("8"),
            ),
            NextStep(
                text="適用できなかった場合もメールが届きますが、理由は開示されません。内容を直して、再び申し込めます。",
                title="適用されなかったとき",
                source=page("15"),
            ),
            NextStep(
                text="プランの適用後は、プレミアムIDを無料で使えます。ご希望のIDは前もって決めておくと安心です。",
                irreversible=True,
                title="プレミアムIDを選ぶ",
                final="一度取得したプレミアムIDは、利用期間中変更できません。",
                source=page("5"),
            ),
        ),
        timeline=(
            TimelinePoint(when="11月24日（火）", what="今日"),
            TimelinePoint(when="12月1日（火）", what="申込予定日"),
            TimelinePoint(when="12月4日（金）〜12月8日（火）", what="審査結果のめやす"),
            TimelinePoint(when="2027年1月4日（月）", what="利用開始のめやす", emphasised=True),
        ),
        timeline_note="2026年12月1日（火）に申し込むと、審査は12月4日（金）〜12月8日（火）に終わり、プランの変更が月初に反映されてから、2027年1月4日（月）に利用を始められる見込みです。",
        buttons=(
            replace(OPEN_FORM, style="secondary"),
            COPY_FORM,
            SHEET,
            COPY_TEXT,
            CHANGE,
            MENU,
        ),
        disclaimer="この結果は事前の確認で、適用をお約束するものではありません。適用の可否はLINEヤフー社が審査し、適用できない場合の理由は開示されません。",
        source=page("5・6・7・8・15"),
    ),
    "verdict_already_applied": VerdictView(
        verdict="already_applied",
        headline="すでに適用済みです",
        lead="このアカウントでプランをご利用中とのことですので、新しいお申し込みは要りません。",
        conditions=(
            ConditionRow(
                name="アカウントの利用者",
                mark="pass",
                reason="神奈川県横浜市は、プランの対象となる地方公共団体です。",
                source=page("6"),
            ),
            ConditionRow(
                name="アカウントの名称",
                mark="unclear",
                reason="アカウント名をまだうかがっていません。",
                source=page("6"),
            ),
            ConditionRow(
                name="認証済アカウント",
                mark="unclear",
                reason="認証済アカウントかどうか、まだうかがっていません。",
                source=page("6"),
            ),
            ConditionRow(
                name="1団体1アカウント",
                mark="pass",
                reason="プランを使っているのは、このアカウントです。",
                source=page("6"),
            ),
            ConditionRow(
                name="申込者", mark="unclear", reason="どなたが申し込むか、まだうかがっていません。", source=page("6")
            ),
        ),
        warnings=(),
        steps=(
            NextStep(
                text="管理画面の表示はスタンダードプランのままです。適用のメールが届いたアカウントは、プランの費用を請求されません。",
                title="適用のメールを確かめる",
                source=page("16"),
            ),
            NextStep(
                text="プランの適用後は、プレミアムIDを無料で使えます。ご希望のIDは前もって決めておくと安心です。",
                irreversible=True,
                title="プレミアムIDを選ぶ",
                final="一度取得したプレミアムIDは、利用期間中変更できません。",
                source=page("5"),
            ),
            NextStep(
                text="多くの方に届くよう、広報や友だち追加の案内をお願いします。",
                title="住民の方に知らせる",
                source=page("8"),
            ),
            NextStep(
                text="プランについてのご質問は、地方公共団体プラン運用窓口へメールでお寄せください。",
                title="運用窓口に問い合わせる",
                source=page("14"),
                link=Button(label="運用窓口のメール", action=Copy(text=DESK)),
            ),
        ),
        timeline=(),
        timeline_note="",
        buttons=(
            Button(
                label="パートナーを見る",
                action=Postback(data="flow=menu&step=open&value=partners", display="パートナーを見る"),
            ),
            Button(
                label="窓口を見る", action=Postback(data="flow=menu&step=open&value=contacts", display="窓口を見る")
            ),
            SHEET,
            COPY_TEXT,
            CHANGE,
            MENU,
        ),
        disclaimer="この結果は事前の確認で、適用をお約束するものではありません。適用の可否はLINEヤフー社が審査し、適用できない場合の理由は開示されません。",
        source=page("5・6・8・14・16"),
    ),
    "verdict_not_eligible": VerdictView(
        verdict="not_eligible",
        headline="プランの対象外です",
        lead="適用条件に合わないため、お申し込みいただけません。代わりにできることをご案内します。",
        conditions=(
            ConditionRow(
                name="アカウントの利用者",
                mark="fail",
                reason="政令指定都市の区は対象外です。区で対象となるのは東京23区だけです。",
                source=page("6"),
            ),
            ConditionRow(
                name="アカウントの名称",
                mark="unclear",
                reason="アカウント名をまだうかがっていません。",
                source=page("6"),
            ),
            ConditionRow(
                name="認証済アカウント",
                mark="unclear",
                reason="認証済アカウントかどうか、まだうかがっていません。",
                source=page("6"),
            ),
            ConditionRow(
                name="1団体1アカウント",
                mark="unclear",
                reason="別のアカウントでプランが使われていないか、まだうかがっていません。",
                source=page("6"),
            ),
            ConditionRow(
                name="申込者", mark="unclear", reason="どなたが申し込むか、まだうかがっていません。", source=page("6")
            ),
        ),
        warnings=(),
        steps=(
            NextStep(
                text="神奈川県横浜市のアカウントなら申し込めます。市の担当部署とご相談ください。",
                title="市のアカウントを使う",
                source=page("6"),
            ),
            NextStep(
                text="地方公共団体プランのほかに、コミュニケーション・ライト・スタンダードの各プランでLINE公式アカウントを使う方法があります。",
                title="通常の料金プランを使う",
                source=page("4"),
                link=Button(
                    label="料金プラン",
                    action=Open(uri="https://www.lycbiz.com/jp/service/line-official-account/plan/", external=True),
                ),
            ),
            NextStep(
                text="Govtech Partnerには、地方公共団体プラン以外のLINE公式アカウントについても相談できます。",
                title="Govtech Partnerに相談する",
                source=page("9"),
            ),
            NextStep(
                text="官公庁・地方公共団体との取り組みについては、専用のフォームで問い合わせできます。",
                title="LINEヤフー社に問い合わせる",
                source=page("14"),
                link=Button(
                    label="問い合わせフォーム",
                    action=Open(
                        uri="https://form-business.yahoo.co.jp/claris/enqueteForm?inquiry_type=localgovernment",
                        external=True,
                    ),
                ),
            ),
        ),
        timeline=(),
        timeline_note="",
        buttons=(
            Button(
                label="パートナーを見る",
                action=Postback(data="flow=menu&step=open&value=partners", display="パートナーを見る"),
            ),
            Button(
                label="窓口を見る", action=Postback(data="flow=menu&step=open&value=contacts", display="窓口を見る")
            ),
            SHEET,
            COPY_TEXT,
            CHANGE,
            MENU,
        ),
        disclaimer="この結果は事前の確認で、適用をお約束するものではありません。適用の可否はLINEヤフー社が審査し、適用できない場合の理由は開示されません。",
        source=page("4・6・9・14"),
    ),
}
