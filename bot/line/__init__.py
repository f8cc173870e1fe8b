"""The way to and from LINE: signature, client, delivery, rich menus."""
