"""What is trained, who was there, what came of it, and when is it due again? From an invitation to what the effect is worked out from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.guarding import check_judged, guardrails_of
from floorwalker.apps.coaching.learning import known_gap
from floorwalker.apps.coaching.models import ActionKind, Attendee, Intervention, Training, Treated
from floorwalker.apps.coaching.records_shown import weeks_seen
from floorwalker.apps.coaching.timing import check_time
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue

LEAST_MINUTES, MOST_MINUTES, MOST_INVITED = 5, 2400, 150
LEAST_RATING, MOST_RATING = 1, 5
HELD_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Course:
    """A training as it is planned; trainer: of the centre, else outside_trainer says who; measure: what it is to move."""

    subject: str
    agents: Sequence[Agent]
    planned_for: datetime
    minutes: int
    trainer: User | None = None
    outside_trainer: str = ""
    is_mentoring: bool = False
    about: str = ""
    measure: str = ""
    standard: ServiceStandard | None = None
    refresh_on: date | None = None
    refreshes: Training | None = None


@action
def plan_training(course: Course, *, by: User, at: datetime) -> Training:
    """Plan a training and invite to it people whom the user may coach."""
    _check(course, by, at)
    made = Training.objects.create(
        subject=course.subject.strip(),
        is_mentoring=course.is_mentoring,
        about=course.about.strip(),
        measure=course.measure,
        standard=course.standard,
        trainer=course.trainer,
        outside_trainer=course.outside_trainer.strip(),
        planned_by=by,
        planned_at=at,
        planned_for=course.planned_for,
        minutes=course.minutes,
        refresh_on=course.refresh_on,
        refreshes=course.refreshes,
    )
    Attendee.objects.bulk_create(Attendee(training=made, agent=agent) for agent in course.agents)
    record(by.username, "plan_training", made, at, agents=sorted(agent.pk for agent in course.agents))
    return made


def _check(course: Course, by: User, at: datetime) -> None:
    if not course.subject.strip():
        raise Refused(_("say what it is to be about"), mend=_("a sentence is enough"))
    if (course.trainer is None) == (not course.outside_trainer.strip()):
        raise Refused(
            _("a training has one trainer"), mend=_("choose somebody of the centre, or name somebody outside")
        )
    check_time(course.planned_for, at)
    if not LEAST_MINUTES <= course.minutes <= MOST_MINUTES:
        expected = f"{LEAST_MINUTES} – {MOST_MINUTES}"
        raise Refused(_("no training takes so long"), found=str(course.minutes), expected=expected)
    if course.measure and course.measure not in catalogue():
        raise Refused(_("there is no such measure"), found=course.measure[:80])
    if course.measure:
        check_judged(course.measure)
    if course.refresh_on is not None and course.refresh_on <= course.planned_for.date():
        raise Refused(_("a refresher comes after the training"), found=f"{course.refresh_on:%Y-%m-%d}")
    if not 1 <= len(course.agents) <= MOST_INVITED:
        raise Refused(
            _("this is no number of people for a training"),
            found=str(len(course.agents)),
            expected=f"1 – {MOST_INVITED}",
        )
    reached = set(Agent.objects.coached_by(by, at.date()).values_list("pk", flat=True))
    for agent in course.agents:
        if agent.pk not in reached:
            raise Refused(_("no role of yours lets you coach this person"), found=str(agent))


@action
def hold_training(training: Training, there: Collection[int], *, by: User, at: datetime) -> Training:
    """Say who was there. Where a measure was named, they are from now on those of whom the effect is worked out.

    there: numbers of the invited agents.
    """
    training = _open(training, by)
    attendees = list(training.attendees.select_related("agent"))
    if unknown := set(there) - {one.agent_id for one in attendees}:
        raise Refused(_("somebody was there who had not been invited"), found=", ".join(map(str, sorted(unknown))))
    if training.planned_for.date() > at.date():
        raise Refused(_("its day has not come"), found=f"{training.planned_for:%Y-%m-%d}")
    if at.date() > training.planned_for.date() + HELD_WITHIN:
        # Who was there could be said when it is known already who got better.
        raise Refused(_("who was there is said within a week"), found=f"{training.planned_for:%Y-%m-%d}")
    if not there:
        raise Refused(_("a training to which nobody came was not held"), mend=_("call it off instead"))
    for one in attendees:
        one.there = one.agent_id in there
    Attendee.objects.bulk_update(attendees, ["there"])
    training.held_at = at
    training.intervention = _intervention(training, [one.agent for one in attendees if one.there], at)
    training.save(update_fields=["held_at", "intervention"])
    record(by.username, "hold_training", training, at, there=sorted(there))
    return training


def _intervention(training: Training, people: Sequence[Agent], at: datetime) -> Intervention | None:
    """What the effect is worked out from, with the measure that must not get worse for it; None where none was named."""
    if not training.measure:
        return None
    planner = training.planned_by
    begins_on = training.planned_for.date()
    made = Intervention.objects.create(
        kind=ActionKind.MENTORING if training.is_mentoring else ActionKind.TRAINING,
        measure=training.measure,
        guardrails=guardrails_of(training.measure),
        begins_on=begins_on,
        decided_at=training.planned_at,
        decided_by=planner,
        weeks_shown=weeks_seen([planner], people, training.measure),
        because=training.subject,
        before=known_gap(people, training.measure),
    )
    Treated.objects.bulk_create(Treated(intervention=made, agent=agent, from_day=begins_on) for agent in people)
    return made


@action
def cancel_training(training: Training, *, by: User, at: datetime) -> Training:
    """Call off a training that was not held."""
    training = _open(training, by)
    training.cancelled_at = at
    training.save(update_fields=["cancelled_at"])
    record(by.username, "cancel_training", training, at)
    return training


def _open(training: Training, by: User) -> Training:
    training = Training.objects.select_for_update(of=("self",)).get(pk=training.pk)
    if by.pk not in (training.planned_by_id, training.trainer_id):
        raise Refused(_("whoever planned a training or gives it says what became of it"))
    if training.held_at is not None:
        raise Refused(_("this training was held already"), found=f"{training.held_at:%Y-%m-%d}")
    if training.cancelled_at is not None:
        raise Refused(_("this training was called off"), found=f"{training.cancelled_at:%Y-%m-%d}")
    return training


@action
def say_what_was_learned(training: Training, learned: str, rating: int, *, by: User, at: datetime) -> Attendee:
    """In her own words what somebody who was there takes from it, and how useful it was; later words replace earlier ones."""
    part = training.attendees.select_for_update(of=("self",)).filter(agent__in=by.oneself(), there=True).first()
    if part is None:
        raise Refused(_("whoever was there says what was learned"))
    if not learned.strip():
        raise Refused(_("say what you take from it"), mend=_("a sentence is enough"))
    if not LEAST_RATING <= rating <= MOST_RATING:
        raise Refused(_("no such rating"), found=str(rating), expected=f"{LEAST_RATING} – {MOST_RATING}")
    part.learned, part.rating = learned.strip(), rating
    part.save(update_fields=["learned", "rating"])
    record(by.username, "say_what_was_learned", training, at, rating=rating)
    return part
