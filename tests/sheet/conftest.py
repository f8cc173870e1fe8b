"""Links signed with the key of the tests."""

import pytest

from bot.sheet.links import PURPOSE, SheetLinks
from bot.store.keys import derive_all
from tests.conftest import SECRET_KEY


@pytest.fixture
def links() -> SheetLinks:
    return SheetLinks(derive_all(SECRET_KEY, PURPOSE), "http://127.0.0.1:8000")
