"""Do other programs hear what happens here, signed, until they have heard, and led nowhere else?"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.conf import settings as present
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from floorwalker.apps.intake.watching import note_finished
from floorwalker.apps.notices import sending
from floorwalker.apps.notices.hooking import DELAYS, MOST_FAILURES, add_hook, enable_hook, remove_hook, secret_of
from floorwalker.apps.notices.models import Delivery, Event, Hook, Notice
from floorwalker.apps.notices.sending import NotSent, may_go, read_url, send
from floorwalker.apps.notices.tasks import LOST_AFTER, deliver, resume_deliveries, send_trial
from floorwalker.apps.people import actions
from floorwalker.apps.people.access import today
from floorwalker.apps.people.describing import Description, describe_agent
from floorwalker.apps.people.models import AuditEntry, Queue
from floorwalker.apps.standards.actions import end_target, set_target
from floorwalker.errors import Refused
from floorwalker.ingest.store import IntakeStore
from tests.apps.conftest import NOW, Floor

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


@dataclass
class Receiver:
    """A program that hears, and answers as it is told to."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?of=floor"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    told = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.heard.append((dict(self.headers), body))
            status = told.answers.pop(0) if told.answers else 204
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", told.url)
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(floor: Floor, receiver: Receiver, settings: Any) -> Hook:
    settings.FLOORWALKER = replace(present.FLOORWALKER, webhook_networks=LOOPBACK)
    return add_hook("Staff system", receiver.url, list(Event.values), by=floor.users["admin"], at=NOW)


def work() -> int:
    """Do what waits for the worker, as it would; how much that was."""
    waiting = list(DBTaskResult.objects.filter(task_path="floorwalker.apps.notices.tasks.deliver", status="READY"))
    for row in waiting:
        DBTaskResult.objects.filter(pk=row.pk).update(status="SUCCESSFUL")
        deliver.call(*row.args_kwargs["args"])
    return len(waiting)


def test_what_happens_is_told_signed_and_once(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    set_target("transfer_rate", 0.3, from_day=today(), by=floor.users["boss"], at=NOW)
    assert receiver.heard == [] and work() == 1
    headers, body = receiver.heard[0]
    said = json.loads(body)
    assert (said["event"], said["detail"]) == (
        "set_target",
        {"measure": "transfer_rate", "value": 0.3, "from": today().isoformat()},
    )
    assert said["by"] == floor.users["boss"].pk and said["subject"]["kind"] == "target"
    seconds, mark = (part.partition("=")[2] for part in headers["Floorwalker-Signature"].split(","))
    expected = hmac.new(secret_of(hook).encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert mark == expected and abs(int(seconds) - time.time()) < 60
    delivery = Delivery.objects.get()
    assert delivery.delivered_at is not None and delivery.status == 204
    deliver.call(delivery.pk)
    assert len(receiver.heard) == 1


def test_a_target_is_told_with_both_its_bounds_and_its_place(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    Hook.objects.filter(pk=hook.pk).update(events=["set_target", "end_target"])
    boss, team, queue = floor.users["boss"], floor.teams[0], Queue.objects.earliest("pk")
    own = set_target("transfer_rate", low=0.1, high=0.3, team=team, from_day=today(), by=boss, at=NOW)
    set_target("service_level", 0.9, queue=queue, from_day=today(), to_day=today() + timedelta(7), by=boss, at=NOW)
    set_target("service_level", 0.7, channel="email", from_day=today(), by=boss, at=NOW)
    end_target(own, on=today() + timedelta(1), by=boss, at=NOW)
    begins, ends = today().isoformat(), (today() + timedelta(7)).isoformat()
    assert [delivery.payload["detail"] for delivery in Delivery.objects.order_by("pk")] == [
        {"measure": "transfer_rate", "low": 0.1, "high": 0.3, "team": team.pk, "from": begins},
        {"measure": "service_level", "value": 0.9, "queue": queue.pk, "from": begins, "to": ends},
        {"measure": "service_level", "value": 0.7, "channel": "email", "from": begins},
        {"measure": "transfer_rate", "team": team.pk, "on": (today() + timedelta(1)).isoformat()},
    ]


def test_an_act_that_is_refused_or_undone_is_not_told(floor: Floor, hook: Hook) -> None:
    with pytest.raises(Refused):
        set_target("transfer_rate", 2, from_day=today(), by=floor.users["boss"], at=NOW)
    assert not Delivery.objects.exists()


def test_names_and_free_text_stay_here(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    agent = floor.agents[0]
    describe_agent(agent, Description(name="Wren Secretname", email="wren@example.org"), by="boss", at=NOW)
    actions.join_team(agent, floor.teams[1], on=today(), by=floor.users["boss"], at=NOW)
    actions.grant_role(floor.users["nobody"], "assessor", from_day=today(), by=floor.users["admin"], at=NOW)
    assert work() == 3
    said = b"".join(body for _headers, body in receiver.heard).decode()
    for name in ("Wren", "Secretname", "example.org", "Kingfisher", '"boss"', '"nobody"', '"admin"', agent.name):
        assert name not in said
    told = [json.loads(body) for _headers, body in receiver.heard]
    assert [one["event"] for one in told] == ["describe_agent", "join_team", "grant_role"]
    assert told[1]["subject"] == {"kind": "agent", "id": agent.pk}
    assert told[1]["detail"] == {"team": floor.teams[1].pk, "on": today().isoformat()}


def test_only_the_chosen_events_are_told(floor: Floor, hook: Hook) -> None:
    Hook.objects.filter(pk=hook.pk).update(events=["grant_role"])
    set_target("transfer_rate", 0.3, from_day=today(), by=floor.users["boss"], at=NOW)
    assert not Delivery.objects.exists()


def test_what_is_not_heard_is_tried_for_a_day_and_then_the_hook_is_disabled(
    floor: Floor, hook: Hook, receiver: Receiver
) -> None:
    receiver.answers = [500] * 100
    assert timedelta(hours=20) < sum(DELAYS, timedelta()) <= timedelta(days=1)
    for number in range(MOST_FAILURES):
        set_target("transfer_rate", 0.3 + number / 100, from_day=today(), by=floor.users["boss"], at=NOW)
        for tries in range(1, len(DELAYS) + 2):
            assert work() == 1
            delivery = Delivery.objects.order_by("-pk")[0]
            assert (delivery.tries, delivery.problem) == (tries, "answered 500")
            if tries <= len(DELAYS):
                row = DBTaskResult.objects.get(status="READY")
                assert row.run_after == delivery.next_try_at
                assert delivery.last_tried_at is not None
                assert row.run_after - delivery.last_tried_at == DELAYS[tries - 1]
        assert delivery.given_up_at is not None
    hook.refresh_from_db()
    assert hook.disabled_at is not None
    notice = Notice.objects.get(code="webhook_disabled", cleared_at=None)
    assert "Staff system" in floor.client("admin").get("/notices/").content.decode()
    set_target("transfer_rate", 0.5, from_day=today(), by=floor.users["boss"], at=NOW)
    assert work() == 0
    receiver.answers = []
    enable_hook(hook, by=floor.users["admin"], at=NOW)
    notice.refresh_from_db()
    assert notice.cleared_at is not None
    send_trial(hook, by=floor.users["admin"], at=NOW)
    work()
    assert json.loads(receiver.heard[-1][1])["event"] == "trial"


def test_one_that_is_heard_again_forgets_its_failures(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    Hook.objects.filter(pk=hook.pk).update(failures=MOST_FAILURES - 1)
    receiver.answers = [503]
    send_trial(hook, by=floor.users["admin"], at=NOW)
    work()
    work()
    hook.refresh_from_db()
    assert (hook.failures, Delivery.objects.get().tries) == (0, 2)


def test_a_redirect_is_not_followed(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    receiver.answers = [302]
    send_trial(hook, by=floor.users["admin"], at=NOW)
    work()
    assert Delivery.objects.get().problem == "answered 302" and len(receiver.heard) == 1


def test_what_a_killed_worker_lost_is_ordered_again(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    delivery = send_trial(hook, by=floor.users["admin"], at=timezone.now() - 2 * LOST_AFTER)
    DBTaskResult.objects.all().delete()
    resume_deliveries(timezone.now())
    resume_deliveries(timezone.now())
    assert work() == 1
    delivery.refresh_from_db()
    assert delivery.delivered_at is not None


def test_a_removed_hook_hears_no_more(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    send_trial(hook, by=floor.users["admin"], at=NOW)
    remove_hook(hook, by=floor.users["admin"], at=NOW)
    work()
    assert receiver.heard == []
    assert floor.client("admin").get(f"/webhooks/{hook.pk}/").status_code == 404


def test_a_load_is_told_once(floor: Floor, hook: Hook, receiver: Receiver) -> None:
    store = IntakeStore(present.FLOORWALKER.intake)
    ended = max(row.finished_at for row in store.loads() if row.finished_at is not None)
    note_finished(store, ended + timedelta(days=2))
    assert not Delivery.objects.exists()
    for _ in range(2):
        note_finished(store, ended + timedelta(hours=1))
    assert AuditEntry.objects.filter(verb="finish_load").count() == len(store.loads()) == work()
    said = json.loads(receiver.heard[0][1])
    assert said["subject"] == {"kind": "load", "id": floor.load_id} and said["detail"]["state"] == "loaded"


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "127.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "172.16.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "::",
    ],
)
def test_no_address_inside_is_reached_unless_it_is_allowed(address: str) -> None:
    assert not may_go(ipaddress.ip_address(address), ())
    own = ipaddress.ip_network("10.1.0.0/16")
    assert may_go(ipaddress.ip_address(address), (own,)) == (address == "10.1.2.3")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_reached(address: str) -> None:
    assert may_go(ipaddress.ip_address(address), ())


def test_loopback_is_refused_without_leave(receiver: Receiver) -> None:
    for url in (
        receiver.url,
        receiver.url.replace("127.0.0.1", "localhost"),
        receiver.url.replace("127.0.0.1", "2130706433"),
    ):
        with pytest.raises(NotSent, match="not allowed"):
            send(url, b"{}", {}, ())
    assert receiver.heard == []


def test_the_checked_address_is_the_one_that_is_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise the second time leads nowhere else: there is no second time."""
    asked = []

    def resolve(host: str, port: int, *_given: object, **_named: object) -> list[Any]:
        asked.append(host)
        found = host if host.startswith("127.") else "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    monkeypatch.setattr(sending.socket, "getaddrinfo", resolve)
    status = send(receiver.url.replace("127.0.0.1", "hooks.example"), b"{}", {}, LOOPBACK)
    assert status == 204 and asked.count("hooks.example") == 1
    assert receiver.heard[0][0]["Host"] == f"hooks.example:{receiver.port}"


def test_http_leaves_this_machine_never(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
    monkeypatch.setattr(sending.socket, "getaddrinfo", lambda *_given, **_named: found)
    with pytest.raises(NotSent, match="only https"):
        send("http://hooks.example/", b"{}", {}, ())


def test_who_never_answers_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(NotSent):
            send(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {}, LOOPBACK)
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "https://",
        "https://user:pw@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nHost: x",
        "file:///etc/passwd",
        "https://[::1",
    ],
)
def test_what_can_be_no_address_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        read_url(url)


def test_the_pages_make_show_and_remove_webhooks(floor: Floor) -> None:
    client = floor.client("admin")
    given = {"name": "Board", "url": "https://hooks.example/floor", "events": ["set_target", "join_team"]}
    page = client.post("/webhooks/", given).content.decode()
    made = Hook.objects.get()
    assert secret_of(made) in page and secret_of(made) not in client.get("/webhooks/").content.decode()
    assert secret_of(made) not in str(Hook.objects.values().get())
    assert client.post("/webhooks/", given | {"url": "ftp://x/"}).status_code == 422
    assert client.post("/webhooks/", given | {"events": []}).status_code == 422
    client.post(f"/webhooks/{made.pk}/change/", {"do": "try"})
    assert "on its way" in client.get(f"/webhooks/{made.pk}/").content.decode()
    assert client.post(f"/webhooks/{made.pk}/change/", {"do": "nothing"}).status_code == 404
    assert client.post(f"/webhooks/{made.pk}/change/", {"do": "remove"}).status_code == 302
    assert not Hook.objects.kept().exists()
    assert set(AuditEntry.objects.filter(subject=f"hook:{made.pk}").values_list("verb", flat=True)) == {
        "add_hook",
        "try_hook",
        "remove_hook",
    }
