"""Addresses, moves and sources that several samples share."""

from bot.replies.actions import Button, Copy, Open, Postback, Say

FORM = "https://linegov.com/application/plan-form.php"
DESK = "ml-new-public-account@lycorp.co.jp"

BACK = Button("戻る", Postback("flow=precheck&step=verified&value=back&sid=k3J9", "戻る"), "link")
CANCEL = Button("やめる", Postback("flow=precheck&step=verified&value=cancel&sid=k3J9", "やめる"), "link")
MENU = Button("メニュー", Say("メニュー"), "link")

OPEN_FORM = Button("申込フォームを開く", Open(FORM, external=True), "primary")
COPY_FORM = Button("フォームのアドレスをコピー", Copy(FORM))


def page(number: int) -> str:
    """The source line of one page."""
    return f"出典：媒体資料 2023年10月版 {number}ページ"


def tap(label: str, step: str, value: str, style: str = "secondary") -> Button:
    """A choice of the pre-check."""
    data = f"flow=precheck&step={step}&value={value}&sid=k3J9"
    return Button(label, Postback(data, label), "primary" if style == "primary" else "secondary")
