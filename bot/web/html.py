"""Pages that this process serves as HTML: no scripts, one style inside, which is known by its hash."""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.runtime.paths import templates_dir


def template(name: str) -> Template:
    """One of `templates/web`; what is put into it is escaped, what it misses is an error."""
    return _environment().get_template(name)


@cache
def style(name: str) -> Markup:
    """A style sheet of `templates/web`: ours, from the repository, so that no user's text is in it."""
    return Markup((templates_dir("web") / name).read_text(encoding="utf-8"))  # noqa: S704 - part of the program


@cache
def content_security_policy(style_name: str, *, forms_go_to: str) -> str:
    """Nothing may be loaded, run or framed but that one style."""
    digest = base64.b64encode(hashlib.sha256(style(style_name).encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action {forms_go_to}; "
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
