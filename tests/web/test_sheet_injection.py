"""The sheet shows what was typed as text: no tag, no attribute, no style comes from an answer."""

from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answers
from bot.runtime.clock import today_in_japan
from bot.sheet.links import SheetRequest
from bot.text.measure import clean
from bot.web.sheet_page import sheet_html

TODAY = today_in_japan()


class Built(HTMLParser):
    """Every tag with its attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(name, value) for name, value in attrs if name != "class"]))  # the size is a class

    def handle_data(self, data: str) -> None:
        self.words += data


def built(name: str) -> Built:
    answers = Answers(has_account=True, body="神奈川県横浜市", account_name=name, applicant="staff")
    return Built(sheet_html(SheetRequest(answers, TODAY)))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
@example('"><script>alert(1)</script>')
@example("' onload='x")
@example("</td></table><style>*{display:none}</style>")
@example("{{ 1337 * 7331 }}{% raw %}")
@example("&lt;b&gt; &#x3c;")
@example("<!-- ]]> <![CDATA[")
def test_account_name_adds_no_tag_and_no_attribute(name: str) -> None:
    page, harmless = built(name), built("あ" * len(name))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in harmless.tags} | {"a", "li", "p", "span", "td", "tr"}
    for _, attributes in page.tags:
        assert not [key for key, _ in attributes if key.startswith("on") or key in ("style", "src", "srcdoc")]
    assert "9801547" not in page.words


def test_name_is_shown_as_it_was_typed() -> None:
    typed = "<b>&\"'{{ x }}"
    assert clean(typed) in built(typed).words
    assert "blink" not in {tag for tag, _ in built(typed).tags}
