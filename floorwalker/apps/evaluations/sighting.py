"""How does somebody see one contact for a calibration session that her roles do not reach, and nothing else of its agent?

Leaders of two teams reach no agent in common. Whoever leads the session and may hear the contact herself gives them sight of
it: of this contact, for this session, until it is closed. It is in the trail, and each listen names the session.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.access import is_oneself
from floorwalker.apps.evaluations.models import TO_TALK, CalibrationContact, CalibrationSession, Sight
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.errors import Refused


def check_may_give(agent: Agent, to: Iterable[User], *, by: User, at: datetime) -> None:
    """Refuse where whoever gives does not hear the agent, or whoever gets it could neither mark nor hear anybody, or is the agent."""
    if not Agent.objects.heard_by(by, at.date()).filter(pk=agent.pk).exists() or is_oneself(by, agent):
        raise Refused(_("your own role does not reach this agent"), mend=_("choose a contact that you may hear"))
    for user in to:
        scope = user.scope_on(at.date())
        if is_oneself(user, agent):
            raise Refused(_("nobody evaluates her- or himself"), found=str(user))
        if not user.is_active or not (scope.may(Right.EVALUATE) and scope.may(Right.LISTEN)):
            raise Refused(_("the role of this person does not let her hear and mark contacts"), found=str(user))


def give_sight(contact: CalibrationContact, to: Collection[User], *, by: User, at: datetime) -> None:
    """Within an action: let these participants hear and mark this contact until the session is closed."""
    check_may_give(contact.agent, to, by=by, at=at)
    until = contact.session.due + TO_TALK
    given = {"given_by": by, "given_at": at, "from_day": at.date(), "until": until}
    Sight.objects.bulk_create(Sight(contact=contact, user=user, **given) for user in to)
    told = {"contact": contact.pk, "agent": contact.agent_id, "to": sorted(user.username for user in to)}
    record(by.username, "give_sight", contact.session, at, until=until.isoformat(), **told)


def end_sights(session: CalibrationSession, *, by: User, at: datetime) -> None:
    """Within an action that ends a session: nobody sees its contacts for it any more."""
    ended = Sight.objects.filter(contact__session=session, ended_at=None).update(ended_at=at)
    if ended:
        record(by.username, "end_sights", session, at, ended=ended)


def contacts_seen(user: User, on: date) -> QuerySet[Any, Any]:
    """The keys of the contacts whose recordings a user may hear for a session, while some role lets her hear anybody."""
    found = Sight.objects.open_to(user, on)
    if not user.scope_on(on).may(Right.LISTEN):
        found = found.none()
    return found.order_by().values_list("contact__contact_key", flat=True)


def seen_for(user: User, contact_keys: Collection[bytes], on: date) -> str:
    """For which session a user may hear one of these contacts, by its name; nothing where a role of hers reaches it."""
    found = Sight.objects.open_to(user, on).filter(contact__contact_key__in=contact_keys)
    return found.values_list("contact__session__name", flat=True).first() or ""
