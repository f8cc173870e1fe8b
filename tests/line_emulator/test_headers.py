"""The chat page is local, and locked all the same: nothing inline runs, nothing frames it, no version is told."""

import urllib3

from line_emulator import Emulator


def test_every_answer_of_the_page_is_under_a_strict_policy(emulator: Emulator) -> None:
    for path in ("/", "/gallery", "/static/js/app.js", "/static/nothing", "/api/state", "/v2/bot/info", "/nothing"):
        headers = urllib3.request("GET", emulator.url + path, retries=False).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; "), path
        assert "unsafe" not in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff"), path
        assert headers["Server"] == "emulator", path
