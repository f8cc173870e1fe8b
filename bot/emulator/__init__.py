"""A LINE Platform in a box, stricter than LINE, for the demo and the tests."""
