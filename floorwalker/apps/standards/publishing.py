"""How does a standard come to those whom it concerns, and how is it known that they read and understood it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import User
from floorwalker.apps.standards import smart
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.actions import end_target, set_target
from floorwalker.apps.standards.concerning import concerned_by, is_concerned, may_keep
from floorwalker.apps.standards.models import (
    LONGEST_REASON,
    Acknowledgement,
    Asking,
    Change,
    CheckAnswer,
    CheckQuestion,
    Reminder,
    ServiceStandard,
    StandardVersion,
    State,
)
from floorwalker.apps.standards.models.publishing import LONGEST_OPTION, MOST_OPTIONS
from floorwalker.apps.standards.models.service_standards import LONGEST_TEXT
from floorwalker.errors import Refused

# So many days has everybody to read what was published; a reminder comes on the day after, and again each week.
TIME_TO_READ = timedelta(days=7)
BETWEEN_REMINDERS = timedelta(days=7)
MOST_REMINDERS = 4
LEAST_REFRESHER_DAYS, MOST_REFRESHER_DAYS = 30, 730


@dataclass(frozen=True)
class Asked:
    """One question of the check as its author writes it; right: the number of the right option, counted from nought."""

    asks: str
    options: Sequence[str]
    right: int
    explains: str = ""


@action
def set_check(version: StandardVersion, questions: Sequence[Asked], *, by: User, at: datetime) -> list[CheckQuestion]:
    """Write the short check of understanding of a draft; what stood there before gives way."""
    version.refresh_from_db()
    _require_keeper(version, by, at)
    if not version.is_in_work:
        raise Refused("this version is not a draft any more", mend="begin the next version, and change that")
    for question in questions:
        _check_question(question)
    version.questions.all().delete()
    made = [
        CheckQuestion(
            version=version,
            number=number,
            asks=one.asks.strip(),
            options=[option.strip() for option in one.options],
            right=one.right,
            explains=one.explains.strip(),
        )
        for number, one in enumerate(questions, 1)
    ]
    CheckQuestion.objects.bulk_create(made)
    record(by.username, "set_check", version, at, questions=len(made))
    return made


@action
def publish_standard(
    version: StandardVersion, *, despite: str = "", unseen: str = "", by: User, at: datetime
) -> StandardVersion:
    """Let a draft be what is expected from its day on: its target is set, the version before ends, everybody is asked to read.

    despite: why it is published although a finding warns, such as that no team reached its target yet. unseen: why nobody is
    asked again where it was amended after its consultation.
    """
    version.refresh_from_db()  # a form that is sent twice, or a draft that was amended meanwhile
    if version.place not in reach_of(by, at.date()).places:
        raise Refused(
            "you may not publish standards there",
            expected="a place for which your role of that day lets you set targets",
        )
    if not version.is_in_work:
        raise Refused("this version is not a draft any more", mend="begin the next version, and change that")
    _require_asked(version, at.date())
    _require_seen(version, unseen)
    warned = _require_smart(version, despite, by, at.date())
    before = version.standard.in_force
    version.state, version.published_by, version.published_at = State.PUBLISHED, by, at
    version.despite = despite.strip()[:LONGEST_TEXT] if warned else ""
    version.unseen = unseen.strip()[:LONGEST_TEXT] if version.changed_unseen else ""
    _end_before(before, version, by, at)
    _set_its_target(version, by, at)
    version.save()
    _ask_to_read(version, 1, at)
    record(by.username, "publish_standard", version, at, standard=version.standard_id, number=version.number)
    return version


@action
def withdraw_standard(standard: ServiceStandard, *, on: date, by: User, at: datetime) -> StandardVersion:
    """Expect it no longer from a day on; its target ends with it, where nobody has changed that since."""
    version = standard.in_force
    if version is None:
        raise Refused("this standard is not in force", mend="drop its draft instead")
    if version.place not in reach_of(by, at.date()).places:
        raise Refused(
            "you may not publish standards there",
            expected="a place for which your role of that day lets you set targets",
        )
    if on < at.date():
        raise Refused("what was expected in the past stays", found=on.isoformat(), expected="today or a later day")
    version.to_day = max(on, version.from_day)
    version.save(update_fields=["to_day"])
    target = version.target
    if target is not None and (target.to_day is None or target.to_day > version.to_day):
        end_target(target, on=version.to_day, by=by, at=at)
    record(by.username, "withdraw_standard", version, at, standard=standard.pk, on=on.isoformat())
    return version


@action
def acknowledge(
    asking: Asking, chosen: Mapping[int, int], *, by: User, at: datetime
) -> tuple[Acknowledgement | None, list[CheckQuestion]]:
    """Note that somebody has read it, once every question of the check is understood; else which are not, and nothing is noted.

    chosen: by question, the number of the option. Every try is kept: the first of each person tells what is misunderstood.
    """
    version = asking.version
    if not is_concerned(by, version, at.date()):
        raise Refused("this standard does not concern you", expected="somebody of its place")
    known = Acknowledgement.objects.filter(asking=asking, user=by).first()
    if known is not None:
        return known, []
    questions = list(version.questions.all())
    if any(question.pk not in chosen for question in questions):
        raise Refused("every question wants an answer", found=str(len(chosen)), expected=str(len(questions)))
    wrong = _note_answers(asking, questions, chosen, by, at)
    if wrong:
        return None, wrong
    made = Acknowledgement.objects.create(asking=asking, user=by, at=at)
    record(by.username, "acknowledge", made, at, version=version.pk, number=asking.number)
    return made, []


@action
def note_change(standard: ServiceStandard, found: str, changed: str, *, on: date, by: User, at: datetime) -> Change:
    """Note what was changed because of a standard, and what was found that led to it; once, however often a form is sent."""
    newest = standard.versions.first()
    if newest is None or not may_keep(by, newest, at.date()):
        raise Refused("this standard is kept by others", expected="its owner, or whoever sets targets for its place")
    for text in (found, changed):
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise Refused("nothing was said", found=text[:60], expected=f"1 to {LONGEST_TEXT} characters")
    if on > at.date():
        raise Refused("what was changed lies in the past", found=on.isoformat(), expected="today or an earlier day")
    made, is_new = Change.objects.get_or_create(
        standard=standard,
        found=found.strip(),
        changed=changed.strip(),
        on=on,
        noted_by=by,
        defaults={"noted_at": at},
    )
    if not is_new:
        return made
    record(by.username, "note_change", made, at, standard=standard.pk, on=on.isoformat())
    return made


@action
def ask_again(version: StandardVersion, *, at: datetime) -> Asking | None:
    """Open a refresher where one is due: so many days after the last asking; None where none is."""
    last = version.askings.order_by("number").last()
    if version.refresher_days is None or last is None or not version.counts_on(at.date()):
        return None
    if at < last.opened_at + timedelta(days=version.refresher_days):
        return None
    made = _ask_to_read(version, last.number + 1, at)
    record(SYSTEM, "ask_again", version, at, number=made.number)
    return made


@action
def remind_readers(asking: Asking, *, at: datetime) -> list[Reminder]:
    """Remind everybody who has not read it in time, at most once a week and four times in all."""
    if at.date() <= asking.due_on:
        return []
    read = set(asking.acknowledgements.values_list("user", flat=True))
    last: dict[int, Reminder] = {one.user_id: one for one in asking.reminders.order_by("number")}
    made = []
    for user in concerned_by(asking.version, at.date()).users:
        before = last.get(user.pk)
        waits = before is not None and at < before.at + BETWEEN_REMINDERS
        if user.pk in read or waits or (before is not None and before.number >= MOST_REMINDERS):
            continue
        number = 1 if before is None else before.number + 1
        made.append(Reminder(asking=asking, user=user, number=number, at=at))
    Reminder.objects.bulk_create(made)
    if made:
        record(SYSTEM, "remind_readers", asking, at, version=asking.version_id, people=len(made))
    return made


def _ask_to_read(version: StandardVersion, number: int, at: datetime) -> Asking:
    return Asking.objects.create(version=version, number=number, opened_at=at, due_on=at.date() + TIME_TO_READ)


def _require_asked(version: StandardVersion, on: date) -> None:
    if not version.is_consulting or version.consulted_until is None:
        raise Refused("those whom it concerns were not asked", mend="open its consultation first")
    if on <= version.consulted_until:
        raise Refused(
            "those whom it concerns are still being asked",
            found=f"up to {version.consulted_until}",
            expected="a later day",
        )
    waiting = version.remarks.unanswered().count()
    if waiting:
        raise Refused("each comment is answered before it is decided", found=f"{waiting} without an answer")


def _require_seen(version: StandardVersion, unseen: str) -> None:
    if version.changed_unseen and not unseen.strip():
        raise Refused(
            "it was changed after those whom it concerns were asked",
            found=f"asked up to {version.consulted_until}",
            mend="ask them again, or say why its last words are published without asking",
        )


def _require_smart(version: StandardVersion, despite: str, by: User, on: date) -> bool:
    """Whether something warns, for which a reason was given."""
    found = smart.check(version, on, by.scope_on(on))
    stopping = smart.stops(found)
    if stopping:
        raise Refused("this standard is not SMART yet", found=" ".join(one.sentence for one in stopping))
    warning = smart.warns(found)
    if warning and not despite.strip():
        raise Refused(
            "this target asks for what was not reached yet",
            found=" ".join(one.sentence for one in warning),
            mend="say why it is set all the same, or choose another target",
        )
    return bool(warning)


def _end_before(before: StandardVersion | None, version: StandardVersion, by: User, at: datetime) -> None:
    if before is None:
        return
    before.to_day = max(version.from_day, before.from_day)
    before.save(update_fields=["to_day"])
    target = before.target
    moved = version.held is None or (before.measure, before.place) != (version.measure, version.place)
    if target is not None and moved and (target.to_day is None or target.to_day > version.from_day):
        end_target(target, on=version.from_day, by=by, at=at)


def _set_its_target(version: StandardVersion, by: User, at: datetime) -> None:
    if version.held is None:
        return
    version.target = set_target(
        version.measure,
        version.value,
        low=version.low,
        high=version.high,
        site=version.site,
        team=version.team,
        queue=version.queue,
        channel=version.channel,
        from_day=version.from_day,
        reason=version.title[:LONGEST_REASON],
        by=by,
        at=at,
    )


def _note_answers(
    asking: Asking, questions: Sequence[CheckQuestion], chosen: Mapping[int, int], by: User, at: datetime
) -> list[CheckQuestion]:
    tried = CheckAnswer.objects.filter(asking=asking, user=by).order_by("try_number").last()
    number = 1 if tried is None else tried.try_number + 1
    answers = [
        CheckAnswer(asking=asking, question=question, user=by, chosen=chosen[question.pk], try_number=number, at=at)
        for question in questions
    ]
    CheckAnswer.objects.bulk_create(answers)
    return [answer.question for answer in answers if not answer.is_right]


def _check_question(said: Asked) -> None:
    options = [option.strip() for option in said.options]
    if not said.asks.strip() or len(said.asks) > LONGEST_OPTION:
        raise Refused("a question asks something", found=said.asks[:60], expected=f"1 to {LONGEST_OPTION} characters")
    if not 2 <= len(options) <= MOST_OPTIONS or not all(options) or len(set(options)) < len(options):
        raise Refused("a question has options that differ", found=str(len(options)), expected=f"2 to {MOST_OPTIONS}")
    if max(map(len, options)) > LONGEST_OPTION:
        raise Refused("an option is said at too great a length", expected=f"{LONGEST_OPTION} characters at most")
    if not 0 <= said.right < len(options):
        raise Refused("one of the options is the right one", found=str(said.right + 1), expected=f"1 to {len(options)}")


def _require_keeper(version: StandardVersion, by: User, at: datetime) -> None:
    if not may_keep(by, version, at.date()):
        raise Refused("this standard is kept by others", expected="its owner, or whoever sets targets for its place")
