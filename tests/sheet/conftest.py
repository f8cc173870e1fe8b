"""The links of the sheet, signed with the tests' key."""

import pytest

from bot.runtime.key_derivation import derive_keys
from bot.sheet.links import PURPOSE, SheetLinks
from tests.conftest import SECRET_KEY


@pytest.fixture
def links() -> SheetLinks:
    return SheetLinks(derive_keys(SECRET_KEY, PURPOSE), "http://127.0.0.1:8000")
