"""What holds for every test: no network but loopback, and no test left out in silence?"""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.utils import translation

from tests.home import BEGAN
from tests.postgresql import cluster
from tests.shared_data import complete
from tests.warm import end_warm_parent

# No test asserts a time: an example that takes long on a busy machine is no finding.
hypothesis.settings.register_profile("floorwalker", deadline=None)
hypothesis.settings.load_profile("floorwalker")

# Python's own number is 700.
OBJECTS_BETWEEN_LOOKS = 20_000


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that share what takes long to build go to one worker."""
    from tests.rooms import ByRoom

    return ByRoom(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Any:
    """What is read to find the tests stays until the end: looking through it for what may go, again and again, finds nothing.

    Nor is there much to find in what tests leave behind: looking after every 700 objects took 8 % of their time.
    """
    gc.disable()
    found = yield
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 20, 20)
    gc.enable()
    return found


def pytest_unconfigure() -> None:
    """At the end libraries look whether all of theirs is gone."""
    gc.unfreeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Each test begins in the language of the settings: a page that was asked for in Welsh leaves its process Welsh."""
    translation.deactivate()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Where every test must run, a skip is a failure."""
    report: pytest.TestReport = yield
    if report.skipped and complete() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped, but FLOORWALKER_COMPLETE=1 leaves nothing out: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Any:
    """Whoever begins a run of several workers makes meanwhile what all of them will ask for."""
    if BEGAN and getattr(session.config.option, "numprocesses", None):
        from tests.migrated import being_made

        with being_made():
            return (yield)
    return (yield)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which tests could not run, and why."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reasons[_reason(report)] = reasons.get(_reason(report), 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"could not run: {count} x {reason}")


def _reason(report: pytest.TestReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def is_here(address: object) -> bool:
    """Whether a socket address is on this machine: a path, or a loopback host."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse every connection that leaves this machine: a test that needs the network fails elsewhere."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, *, original: Any = original) -> Any:
            if not is_here(address):
                raise AssertionError(f"a test tried to reach {address}: only loopback is allowed")
            return original(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """The database of tests begins with what migrations have made before: once for all workers, or in a database of the server."""
    from django.db import connection

    from tests.migrated import TEMPLATE, filled

    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get(TEMPLATE)
        yield
        return
    with filled(connection.creation._get_test_db_name()):
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database of this run's own."""
    with cluster() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_there(postgresql: str) -> str:
    """The address of a database of that server with every migration made, and nobody connected: others are copies of it."""
    from tests.migrated import migrate_there

    return migrate_there(postgresql)


@pytest.fixture(autouse=True, scope="session")
def no_command_is_left() -> Iterator[None]:
    """The process from which commands start ends with the tests."""
    yield
    end_warm_parent()
