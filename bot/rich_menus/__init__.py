"""The rich menus: their texts, the objects LINE takes, the calls, the synchronisation, the menu of one user."""
