"""Does the client that is written from the description ask a live server, and raise what it answers?"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections

from docs.api.floorwalker_client import Floorwalker, Problem, Unchanged
from floorwalker.apps.dashboards.plain import ask
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.people.names import Names
from floorwalker.kpis.query import KpiQuery
from tests.apps.api.asking import Program
from tests.apps.conftest import Floor
from tests.apps.recordings.rows import keep_recording
from tests.shared_data import ROOT


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_given: object) -> None:
        """Nothing."""


@pytest.fixture
def address(floor: Floor) -> Iterator[str]:
    """A server on loopback that works within the test's own transaction."""
    connection.inc_thread_sharing()
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    shared = connections["default"]

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    connection.dec_thread_sharing()


def test_the_client_reads_figures_and_lists(floor: Floor, address: str) -> None:
    client = Floorwalker(address, Program(floor.users["boss"]).text)
    rows = client.read_figures(measure=["average_handle_time"], by=["team"], scope="everybody")
    expected = ask(KpiQuery(("average_handle_time",), by=("team",)), floor.lake.snapshot(), Names())
    assert [(row["group"]["team"], row["value"]) for row in rows] == [
        (row["group"]["team"], row["value"]) for row in expected
    ]
    with pytest.raises(Unchanged):
        client.read_figures(measure=["average_handle_time"], by=["team"], scope="everybody", known=client.last_tag)
    names = [agent["name"] for agent in client.each(client.list_agents, limit=3)]
    assert names == sorted(names) and len(names) == client.list_agents(limit=1)["total"] > 3


def test_the_client_reads_part_of_a_file(floor: Floor, address: str) -> None:
    recording = keep_recording(floor.agents[0])
    client = Floorwalker(address, Program(floor.users["leader"]).text)
    assert client.hear_recording(recording.pk, part="bytes=0-3") == b"RIFF"
    assert len(client.hear_recording(recording.pk)) == recording.size_bytes
    with pytest.raises(Problem, match="416 no_such_part"):
        client.hear_recording(recording.pk, part="bytes=99999999-")


def test_the_client_changes_and_is_told_what_is_wrong(floor: Floor, address: str) -> None:
    client = Floorwalker(address, Program(floor.users["boss"]).text)
    team = client.read_team(floor.teams[0].pk)
    tag = client.last_tag
    given = {"name": "Avocets", "parent": team["parent"], "site": team["site"]}
    assert client.write_team(floor.teams[0].pk, given, tag=tag)["name"] == "Avocets"  # type: ignore[arg-type]
    with pytest.raises(Problem) as late:
        client.write_team(floor.teams[0].pk, given, tag=tag)  # type: ignore[arg-type]
    assert (late.value.status, late.value.code) == (412, "changed_meanwhile") and late.value.mend
    target = {"measure": "transfer_rate", "value": 0.3, "from_day": "2026-11-20"}
    made = client.make_target(target, key="one")  # type: ignore[arg-type]
    assert client.make_target(target, key="one") == made  # type: ignore[arg-type]
    assert AuditEntry.objects.filter(verb="set_target", detail__value=0.3).count() == 1
    with pytest.raises(Problem, match="404 not_here"):
        Floorwalker(address, Program(floor.users["agent"]).text).list_users()
    with pytest.raises(Problem, match="401 no_token"):
        Floorwalker(address, "fw_nothing").read_me()


def test_the_client_needs_nothing_installed() -> None:
    path = ROOT / "docs" / "api" / "floorwalker_client.py"
    done = subprocess.run([sys.executable, "-I", "-S", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
