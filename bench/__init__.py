"""Measurements: what one run on one machine says, always beside a ceiling or a peer."""
