"""Who may begin to evaluate which contact, and what is kept of it from the first moment on?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.access import RIGHT_FOR, is_oneself, may_mark
from floorwalker.apps.evaluations.contacts import identities_of, queue_names
from floorwalker.apps.evaluations.models import (
    CalibrationContact,
    Evaluation,
    FormVersion,
    Marking,
    Picked,
    Purpose,
    Sight,
)
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.errors import Refused
from floorwalker.insight.parts import Part

# Somebody else's marks may be asked for of oneself and of nobody else.
OF_ONESELF = Purpose.SELF


@action
def begin_evaluation(
    part: Part,
    agent: Agent,
    version: FormVersion,
    purpose: Purpose,
    *,
    whole: bool = False,
    picked: Picked = Picked.HAND,
    chance: float | None = None,
    beside: Evaluation | None = None,
    calibration: CalibrationContact | None = None,
    by: User,
    at: datetime,
) -> Evaluation:
    """Begin to evaluate one agent's part of a contact, or with `whole` the contact, by a published version of a form.

    chance: with which it was drawn. What she began before by hand is what was drawn as well, if it was.
    """
    check_may_evaluate(agent, purpose, by, at, calibration=calibration)
    if version.published_at is None or version.form.retired_at is not None:
        raise Refused(_("nothing is marked by this form"), mend=_("choose a form that is in use"))
    if part.identity_key not in identities_of(agent):
        raise Refused(_("this contact was not this agent's"))
    begun = Evaluation.objects.filter(
        purpose=purpose,
        evaluator=by,
        agent=agent,
        contact_key=part.contact_key,
        version__form=version.form,
        calibration=calibration,
    )
    again = begun.filter(segment_key=None if whole else part.segment_key).first()
    if again is not None:
        if again.picked == Picked.HAND and picked != Picked.HAND:
            again.picked, again.inclusion_probability = picked, chance
            again.save(update_fields=["picked", "inclusion_probability"])
        return again
    made = Evaluation.objects.create(
        purpose=purpose,
        picked=picked,
        inclusion_probability=chance,
        version=version,
        agent=agent,
        evaluator=by,
        contact_key=part.contact_key,
        segment_key=None if whole else part.segment_key,
        identity_key=part.identity_key,
        site_key=part.site_key,
        queue_key=part.queue_key,
        queue=queue_names([part.queue_key]).get(part.queue_key or b"", ""),
        channel=part.channel,
        reason=part.reason[:200],
        contact_at=part.entered_at,
        beside=beside,
        calibration=calibration,
        begun_at=at,
    )
    Marking.objects.create(evaluation=made, number=1, by=by, begun_at=at)
    record(by.username, "begin_evaluation", made, at, agent=agent.pk, purpose=str(purpose), picked=str(picked))
    return made


def check_may_evaluate(
    agent: Agent, purpose: Purpose, by: User, at: datetime, *, calibration: CalibrationContact | None = None
) -> None:
    """Nobody evaluates herself, except by herself; and only those whom the role that gives the right is for, or in a session
    the contact of which she was given sight."""
    if purpose == OF_ONESELF:
        if by.agent_id != agent.pk:
            raise Refused(_("only the agent can evaluate her- or himself"))
        return
    check_is_somebody_else(agent, by)
    wanted = RIGHT_FOR.get(purpose, Right.EVALUATE_OFFICIALLY)
    if not by.scope_on(at.date()).may(wanted):
        raise Refused(_("your role does not let you evaluate for this"), found=str(Purpose(purpose).label))
    if calibration is not None and Sight.objects.open_to(by, at.date()).filter(contact=calibration).exists():
        return
    if not may_mark(by, agent, at.date(), officially=wanted == Right.EVALUATE_OFFICIALLY):
        raise Refused(_("your role does not let you evaluate this agent"), found=str(Purpose(purpose).label))


def check_is_somebody_else(agent: Agent, by: User) -> None:
    """Nobody judges her- or himself: not by a second log-in either, nor where two turned out to be one person."""
    if is_oneself(by, agent):
        raise Refused(
            _("nobody evaluates her- or himself"), mend=_("mark this contact by yourself, which counts nowhere")
        )


def check_is_hers(evaluation: Evaluation, by: User) -> None:
    """Two may be found to be one person while she marks the other's contact: then these marks come from herself."""
    if evaluation.purpose != OF_ONESELF:
        check_is_somebody_else(evaluation.agent, by)
