"""Renders the HTML pages of this process: one inline style that the policy allows by its hash, and no inline script.

A page that needs a script loads it from a file of this site; every page works without.
"""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.runtime.paths import templates_dir


def template(name: str) -> Template:
    """Return a template of `templates/web`. Values are escaped, and a missing value is an error."""
    return _environment().get_template(name)


@cache
def style(name: str) -> Markup:
    """Return a style sheet of `templates/web`. It is part of the program and holds no user's text."""
    return Markup((templates_dir("web") / name).read_text(encoding="utf-8"))  # noqa: S704 - part of the program


@cache
def script(name: str) -> str:
    """Return a script of `templates/web`, to be served as a file."""
    return (templates_dir("web") / name).read_text(encoding="utf-8")


@cache
def content_security_policy(style_name: str, *, forms_go_to: str, scripts: bool = False) -> str:
    """Return a policy that allows that one style, with `scripts` also this site's scripts, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style(style_name).encode()).digest()).decode()
    own = "script-src 'self'; connect-src 'self'; " if scripts else ""
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; {own}base-uri 'none'; form-action {forms_go_to}; "
        "frame-ancestors 'none'"
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_dir("web")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
