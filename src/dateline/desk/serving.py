"""Running the desk: a socket, a server, a process that looks for pairs; all ended cleanly."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from dateline.desk.app import create_app
from dateline.errors import DatelineError, LedgerError, SettingsError
from dateline.settings import Settings

_FOLLOW_SECONDS = 2.0  # between two looks at what changed
_AT_ONCE = 200  # incidents looked at before others may have the processor
_END_SECONDS = 5


def run(
    ledger: str,
    settings: Settings,
    *,
    host: str,
    port: int,
    open_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve until interrupted (SIGINT, SIGTERM).

    Raises SettingsError for an address that cannot be bound, or without the accounts it
    needs; LedgerError where the ledger cannot be opened.
    """
    import uvicorn

    app = create_app(ledger, settings, host=host)
    desk = app.state.desk
    try:
        listening = _bind(host, port)
    except BaseException:
        desk.close()
        raise
    with listening:
        bound = listening.getsockname()[1]
        address = f"http://{_named(host)}:{bound}/"
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_END_SECONDS,
            # Behind a proxy on this machine, its word on https and the client is taken.
            proxy_headers=True,
            forwarded_allow_ips="127.0.0.1,::1",
        )
        follower = multiprocessing.get_context("spawn").Process(
            target=follow, args=(ledger, settings, os.getpid()), daemon=True
        )
        follower.start()
        say(f"Dateline desk of {desk.ledger.address}: {address}")
        if desk.local_user():
            say("Only this machine can reach it. Stop it with Ctrl+C.")
        else:
            say("Accounts are needed to use it. Stop it with Ctrl+C.")
        threading.Thread(target=desk.worker.warm, daemon=True).start()
        if open_browser:
            _open(address)
        # The server hands the signal that ended it on to whoever was to have it before.
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            pass  # asked to stop, and stopped
        finally:
            follower.terminate()
            follower.join(_END_SECONDS)
            desk.close()
    say("stopped")


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _bind(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        listening = socket.socket(family, kind, proto)
    except OSError:
        raise SettingsError("is no address of this machine", where=host) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        where = f"{host}:{port}"
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                "something else listens there", where=where, hint="choose another with --port"
            ) from None
        raise SettingsError(
            f"cannot be bound: {error.strerror}", where=where, hint="choose --host and --port"
        ) from None
    return listening


def _named(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _open(address: str) -> None:
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def follow(ledger: str, settings: Settings, parent: int) -> None:
    """Look for pairs to review as the ledger changes; a process of its own.

    Ends with the server, also where that was killed.
    """
    from dateline import reviewing
    from dateline.ledger.opening import open_ledger

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches us too; the server ends us
    if hasattr(os, "nice"):
        os.nice(10)
    with open_ledger(ledger, write=True, settings=settings) as book:
        while os.getppid() == parent:
            try:
                looked = reviewing.catch_up(book, _AT_ONCE)
            except LedgerError:
                looked = 0  # busy; there will be another time
            except DatelineError:
                return
            time.sleep(0.1 if looked else _FOLLOW_SECONDS)
