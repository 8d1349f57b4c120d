"""Do figures leave only as attachments, noted in the trail and in the looks of the person whom they are about?"""

from __future__ import annotations

import io

import pypdf
import pytest

from floorwalker.apps.people.models import AuditEntry, Look
from tests.apps.conftest import Floor

QUESTION = "?from=2023-11-20&to=2023-11-26"
FORMS = ("csv", "xlsx", "pdf")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_an_attachment_and_noted(floor: Floor, form: str) -> None:
    agent = floor.agents[0]
    answer = floor.client("leader").get(f"/agents/{agent.pk}/figures.{form}{QUESTION}")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "2023-11-20-2023-11-26" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry is not None
    assert (entry.by, entry.verb, entry.subject) == ("leader", "export", f"agent:{agent.pk}")
    assert entry.detail == {"form": form, "question": "from=2023-11-20&to=2023-11-26"}
    assert Look.objects.filter(agent=agent, user=floor.users["leader"], what="export").count() == 1


def test_what_was_not_handed_out_is_not_noted(floor: Floor) -> None:
    before = AuditEntry.objects.count()
    client = floor.client("leader")
    assert client.get(f"/agents/{floor.agents[1].pk}/figures.csv").status_code == 404
    assert client.get(f"/agents/{floor.agents[0].pk}/figures.exe").status_code == 404
    assert AuditEntry.objects.count() == before


def test_ones_own_file_is_noted_in_the_trail_and_is_nobodys_look(floor: Floor) -> None:
    assert floor.client("agent").get(f"/agents/{floor.agents[0].pk}/figures.csv").status_code == 200
    assert not Look.objects.filter(agent=floor.agents[0]).exists()


def test_a_pdf_is_tagged_and_titled(floor: Floor) -> None:
    boss = floor.client("boss")
    for address in (
        "/centre/",
        f"/teams/{floor.teams[0].pk}/",
        f"/agents/{floor.agents[0].pk}/",
        "/measures/csat_mean/",
    ):
        answer = boss.get(f"{address}figures.pdf{QUESTION}&compare=before")
        pdf = pypdf.PdfReader(io.BytesIO(answer.content))
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"] and pdf.metadata and pdf.metadata.title  # type: ignore[index]
        text = pdf.pages[-1].extract_text()
        assert "Taken by boss" in text and f"{len(pdf.pages)} / {len(pdf.pages)}" in text


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_a_pdf_says_in_which_language_it_is_read_aloud(floor: Floor, language: str) -> None:
    client = floor.client("leader")
    client.cookies["django_language"] = language
    answer = client.get(f"/agents/{floor.agents[0].pk}/figures.pdf{QUESTION}")
    found = pypdf.PdfReader(io.BytesIO(answer.content))
    assert str(found.trailer["/Root"]["/Lang"]).partition("-")[0] == language.partition("-")[0]  # type: ignore[index]
    text = found.pages[0].extract_text()
    assert ("Tach 2023" in text, "Nov 2023" in text) == (language == "cy", language != "cy")
