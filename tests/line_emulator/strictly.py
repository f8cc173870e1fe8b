"""The checks of the rules as our own suite uses them: with every refusal that LINE itself would forgive."""

from functools import partial

from line_emulator import rules

check_flex = partial(rules.check_flex, strict=True)
check_messages = partial(rules.check_messages, strict=True)
check_rich_menu = partial(rules.check_rich_menu, strict=True)
check_send_request = partial(rules.check_send_request, strict=True)
