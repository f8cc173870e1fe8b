"""The conversation of the flows' tests, to tap the menus in."""

from tests.flows.conftest import talk

__all__ = ["talk"]
