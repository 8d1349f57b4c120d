"""Is the server there for whoever follows its address at once, and ready before the loop begins in which nothing may wait?"""

from __future__ import annotations

import socket

import pytest
import uvicorn

from floorwalker.cli import installing


def test_it_listens_before_it_says_so_and_has_its_pages_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    done: list[str] = []

    def run(_server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        assert [one.getsockname()[1] for one in sockets] == [port]
        assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in sockets)
        with socket.create_connection(("127.0.0.1", port), timeout=10):
            done.append("reached")

    monkeypatch.setattr(installing, "open_home", lambda: None)
    monkeypatch.setattr(uvicorn.Config, "load_app", lambda _config: done.append("pages"))
    monkeypatch.setattr(uvicorn.Server, "run", run)
    assert installing.serve.callback is not None
    installing.serve.callback(port)
    assert done == ["pages", "reached"] and f":{port}/" in capsys.readouterr().out
