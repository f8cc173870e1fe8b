"""`python -m line_emulator`: the command line."""

from line_emulator.cli import main

main()
