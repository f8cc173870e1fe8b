"""granian's insides: bot/commands/web.py."""

import inspect
import re
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.server import common

from bot.runtime.signals import SignalFlag
from tests.servers import free_port


def server() -> Any:
    return Granian("bot.web.app:application", interface=Interfaces.WSGI, address="127.0.0.1", port=free_port())


def test_server_waits_on_an_event_that_can_be_replaced() -> None:
    made = server()
    assert not made.main_loop_interrupt.is_set()
    assert made.interrupt_signal is False
    flag = made.main_loop_interrupt = SignalFlag()
    made.signal_handler_interrupt()
    assert flag.is_set()
    assert made.interrupt_signal is True
    made._serve_loop(None, None)  # returns: it waits on the flag, which is set


def test_our_event_has_every_method_that_the_server_calls() -> None:
    called = set(re.findall(r"main_loop_interrupt\.(\w+)", inspect.getsource(common)))
    assert {"set", "wait", "clear"} <= called
    assert called <= set(dir(SignalFlag))


def test_server_that_is_interrupted_ends_by_system_exit_at_most() -> None:
    """`SystemExit` with `interrupt_signal` set is how Ctrl+C ends it if its children were faster."""
    assert "sys.exit" in inspect.getsource(common)
