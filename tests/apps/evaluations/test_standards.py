"""Does a question check a standard of the centre, and is it told what evaluations found of it, and where the causes lay?"""

from __future__ import annotations

from datetime import date

from floorwalker.apps.evaluations import building
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.apps.standards.models import ServiceStandard, StandardVersion
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, released, sent


def published_standard(floor: Floor, title: str) -> ServiceStandard:
    boss = floor.users["boss"]
    standard = ServiceStandard.objects.create(owner=boss, made_by=boss, made_at=NOW)
    StandardVersion.objects.create(
        standard=standard,
        number=1,
        state="published",
        title=title,
        wording="We say who we are.",
        why="So that people know whom they talk to.",
        behaviour="The agent says her name.",
        from_day=date(2026, 1, 1),
        review_on=date(2027, 1, 1),
        drafted_by=boss,
        drafted_at=NOW,
        published_by=boss,
        published_at=NOW,
    )
    return standard


def test_a_question_checks_a_standard_in_this_version_and_the_next(floor: Floor, form: EvaluationForm):
    standard, client = published_standard(floor, "Our names"), floor.client("analyst")
    building.begin_version(form, by=floor.users["analyst"], at=NOW)
    given = {
        "wording": "Greeted by name",
        "kind": "yes_no",
        "points": 1,
        "may_not_apply": "on",
        "standard": standard.pk,
    }
    client.post(f"/forms/{form.pk}/draft/question/q1/", given)
    building.publish_version(form, "Tied to our standard", by=floor.users["analyst"], at=NOW)
    assert not form.versions.get(number=1).standards.exists()
    page = floor.client("agent").get(f"/forms/{form.pk}/").content.decode()
    assert "Our names" in page and f"/standards/{standard.pk}/" in page
    form.refresh_from_db()
    third = building.begin_version(form, by=floor.users["analyst"], at=NOW)
    assert [(one.question, one.standard) for one in third.standards.all()] == [("q1", standard)]
    # A new question gets its standard too, and one that is taken off leaves none behind.
    client.post(f"/forms/{form.pk}/draft/question/s1/", given | {"wording": "Named the company"})
    client.post(f"/forms/{form.pk}/draft/", {"do": "remove", "code": "q1"})
    building.publish_version(form, "", by=floor.users["analyst"], at=NOW)
    assert [one.question for one in third.standards.all()] == [form.versions.get(number=3).asks.questions[1].code]


def test_what_was_found_is_told_by_question_standard_and_cause(floor: Floor, form: EvaluationForm):
    standard = published_standard(floor, "Our names")
    building.begin_version(form, by=floor.users["analyst"], at=NOW)
    building.check_standard(form, "q1", standard, by=floor.users["analyst"], at=NOW)
    building.publish_version(form, "Tied", by=floor.users["analyst"], at=NOW)
    form.refresh_from_db()
    released(floor, form, sent() | missed("q1", "no", "agent") | missed("q2", "1", "system"), place=0)
    released(floor, form, sent(), place=1)
    released(floor, form, sent(q4="yes") | missed("q3", "no", "process"), by="leader", purpose="coaching", place=2)

    def told(who: str, query: str = "") -> str:
        return " ".join(floor.client(who).get(f"/evaluations/misses/{query}").content.decode().split())

    page = told("boss")
    # Coaching counts nowhere: two evaluations, two misses, one of them the system's.
    assert "2 official evaluations" in page and "2 misses; the cause of 1 lay outside" in page
    assert "Listened" in page and "Said why" not in page
    of_standard = told("process_owner", f"?standard={standard.pk}")
    assert "What did evaluations find of “Our names”?" in of_standard
    assert "Greeted by name" in of_standard and "Listened" not in of_standard
    assert "Nothing has been found here yet." in told("other_leader")
    assert floor.client("agent").get("/evaluations/misses/").status_code == 404
