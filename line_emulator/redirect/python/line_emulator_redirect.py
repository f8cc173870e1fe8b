"""Sends a Python program's calls to LINE's hosts to an emulator.

This must not import the emulator, which a bot's own environment may lack, and it patches an HTTP library only when the
program imports it.
"""

import importlib.abc
import importlib.machinery
import os
import socket
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

_HOSTS = ("api.line.me", "api-data.line.me")
_target = urlsplit("")


def _redirected(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(scheme="http", netloc=_target.netloc).geturl() if parts.hostname in _HOSTS else url


def _patch_urllib3(module: ModuleType) -> None:
    """Patch what urllib3, requests and LINE's SDK connect with."""
    pool, original = module.PoolManager, module.PoolManager.connection_from_host

    def connection_from_host(self: Any, host: str, port: Any = None, scheme: Any = "http", **more: Any) -> Any:
        if host in _HOSTS:
            host, port, scheme = str(_target.hostname), _target.port, "http"
        return original(self, host, port, scheme, **more)

    def connection_from_host_as_called(self: Any, *given: Any, **named: Any) -> Any:
        names = ("host", "port", "scheme", "pool_kwargs")
        return connection_from_host(self, **{**dict(zip(names, given, strict=False)), **named})

    pool.connection_from_host = connection_from_host_as_called


def _patch_aiohttp(module: ModuleType) -> None:
    session, original = module.ClientSession, module.ClientSession._request

    async def request(self: Any, method: str, str_or_url: Any, **more: Any) -> Any:
        return await original(self, method, _redirected(str(str_or_url)), **more)

    session._request = request


def _patch_stdlib(module: ModuleType) -> None:
    """Patch what `urllib.request` connects with; urllib3 has a class of its own."""
    original = module.HTTPSConnection.connect

    def connect(self: Any) -> None:
        if self.host not in _HOSTS:
            original(self)
            return
        self.sock = socket.create_connection((_target.hostname, _target.port), self.timeout)

    module.HTTPSConnection.connect = connect


_PATCHES: dict[str, Callable[[ModuleType], None]] = {
    "urllib3.poolmanager": _patch_urllib3,
    "aiohttp.client": _patch_aiohttp,
    "http.client": _patch_stdlib,
}


class _PatchingLoader(importlib.abc.Loader):
    """A loader that patches a module once it is loaded."""

    def __init__(self, original: Any, patch: Callable[[ModuleType], None]) -> None:
        self._original = original
        self._patch = patch

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        found: ModuleType | None = self._original.create_module(spec)
        return found

    def exec_module(self, module: ModuleType) -> None:
        self._original.exec_module(module)
        self._patch(module)


class _Finder(importlib.abc.MetaPathFinder):
    """A finder of the modules to patch, which asks the other finders for them."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in _PATCHES:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _PatchingLoader(spec.loader, _PATCHES[name])
                return spec
        return None


def _no_proxy(*hosts: str) -> None:
    """Keep these hosts away from the proxy of the environment, which cannot reach an emulator on this machine."""
    for name in ("no_proxy", "NO_PROXY"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), *hosts)))


def redirect_to(url: str) -> None:
    """Send all calls to LINE's hosts to this URL from now on."""
    global _target
    is_first, _target = not _target.netloc, urlsplit(url)
    if is_first:
        _no_proxy(*_HOSTS, str(_target.hostname))
        for name in _PATCHES.keys() & sys.modules.keys():
            _PATCHES[name](sys.modules[name])
        sys.meta_path.insert(0, _Finder())
