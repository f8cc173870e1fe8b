"""The files that a bot's own process loads, so that its calls to LINE reach the emulator."""

import importlib.util
import sys
from pathlib import Path

PYTHON_FOLDER = Path(__file__).parent / "python"
NODE_SCRIPT = Path(__file__).parent / "node" / "redirect.cjs"


def redirect_this_process(url: str) -> None:
    """Send this process's calls to LINE's hosts to the emulator at this URL."""
    spec = importlib.util.spec_from_file_location("line_emulator_redirect", PYTHON_FOLDER / "line_emulator_redirect.py")
    if spec is None or spec.loader is None:
        raise ImportError("the package is incomplete: line_emulator_redirect.py is missing")
    if spec.name not in sys.modules:
        sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[spec.name])
    sys.modules[spec.name].redirect_to(url)
