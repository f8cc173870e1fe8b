"""The guided pre-check: its steps, typed answers, review, verdict and resume code."""
