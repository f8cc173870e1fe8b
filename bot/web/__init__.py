"""The web process: webhook, probes, metrics, the printable sheet and the console."""
