"""Writes the commit into the wheel while it is built, so that a running bot can name the code it was built from."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own configuration class is not exported
    """A build hook: takes `MADOGUCHI_COMMIT` (a container has no `.git`), otherwise the commit of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add `bot/build.txt` to the wheel. An editable install asks git itself, each time it starts."""
        if version == "editable":
            return
        root = Path(self.root)
        build = _build_module(root)
        commit = os.environ.get("MADOGUCHI_COMMIT", "") or build.described_commit(root)
        if commit:
            stored = Path(self.directory) / build.BUILD_FILE
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_text(f"{commit}\n")
            build_data["force_include"][str(stored)] = f"bot/{build.BUILD_FILE}"


def _build_module(root: Path) -> ModuleType:
    """Load `bot/runtime/build.py` by its path: the package and what it needs are not installed in a build."""
    spec = importlib.util.spec_from_file_location("build", root / "bot" / "runtime" / "build.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("bot/runtime/build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
