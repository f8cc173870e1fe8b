from typing import Any

import pytest

from line_emulator.rules import problems, values

HEX = "0123456789abcdef0123456789abcdef"


def url(length: int) -> str:
    return "https://e.jp/" + "a" * (length - 13)


GOOD: list[tuple[Any, Any]] = [
    (values.media, url(2000)),
    (values.web, url(10_000)),
    (values.short_web, url(1000)),
    (values.web, "https://e.jp:8443/0123456789/ABCxyz-._~?a=[1]&b=!$'()*+,;@:#%E3%81%82%2f%09%aF"),
    (values.web, "http://e.jp"),
    (values.web, "tel:+81-3-1234-5678"),
    (values.web, "tel:0123456789"),
    (values.web, "line://ti/p/@a"),
    (values.alternative_text, "あ" * 1500),
    (values.aspect_ratio, "1:1"),
    (values.aspect_ratio, "1:3"),
    (values.aspect_ratio, "100000:1"),
    (values.aspect_ratio, "100000:100000"),
    (values.aspect_ratio, "1.51:1"),
    (values.colour, "#09aFfA"),
    (values.colour, "#09aFfA80"),
    (values.rgb, "#09afAF"),
    (values.font_size, "0.5px"),
    (values.font_size, "10px"),
    (values.font_size, "9px"),
    (values.token, "a" * 1000),
    (values.font_size, "xxs"),
    (values.image_size, "100%"),
    (values.image_size, "full"),
    (values.space, "0px"),
    (values.space, "none"),
    (values.padding, "23.5%"),
    (values.offset, "0px"),
    (values.length, "0px"),
    (values.border, "light"),
    (values.radius, "xxl"),
    (values.line_spacing, "0.1px"),
    (values.user_id, "U" + HEX),
    (values.chat_id, "R" + HEX),
    (values.digits, "0"),
    (values.digits, "9" * 20),
]
BAD: list[tuple[Any, Any]] = [
    (values.media, url(2001)),
    (values.media, "http://e.jp/a.png"),
    (values.media, "HTTPS://e.jp/a.png"),
    (values.web, url(10_001)),
    (values.short_web, url(1001)),
    (values.web, "https://e.jp/%E3%8"),
    (values.web, "https://e.jp/%G0"),
    (values.web, "https://e.jp/%"),
    (values.web, 'https://e.jp/"'),
    (values.web, "https://e.jp/<a>"),
    (values.web, "https://e.jp/\n"),
    (values.web, "https://"),
    (values.web, "//e.jp/"),
    (values.web, "e.jp"),
    (values.web, "tel:電話"),
    (values.web, "tel:+"),
    (values.web, "line://"),
    (values.web, "mailto:a@e.jp"),
    (values.web, ["https://e.jp"]),
    (values.alternative_text, "あ" * 1501),
    (values.alternative_text, " "),
    (values.aspect_ratio, "0.9:1"),
    (values.aspect_ratio, "1:0.9"),
    (values.aspect_ratio, "100001:1"),
    (values.aspect_ratio, "100000:100001"),
    (values.aspect_ratio, "1:3.01"),
    (values.aspect_ratio, "1"),
    (values.aspect_ratio, "１:１"),
    (values.colour, "#09aFf"),
    (values.colour, "#09aFfG"),
    (values.colour, "#09aFfA8"),
    (values.colour, "09aFfA"),
    (values.rgb, "#ffffff00"),
    (values.token, "a" * 1001),
    (values.token, ""),
    (values.font_size, "0px"),
    (values.font_size, "0.0px"),
    (values.font_size, "１px"),
    (values.font_size, "1 px"),
    (values.font_size, "1.px"),
    (values.font_size, "none"),
    (values.image_size, "0%"),
    (values.image_size, "none"),
    (values.space, "1%"),
    (values.space, "full"),
    (values.padding, "-1px"),
    (values.offset, "-1px"),
    (values.offset, "1em"),
    (values.length, "md"),
    (values.border, "xs"),
    (values.radius, "10%"),
    (values.line_spacing, "0px"),
    (values.user_id, "U" + HEX[:-1]),
    (values.user_id, "U" + HEX + "0"),
    (values.user_id, "C" + HEX),
    (values.chat_id, "X" + HEX),
    (values.chat_id, "U" + HEX + "\n"),
    (values.digits, ""),
    (values.digits, "1" * 21),
    (values.digits, "１"),
]


@pytest.mark.parametrize(("check", "value"), GOOD, ids=lambda value: None if callable(value) else str(value)[:40])
def test_a_value_in_its_form_passes(check: Any, value: Any) -> None:
    assert problems(check, value) == []


@pytest.mark.parametrize(("check", "value"), BAD, ids=lambda value: None if callable(value) else str(value)[:40])
def test_a_value_in_another_form_is_refused(check: Any, value: Any) -> None:
    assert len(problems(check, value)) == 1
