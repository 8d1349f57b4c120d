"""How does somebody give feedback that can be used? With what was done, on what it rests, what it led to and what to try.

Without evidence it is refused. Whether it judges the person and not what she did, no program can tell: the form says so
beside the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.coaching.access import TAKEN_BACK_WITHIN, may_coach, may_receive
from floorwalker.apps.coaching.filing import file_feedback, linked_to
from floorwalker.apps.coaching.models import Evidence, EvidenceKind, Feedback, FeedbackSource, Leaning
from floorwalker.apps.coaching.models.evidence import LONGEST_NOTE
from floorwalker.apps.coaching.models.feedback import LONGEST_PART
from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.recordings.models import Mark, MarkQuerySet, Recording
from floorwalker.errors import Refused

# A mark without an end is a moment: what is shown begins there.
MOMENT_SECONDS = 1.0


@dataclass(frozen=True)
class Said:
    """What is said: about which measure or standard (its code), and on what it rests; seen: what was seen or heard, and when."""

    leaning: Leaning
    about: str
    behaviour: str
    effect: str
    next_step: str = ""
    seen: str = ""
    evaluation: Evaluation | None = None
    mark: Mark | None = None
    private: bool = False


@action
def give_feedback(agent: Agent, said: Said, *, by: User, at: datetime) -> Feedback:
    """Say something of somebody's work; it is in her inbox at once, unless it is the leader's own note."""
    coaches = may_coach(by, agent, at.date())
    _check(agent, said, coaches, by, at)
    measure, standard = linked_to(said.about)
    given = Feedback(
        source=FeedbackSource.LEADER if coaches else FeedbackSource.PEER,
        leaning=said.leaning,
        behaviour=said.behaviour.strip(),
        effect=said.effect.strip(),
        next_step=said.next_step.strip(),
        measure=measure,
        standard=standard,
        contacts=1 if said.evaluation is not None or said.mark is not None else None,
        private=said.private,
        given_by=by,
    )
    file_feedback(agent, said.about, given, _evidence(agent, said, by), at=at)
    record(by.username, "give_feedback", given, at, agent=agent.pk, about=said.about, private=said.private)
    return given


@action
def take_back(feedback: Feedback, *, by: User, at: datetime) -> Feedback:
    """Within a day, whoever gave it can take it back: nobody reads it any more, and that it was there stays in the trail."""
    feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if feedback.given_by_id != by.pk:
        raise Refused("only whoever gave feedback takes it back")
    if feedback.taken_back_at is not None:
        raise Refused("this was taken back already")
    if at - feedback.given_at >= TAKEN_BACK_WITHIN:
        raise Refused(
            "feedback can be taken back within a day",
            found=f"given on {feedback.given_at:%Y-%m-%d %H:%M}",
            mend="give another piece of feedback that puts it right",
        )
    feedback.taken_back_at = at
    feedback.save(update_fields=["taken_back_at"])
    record(by.username, "take_back_feedback", feedback, at)
    return feedback


def _check(agent: Agent, said: Said, coaches: bool, by: User, at: datetime) -> None:
    if agent.pk in by.oneself() or not Agent.objects.filter(may_receive(by, at.date()), pk=agent.pk).exists():
        raise Refused("you may not give feedback to this person", expected="a colleague of your site, or one you coach")
    if said.private and not coaches:
        raise Refused("only whoever coaches somebody keeps a note of her own")
    if not said.behaviour.strip():
        raise Refused("feedback says what was done", mend="describe what you saw or heard, not what somebody is like")
    if not (said.seen.strip() or said.evaluation is not None or said.mark is not None):
        raise Refused("feedback needs evidence", mend="name an evaluation or a mark, or say what you saw, and when")
    if not said.effect.strip():
        raise Refused("feedback says what it led to", mend="say what it meant for the customer or for others")
    if said.leaning == Leaning.DEVELOPMENT and not said.next_step.strip():
        raise Refused("feedback on what could be better proposes a next step", mend="say what to try next time")
    longest = max(map(len, (said.behaviour, said.effect, said.next_step)))
    if longest > LONGEST_PART or len(said.seen) > LONGEST_NOTE:
        found = f"{max(longest, len(said.seen))} characters"
        raise Refused("this is too long", found=found, expected=f"at most {LONGEST_PART}")
    _check_evidence(agent, said, by, at)


def _check_evidence(agent: Agent, said: Said, by: User, at: datetime) -> None:
    """What is pointed at is about this person, and the giver may see it."""
    if said.evaluation is not None:
        seen = Evaluation.objects.visible_to(by, at.date()).filter(
            pk=said.evaluation.pk, agent__in=agent.numbers_of_person()
        )
        if not seen.exclude(released_at=None).exists():
            raise Refused("this evaluation is no evidence here", expected="one of this person that was released")
    if said.mark is not None and not marks_of(agent, by, at).filter(pk=said.mark.pk).exists():
        raise Refused("this mark is no evidence here", expected="one of your own in a recording of this person")


def marks_of(agent: Agent, by: User, at: datetime) -> MarkQuerySet:
    """The giver's own marks in recordings of that person which she may hear, the latest first."""
    heard = Recording.objects.heard_by(by, at.date()).of_agent(agent.pk)
    return Mark.objects.kept().filter(made_by=by, recording__in=heard).order_by("-made_at")


def _evidence(agent: Agent, said: Said, by: User) -> list[Evidence]:
    found = []
    if said.seen.strip():
        found.append(Evidence(kind=EvidenceKind.NOTE, agent=agent, note=said.seen.strip(), added_by=by))
    if said.evaluation is not None:
        key, marking = said.evaluation.contact_key, said.evaluation.stands
        found.append(Evidence(kind=EvidenceKind.MARKS, agent=agent, contact_key=key, marking=marking, added_by=by))
    if said.mark is not None:
        begins, ends = said.mark.from_seconds, said.mark.to_seconds
        found.append(
            Evidence(
                kind=EvidenceKind.CLIP,
                agent=agent,
                contact_key=said.mark.recording.contact_key,
                recording=said.mark.recording,
                from_second=begins,
                to_second=begins + MOMENT_SECONDS if ends is None else ends,
                note=said.mark.note,
                added_by=by,
            )
        )
    return found
