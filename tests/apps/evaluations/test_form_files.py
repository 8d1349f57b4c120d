"""Is a form that went out as a file the same when it comes in again, and is what is no form refused with its place?"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from floorwalker.apps.evaluations.building import change_draft
from floorwalker.apps.evaluations.editing import with_section
from floorwalker.apps.evaluations.form_files import MOST_BYTES, read_file
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.errors import Refused
from floorwalker.insight.questionnaire import Section
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import published_form

BY_HAND = b"""
name: Short
rule: deduction
sections:
- title: All
  questions:
  - {wording: Kind, kind: scale, options: [{label: No, share: 0, miss: true}, {label: true story, share: 1, miss: false}]}
  - {code: q1, wording: Said why, kind: yes_no, condition: {question: q2, options: ['1']}}
"""


def test_what_goes_out_comes_in_as_the_same_form(floor: Floor) -> None:
    form = published_form(floor.users["analyst"])
    client = floor.client("analyst")
    for ending in ("json", "yaml"):
        file = client.get(f"/forms/{form.pk}/form.{ending}")
        assert (file.status_code, "attachment" in file["Content-Disposition"]) == (200, True)
        name = f"A copy as {ending}"
        upload = SimpleUploadedFile(f"form.{ending}", file.content)
        came = client.post("/forms/bring-in/", {"file": upload, "name": name})
        copy = EvaluationForm.objects.get(name=name)
        assert (came.status_code, came["Location"]) == (302, f"/forms/{copy.pk}/draft/")
        assert copy.draft is not None and form.published is not None
        assert copy.draft.asks == form.published.asks
        assert (copy.purpose, copy.respond_days, copy.published) == (form.purpose, form.respond_days, None)
    assert client.get(f"/forms/{form.pk}/form.exe").status_code == 404
    assert client.get(f"/forms/{form.pk}/form.json", {"version": "9"}).status_code == 404
    again: HttpResponse = client.post("/forms/bring-in/", {"file": SimpleUploadedFile("f", BY_HAND), "name": form.name})
    assert again.status_code == 422 and "there is a form of this name already" in again.content.decode()
    odd = SimpleUploadedFile("f", BY_HAND.replace(b"kind: yes_no", b"kind: essay"))
    told = client.post("/forms/bring-in/", {"file": odd}).content.decode()
    assert "sections.0.questions.1.kind: this file is no form" in told and "yes_no, scale, choice" in told


def test_codes_are_given_where_none_stand_and_never_twice(floor: Floor) -> None:
    asks = read_file(BY_HAND.replace(b"q1,", b"q7,")).form()
    assert [question.code for question in asks.questions] == ["q1", "q7"]
    assert [option.code for option in asks.questions[0].options] == ["1", "2"]
    client = floor.client("analyst")
    client.post("/forms/bring-in/", {"file": SimpleUploadedFile("f.yaml", BY_HAND.replace(b"q1,", b"q7,"))})
    form = EvaluationForm.objects.get(name="Short")
    given: list[str] = []
    change_draft(
        form,
        lambda form, new: with_section(form, Section(given.append(new) or f"s{new}", "More", ())),  # type: ignore[func-returns-value]
        by=floor.users["analyst"],
        at=NOW,
    )
    assert given == ["8"], "above every number that the file brought"


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        (b"\xff\xfe\x00", "", "UnicodeDecodeError"),
        (b"name: [", "line 1", "expected"),
        (b"just words", "", "just words"),
        (BY_HAND.replace(b"deduction", b"by feeling"), "rule", "by feeling"),
        (BY_HAND.replace(b"share: 1", b"share: 2"), "sections.0.questions.0.options.1.share", "2"),
        (BY_HAND.replace(b"kind: yes_no", b"kind: essay"), "sections.0.questions.1.kind", "essay"),
        (b"a: &a [x]\nb: [*a, *a]", "line 2", "a reference"),
        (b"[" * 5000, "", "RecursionError"),
        (BY_HAND.replace(b"Short", b'"Sh\\0rt"'), "", "u0000"),
        (b" " * (MOST_BYTES + 1), None, "500,001"),
    ],
)
def test_what_is_no_form_is_refused_with_its_place(content: bytes, where: str | None, found: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(content)
    assert (refused.value.where or "") == (where or "") and found in str(refused.value.found)
