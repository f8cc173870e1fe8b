"""The links of the sheet, signed with the tests' key."""

import pytest

from bot.sheet.links import SheetLinks
from tests.conftest import SECRET_KEY


@pytest.fixture
def links() -> SheetLinks:
    return SheetLinks(SECRET_KEY, "http://127.0.0.1:8000")
