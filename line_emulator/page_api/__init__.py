"""The emulator's own API for its chat page; the contract is in API.md."""
