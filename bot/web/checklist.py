"""`GET /sheet/checklist/<ticks>`: the printable checklist for the time after the plan was applied."""

from flask import Blueprint, Response

blueprint = Blueprint("checklist", __name__)
STYLE = "sheet.css"


@blueprint.get("/sheet/checklist/<ticks>")
def checklist(ticks: str) -> Response:
    """Return the checklist. The address holds the ticked items and no data of the user."""
    from bot.content.after import load_after  # noqa: PLC0415 - content is loaded with the first page
    from bot.content.knowledge import JA  # noqa: PLC0415
    from bot.content.loader import load_yaml  # noqa: PLC0415
    from bot.content.models import Source  # noqa: PLC0415
    from bot.sheet.checklist import ticks_in  # noqa: PLC0415
    from bot.web import html  # noqa: PLC0415

    text = load_after().checklist
    page = html.template("checklist.html").render(
        text=text,
        ticked=ticks_in(ticks, text.items),
        source=load_yaml(JA / "source.yaml", Source),
        style=html.style(STYLE),
    )
    policy = html.content_security_policy(STYLE, forms_go_to="'none'")
    return Response(page, headers={"Content-Security-Policy": policy}, mimetype="text/html")
