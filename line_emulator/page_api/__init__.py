"""The emulator's own API for its chat page, described in API.md."""
