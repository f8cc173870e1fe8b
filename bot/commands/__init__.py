"""The subcommands of `madoguchi`, one file each, imported only when called."""
