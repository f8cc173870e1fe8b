"""No address of the content leads anywhere but to the source, in whatever file and way it is written."""

import pytest

from bot.content.addresses import check_addresses, leads_to
from bot.content.knowledge import load_knowledge
from bot.content.loader import ContentError
from bot.content.release import release_units
from bot.content.units import Change
from bot.content.version import ContentVersion, using_version

HOSTS = frozenset({"www.lycbiz.com"})
FEE = "knowledge/fee:entries/plan_fee"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "http://www.lycbiz.com/",
        "javascript:alert(1)",
        "https://www.lycbiz.com@evil.example/",
        "https://evil.example\\@www.lycbiz.com/",
        "https://www.lycbiz.com.evil.example/",
        "https://www.lycbiz.com:8443/",
        "https://[www.lycbiz.com/",
        "evil.example",
        "",
    ],
)
def test_address_that_some_browser_reads_as_another_host_leads_nowhere(address: str) -> None:
    assert not leads_to(address, HOSTS)


def test_addresses_of_the_release_lead_to_the_source() -> None:
    assert leads_to("https://www.lycbiz.com/jp/?a=b#c", HOSTS)
    check_addresses()


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("process:form", "https://evil.example/form"),
        ("reminders:form", "javascript:alert(1)"),
        ("fees:site", "evil.example"),
        ("precheck_rules:steps/apply/links", [{"label": "申込フォーム", "url": "javascript:alert(1)"}]),
        ("ui:welcome/lead", "詳しくはhttps://evil.example/をご覧ください。"),
    ],
)
def test_changed_address_elsewhere_than_in_an_entry_is_refused_too(unit: str, value: str) -> None:
    change = Change(value, release_units()[unit])
    with using_version(ContentVersion(1, {unit: change})), pytest.raises(ContentError, match="not an address"):
        check_addresses()


def test_entry_with_a_backslash_before_the_host_is_refused() -> None:
    said = release_units()[FEE]
    assert isinstance(said, dict)
    change = Change({**said, "links": [{"label": "料金", "url": "https://evil.example\\@www.lycbiz.com/"}]}, said)
    with using_version(ContentVersion(1, {FEE: change})), pytest.raises(ContentError, match="not an address"):
        load_knowledge()
