"""Workers that take the release as it is loaded for all tests."""

import pytest

from bot.content.version import RELEASE, current
from bot.flows.context import Resources
from bot.flows.resources import load_resources
from bot.settings import Settings
from bot.worker import services
from bot.worker.services import WorkerServices
from tests.release import release_resources


def worker_services(settings: Settings) -> WorkerServices:
    """The parts of a worker. What is published over the release is loaded as in service."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "load_resources", _of_the_version)
        return WorkerServices(settings)


def _of_the_version(encoder: str) -> Resources:
    return release_resources(encoder) if current() is RELEASE else load_resources(encoder)
