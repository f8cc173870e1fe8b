"""The conversation of the flows' tests, to tap the menus in."""

from tests.flows.conftest import resources, talk

__all__ = ["resources", "talk"]
