"""A rich menu's picture with its touch areas drawn in, as one SVG file that any browser opens."""

import base64
from html import escape
from typing import Any

from bot.rich_menus.definition import WantedMenu

_LINES = ("#C2185B", "#1565C0")  # neighbours differ; both stand out from the menu's own colours
_EDGE = 10


def preview_svg(menu: WantedMenu) -> str:
    """The picture at its own size; on each area its number, label and what a tap does."""
    width, height = menu.definition["size"]["width"], menu.definition["size"]["height"]
    picture = base64.b64encode(menu.image).decode()
    areas = "\n".join(_area(number, area) for number, area in enumerate(menu.definition["areas"], 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{escape(menu.name)}</title>\n"
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{picture}"/>\n{areas}\n</svg>\n'
    )


def _area(number: int, area: dict[str, Any]) -> str:
    bounds, action = area["bounds"], area["action"]
    x, y, width, height = (bounds[name] for name in ("x", "y", "width", "height"))
    colour = _LINES[number % len(_LINES)]
    to = action.get("richMenuAliasId") or action["data"].rsplit("value=", 1)[-1]
    x, y, width, height = x + _EDGE // 2, y + _EDGE // 2, width - _EDGE, height - _EDGE
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}" fill-opacity="0.08"'
        f' stroke="{colour}" stroke-width="{_EDGE}"/>'
        f'<svg x="{x}" y="{y}" width="{width}" height="64"><rect width="100%" height="64" fill="{colour}"/>'
        f'<text x="16" y="44" font-size="34" font-family="sans-serif" fill="#FFFFFF">'
        f"{number} {escape(action['label'])} → {escape(to)}</text></svg>"
    )
