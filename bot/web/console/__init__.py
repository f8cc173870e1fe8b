"""`/console`: the operators' pages. Only `routes` and `auth` are loaded when the web process starts."""
