"""Is how alike people mark worked out once for sessions that stay as they are, and anew for those that do not?"""

from __future__ import annotations

import pytest
from django.core.cache import cache

from floorwalker.apps.evaluations import keeping_alike
from floorwalker.apps.evaluations.arguing import sheets_of
from floorwalker.apps.evaluations.keeping_alike import found_in_all
from floorwalker.apps.evaluations.models import AgreedAnswer, CalibrationSession, EvaluationForm
from floorwalker.insight.alike import LEAST_SESSIONS, alike_in_question, alike_in_scores, pass_of
from floorwalker.insight.calibrating import Sheet, lean_of
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.calibrated import marked_session

SESSIONS = 4


@pytest.fixture
def sessions(floor: Floor, form: EvaluationForm) -> list[CalibrationSession]:
    cache.clear()
    return [
        marked_session(floor, form, harsh="leader", name=f"Session {place}", contacts=1, first=10 + place)
        for place in range(SESSIONS)
    ]


def anew(sessions: list[CalibrationSession]) -> str:
    """What the sessions tell, from nothing but their answers; as text, since what cannot be told equals nothing."""
    of_session = sheets_of(sessions)
    sheets = [of_session[one.pk] for one in sessions]
    questions = {code: alike_in_question(sheets, code) for code in ("q1", "q2", "q3", "q4")}
    passed = [pass_of(sheets[max(0, last - LEAST_SESSIONS) : last]) for last in range(1, len(sheets) + 1)]
    return repr((passed, keeping_alike.Together(alike_in_scores(sheets), questions, lean_of(sheets))))


def test_it_is_worked_out_once_and_again_only_where_something_changed(
    floor: Floor, sessions: list[CalibrationSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[int] = []

    def noted(sheets: list[Sheet]) -> object:
        worked_out.append(len(sheets))
        return pass_of(sheets)

    monkeypatch.setattr(keeping_alike, "pass_of", noted)
    assert repr(found_in_all(sessions)) == anew(sessions)
    assert worked_out == [1, 2, 3, 3]
    assert repr(found_in_all(sessions)) == anew(sessions)
    assert len(worked_out) == SESSIONS, "nothing changed, and nothing was worked out"
    agreed = AgreedAnswer(contact=sessions[2].contacts.get(), question="q1", by=floor.users["analyst"], at=NOW)
    agreed.answer = {"option": "no"}
    agreed.save()
    assert repr(found_in_all(sessions)) == anew(sessions)
    assert worked_out[SESSIONS:] == [3, 3], "only what is pooled with the session that changed"
    agreed.answer = {"option": "yes"}
    agreed.save()
    assert repr(found_in_all(sessions)) == anew(sessions)


def test_whoever_sees_fewer_sessions_is_told_of_those_alone(sessions: list[CalibrationSession]) -> None:
    for some in (sessions, sessions[1:], sessions[:1], []):
        assert repr(found_in_all(some)) == anew(some) if some else found_in_all(some)[0] == []
