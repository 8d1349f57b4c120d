"""What do the pages on a calibration session show? As much of it as its reader may see, and one question of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from floorwalker.apps.evaluations import blinding, saying
from floorwalker.apps.evaluations.arguing import Argued, OnContact, Said, argue, sheets_of
from floorwalker.apps.evaluations.blindness import is_kept_from
from floorwalker.apps.evaluations.laying_out import lay_choices
from floorwalker.apps.evaluations.models import CalibrationContact, CalibrationSession, Evaluation, Stage
from floorwalker.apps.people.models import Right, User
from floorwalker.insight.calibrating import Lean, Sheet, lean_of
from floorwalker.insight.marking import Answers, mark
from floorwalker.insight.questionnaire import Form, QuestionKind
from floorwalker.ui import calibration_words

# What stands at the top of a session's page.
MOST_ARGUED = 3


@dataclass(frozen=True)
class Row:
    """One question on one contact as a line of the grid: a cell for each participant, empty where she was not asked it."""

    argued: Argued
    on: OnContact
    cells: tuple[tuple[User, Said | None], ...]


@dataclass(frozen=True)
class Grid:
    """One contact: its questions by participants, and what their answers come to beside what stands.

    own: the reader's marking; words: what participants wrote for the discussion.
    """

    contact: CalibrationContact
    own: int | None
    rows: tuple[Row, ...]
    scores: tuple[tuple[User, str], ...]
    agreed: str
    words: tuple[tuple[User, str], ...]


@dataclass(frozen=True)
class Participated:
    """One participant: markings handed in, and how she lies to what was agreed, where marks are shown.

    gone: whether she has not handed in everything and cannot mark any more, so that nobody waits for her.
    """

    user: User
    handed_in: int
    lean: Lean | None
    gone: bool = False


def read_session(session: CalibrationSession, user: User, on: date) -> dict[str, Any]:
    """Everything that its page prints; before the blind phase has ended nothing of anybody's marks."""
    scope = user.scope_on(on)
    contacts = list(session.contacts.select_related("agent"))
    participants = list(session.participants.order_by("username"))
    stage = session.stage(on)
    leads = scope.may(Right.MANAGE_FORMS)
    takes_part = user in participants and scope.may(Right.EVALUATE)
    to_mark = list(_to_mark(contacts, user)) if takes_part and stage == Stage.BLIND else []
    context: dict[str, Any] = {
        "session": session,
        "reader": user,
        "stage": stage,
        "stages": Stage,
        "contacts": contacts,
        "leads": leads,
        "takes_part": takes_part,
        "handed_in": blinding.handed_in(session),
        "wanted": blinding.wanted(session, on),
        "kept": session.is_shown and is_kept_from(session, user),
        "to_mark": to_mark,
        "next": next((contact for contact, begun in to_mark if begun is None), None),
        "late": stage == Stage.BLIND and on > session.due,
    }
    if not session.is_shown or context["kept"]:
        return context | {"participants": _handed_in(session, participants, on)}
    sheet = sheets_of([session])[session.pk]
    argued = argue(session, sheet, contacts, participants)
    leans, own, words = lean_of([sheet]), _own(session, user), _words(session)
    return context | {
        "argued": argued,
        "most": [one for one in argued if one.compared.differ][:MOST_ARGUED],
        "open": sum(one.is_open for one in argued),
        "same": calibration_words.same(_same(argued)),
        "participants": [
            Participated(one, sum(one.pk in given for given in sheet.given.values()), leans.get(one.pk))
            for one in participants
        ],
        "grids": [_grid(sheet, argued, contact, participants, own.get(contact.pk), words) for contact in contacts],
        "wordings": [
            (one, session.version.asks.question(one.question))
            for one in session.wordings.select_related("by", "taken_by", "taken_into")
        ],
    }


def read_question(session: CalibrationSession, user: User, code: str, on: date) -> dict[str, Any]:
    """One question of a session: everything that was said, and what can be written down by whoever leads."""
    contacts = list(session.contacts.select_related("agent"))
    participants = list(session.participants.order_by("username"))
    argued = argue(session, sheets_of([session])[session.pk], contacts, participants)
    place = next((place for place, one in enumerate(argued) if one.question.code == code), None)
    if place is None:
        raise Http404
    one, own = argued[place], _own(session, user)
    may_agree = session.stage(on) == Stage.OPEN and user.scope_on(on).may(Right.MANAGE_FORMS)
    return {
        "session": session,
        "argued": one,
        "checks": one.question.kind in (QuestionKind.YES_NO, QuestionKind.SCALE, QuestionKind.CHOICE),
        "rows": [(on, lay_choices(one.question, on.answer), own.get(on.contact.pk)) for on in one.on_contacts],
        "leads": may_agree,
        "guidance": one.wording.guidance if one.wording else one.question.guidance,
        "following": next((later.question.code for later in argued[place + 1 :] if later.is_open), None),
    }


def _words(session: CalibrationSession) -> dict[tuple[int | None, int], str]:
    """By contact and participant what she wrote at the end of her marking."""
    done = Evaluation.objects.filter(calibration__session=session, stands__isnull=False).exclude(stands__words="")
    return {
        (contact, who): text for contact, who, text in done.values_list("calibration", "evaluator", "stands__words")
    }


def _own(session: CalibrationSession, user: User) -> dict[int, int]:
    """By contact the reader's own marking, beside which she can hear it again."""
    mine = Evaluation.objects.filter(calibration__session=session, evaluator=user, stands__isnull=False)
    return {contact: pk for contact, pk in mine.values_list("calibration", "pk") if contact is not None}


def _to_mark(
    contacts: Sequence[CalibrationContact], user: User
) -> Iterable[tuple[CalibrationContact, Evaluation | None]]:
    begun = {one.calibration_id: one for one in Evaluation.objects.filter(calibration__in=contacts, evaluator=user)}
    return ((contact, begun.get(contact.pk)) for contact in contacts)


def _handed_in(session: CalibrationSession, participants: Sequence[User], on: date) -> list[Participated]:
    done = Evaluation.objects.filter(calibration__session=session, submitted_at__isnull=False)
    by_whom, left = list(done.values_list("evaluator", flat=True)), blinding.left_to(session, on)
    wanted = session.contacts.count()
    return [
        Participated(one, count, None, gone=count < wanted and one not in left)
        for one in participants
        for count in (by_whom.count(one.pk),)
    ]


def _same(argued: Sequence[Argued]) -> float | None:
    pairs = sum(one.compared.pairs for one in argued)
    return 1 - sum(one.compared.differ for one in argued) / pairs if pairs else None


def _grid(
    sheet: Sheet,
    argued: Sequence[Argued],
    contact: CalibrationContact,
    participants: Sequence[User],
    own: int | None,
    words: Mapping[tuple[int | None, int], str],
) -> Grid:
    rows = []
    for one in argued:
        on = next(on for on in one.on_contacts if on.contact.pk == contact.pk)
        if on.said:
            said = {told.user.pk: told for told in on.said}
            rows.append(Row(one, on, tuple((user, said.get(user.pk)) for user in participants)))
    given = sheet.given[contact.pk]
    scores = tuple((one, _score(sheet.form, given[one.pk]) if one.pk in given else "–") for one in participants)
    told = tuple((one, words[contact.pk, one.pk]) for one in participants if words.get((contact.pk, one.pk)))
    return Grid(contact, own, tuple(rows), scores, _agreed_score(sheet, contact.pk), told)


def _agreed_score(sheet: Sheet, contact: int) -> str:
    answers = sheet.settled[contact]
    return "–" if mark(sheet.form, answers).unanswered else _score(sheet.form, answers)


def _score(form: Form, answers: Answers) -> str:
    return saying.share(mark(form, answers).contact.before_fatal)
