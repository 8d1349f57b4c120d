"""What do tests of calibration stand on? A session over contacts of one agent, marked by whoever takes part."""

from __future__ import annotations

from datetime import timedelta

from floorwalker.apps.evaluations.answering import read_given
from floorwalker.apps.evaluations.calibrating import Called, begin_calibration, call_session
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.convening import add_contact
from floorwalker.apps.evaluations.handing_in import submit_marking
from floorwalker.apps.evaluations.models import CalibrationSession, Drawn, Evaluation, EvaluationForm
from tests.apps.evaluations.made import NOW, People, missed, sent

# Nobody else's tests mark so old contacts of the first agent.
FIRST_PLACE = 10


def harsh_answers() -> dict[str, str]:
    """Two misses where the others find none."""
    return sent() | missed("q1", "no", "agent") | missed("q2", "1", "agent")


def session_of(
    floor: People,
    form: EvaluationForm,
    *names: str,
    name: str = "Monthly",
    contacts: int = 2,
    by: str = "analyst",
    first: int = FIRST_PLACE,
) -> CalibrationSession:
    """A session that is open to be marked, by analysts and the leader unless others are named."""
    users = [floor.users[one] for one in names or ("analyst", "team_analyst", "leader")]
    day, caller, agent = NOW.date(), floor.users[by], floor.agents[0]
    called = Called(name, form, users, opens_on=day, due=day + timedelta(days=30))
    made = call_session(called, by=caller, at=NOW)
    # What chance gave to one of them is hers to mark, and would keep the session from her until she has.
    waits = {bytes(key) for key in Drawn.objects.values_list("contact_key", flat=True)}
    free = [part for part in parts_of(agent, None)[0] if part.contact_key not in waits]
    for part in free[first : first + contacts]:
        add_contact(made, part, agent, by=caller, at=NOW)
    return made


def mark_all(
    floor: People, session: CalibrationSession, name: str, given: dict[str, str] | None = None
) -> list[Evaluation]:
    """Everything of a session handed in by one participant, each contact with the same answers."""
    done = []
    for contact in session.contacts.all():
        made = begin_calibration(contact, by=floor.users[name], at=NOW)
        marking = made.open_marking
        assert marking is not None
        answers = read_given(made.version.asks, sent() if given is None else given)
        done.append(submit_marking(marking, answers, by=floor.users[name], at=NOW))
    session.refresh_from_db()
    return done


def marked_session(
    floor: People, form: EvaluationForm, *names: str, harsh: str = "", **asked: object
) -> CalibrationSession:
    """A session that everybody has handed in; one of them may have marked harshly."""
    made = session_of(floor, form, *names, **asked)  # type: ignore[arg-type]
    for user in made.participants.all():
        mark_all(floor, made, user.username, harsh_answers() if user.username == harsh else None)
    return made
