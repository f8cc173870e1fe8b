"""The subcommands of `madoguchi`, one module each. A module is imported only when its command is called."""
