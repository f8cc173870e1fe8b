"""The files that a bot's own process loads, so that its calls to LINE reach the emulator."""

from pathlib import Path

PYTHON_FOLDER = Path(__file__).parent / "python"
NODE_SCRIPT = Path(__file__).parent / "node" / "redirect.cjs"
