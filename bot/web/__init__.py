"""Pages and probes: sheet, console, health, metrics."""
