"""Which contacts does a calibration session mark? Chosen by hand, or drawn by chance from what a sampling plan draws from."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.evaluations.contacts import identities_of, queue_names
from floorwalker.apps.evaluations.models import (
    CalibrationContact,
    CalibrationSession,
    Evaluation,
    Every,
    Picked,
    SamplingPlan,
    Stage,
)
from floorwalker.apps.evaluations.models.draws import SEED_BYTES
from floorwalker.apps.evaluations.populations import filter_of, last_known_day, read_population
from floorwalker.apps.evaluations.sighting import check_may_give, give_sight
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused
from floorwalker.insight.drawable import Drawable, Filter, to_draw
from floorwalker.insight.parts import Part
from floorwalker.stats.sampling import lot

MOST_CONTACTS = 20


@action
def add_contact(
    session: CalibrationSession, part: Part, agent: Agent, *, sight: bool = False, by: User, at: datetime
) -> CalibrationContact:
    """Add a contact that somebody chose; every participant must be able to mark it, and to mark it blind.

    sight: give sight of it to those whose roles do not reach it.
    """
    session = check_may_choose(session, at)
    _check_has_room(session, 1)
    if part.identity_key not in identities_of(agent):
        raise Refused(_("this contact was not this agent's"))
    kept = [user for user in session.participants.all() if agent.pk not in reached_by([user], at)]
    if kept and sight:
        check_may_give(agent, kept, by=by, at=at)
    elif kept:
        raise Refused(
            _("not everybody may mark this agent"),
            found=", ".join(map(str, kept)),
            mend=_("choose an agent whom all participants may evaluate, other participants, or give them sight of it"),
        )
    knowing = [user for user in session.participants.all() if known_to(user, [part.contact_key])]
    if knowing:
        raise Refused(
            _("somebody has marked or read marks of this contact already, and would not mark it blind"),
            found=", ".join(map(str, knowing)),
        )
    if session.contacts.filter(segment_key=part.segment_key).exists():
        raise Refused(_("this contact is in the session already"))
    made = CalibrationContact.objects.create(
        session=session,
        contact_key=part.contact_key,
        segment_key=part.segment_key,
        identity_key=part.identity_key,
        agent=agent,
        queue=queue_names([part.queue_key]).get(part.queue_key or b"", "")[:200],
        channel=part.channel[:20],
        reason=part.reason[:200],
        contact_at=part.entered_at,
        local_day=part.local_day,
        picked=Picked.HAND,
    )
    record(by.username, "add_calibration_contact", session, at, contact=made.pk, agent=agent.pk)
    if kept:
        give_sight(made, kept, by=by, at=at)
    return made


@action
def draw_contacts(
    session: CalibrationSession, plan: SamplingPlan, many: int, *, by: User, at: datetime
) -> CalibrationSession:
    """Draw contacts of the last whole week or month of a plan: each that all participants can mark blind alike likely."""
    session = check_may_choose(session, at)
    if session.seed:
        raise Refused(
            _("chance has chosen for this session already"),
            mend=_("a draw is made once, so that nobody draws until it pleases"),
        )
    if not 1 <= many <= MOST_CONTACTS:
        raise Refused(_("this is no number of contacts"), found=str(many), expected=f"1 – {MOST_CONTACTS}")
    _check_has_room(session, many)
    # A week or month whose last day is loaded is over.
    loaded = last_known_day()
    first, last = Every(plan.every).ended_before(
        at.date() if loaded is None else min(at.date(), loaded + timedelta(days=1))
    )
    agents, whole = reached_by(session.participants.all(), at), filter_of(plan, first, last)
    asked = replace(whole, agents={key: agent for key, agent in whole.agents.items() if agent in agents})
    found = read_population(asked)
    left_out = known_to_any(session.participants.all(), [one.contact_key for one in found])
    left_out |= {bytes(key) for key in session.contacts.values_list("contact_key", flat=True)}
    found = [one for one in found if one.contact_key not in left_out]
    if len(found) < many:
        raise Refused(
            _("there are too few contacts that all participants could mark blind"),
            found=str(len(found)),
            expected=str(many),
            mend=_("ask for fewer, or choose other participants: everybody's role must reach the agents"),
        )
    seed, contacts = secrets.token_hex(SEED_BYTES), to_draw(found)
    session.plan, session.seed, session.kept = plan, seed, _kept(asked, left_out)
    session.population, session.digest = len(found), contacts.digest
    session.save(update_fields=["plan", "seed", "kept", "population", "digest"])
    names = queue_names({one.queue_key for one in found})
    CalibrationContact.objects.bulk_create(
        _drawn(session, one, many / len(found), names) for one in _by_lot(found, seed)[:many]
    )
    sealed = {"seed": seed, "population": len(found), "digest": contacts.digest, "first": first.isoformat()}
    record(by.username, "draw_calibration", session, at, plan=plan.pk, drawn=many, **sealed)
    return session


def _kept(asked: Filter, left_out: Collection[bytes]) -> dict[str, Any]:
    """Everything that the draw went by: its filter, and which contacts of it somebody knew."""
    return asked.written() | {"left_out": sorted(key.hex() for key in left_out)}


def _by_lot(found: Sequence[Drawable], seed: str) -> list[Drawable]:
    return sorted(found, key=lambda one: lot(seed, "calibration", one.segment_key.hex()))


class Proof(StrEnum):
    """What came out when a session's contacts were drawn again."""

    SAME = "same"
    CORRECTED = "corrected"  # the facts are no longer those that were drawn from
    OTHER = "other"  # they are, and something else comes out


def draw_again(session: CalibrationSession) -> Proof:
    """Draw again from what was kept, and compare."""
    left_out = set(session.kept["left_out"])
    found = [one for one in read_population(Filter.read(session.kept)) if one.contact_key.hex() not in left_out]
    if to_draw(found).digest != session.digest:
        return Proof.CORRECTED
    drawn = session.contacts.filter(picked=Picked.RANDOM).values_list("segment_key", flat=True)
    kept = {bytes(key) for key in drawn}
    again = {one.segment_key for one in _by_lot(found, session.seed)[: len(kept)]}
    return Proof.SAME if again == kept else Proof.OTHER


def _drawn(session: CalibrationSession, one: Drawable, chance: float, names: dict[bytes, str]) -> CalibrationContact:
    return CalibrationContact(
        session=session,
        contact_key=one.contact_key,
        segment_key=one.segment_key,
        identity_key=one.identity_key,
        agent_id=one.agent,
        queue=names.get(one.queue_key or b"", "")[:200],
        channel=one.channel[:20],
        reason=one.reason[:200],
        contact_at=one.entered_at,
        local_day=one.local_day,
        picked=Picked.RANDOM,
        probability=chance,
    )


@action
def remove_contact(contact: CalibrationContact, *, by: User, at: datetime) -> None:
    """Take back a contact that somebody chose, before anybody has begun; what chance chose stays."""
    session = check_may_choose(contact.session, at)
    if contact.picked != Picked.HAND:
        raise Refused(_("what chance chose is not taken out"), mend=_("call the session off, and call another one"))
    record(by.username, "remove_calibration_contact", session, at, contact=contact.pk)
    contact.delete()


def check_may_choose(session: CalibrationSession, at: datetime) -> CalibrationSession:
    """The session as it is now, where its contacts may still change: before anybody has begun to mark."""
    session = CalibrationSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.stage(at.date()) not in (Stage.PLANNED, Stage.BLIND):
        raise Refused(_("this session is past its blind phase, and stays as it was"))
    if Evaluation.objects.filter(calibration__session=session).exists():
        raise Refused(_("somebody has begun to mark: the contacts of the session stay as they are"))
    return session


def _check_has_room(session: CalibrationSession, more: int) -> None:
    """Refuse more contacts than people can talk over."""
    known = session.contacts.count()
    if known + more > MOST_CONTACTS:
        said = ngettext(
            "a session has %(most)d contact at most", "a session has %(most)d contacts at most", MOST_CONTACTS
        )
        raise Refused(said % {"most": MOST_CONTACTS}, found=str(known + more))


def reached_by(users: Iterable[User], at: datetime) -> set[int]:
    """The agents whom all of these people may mark; nobody marks herself."""
    reached: set[int] | None = None
    for user in users:
        hers = set(Agent.objects.evaluated_by(user, at.date()).values_list("pk", flat=True))
        reached = hers if reached is None else reached & hers
    return reached or set()


def known_to_any(users: Iterable[User], contacts: list[bytes]) -> set[bytes]:
    """Of these contacts those of which somebody among the users knows marks."""
    return {key for user in users for key in known_to(user, contacts)}


def known_to(user: User, contacts: list[bytes]) -> set[bytes]:
    """Of these contacts those that the user has marked, or of which she has read marks."""
    own = Evaluation.objects.filter(markings__by=user) | Evaluation.objects.filter(openings__user=user)
    wanted = set(contacts)
    known = own.filter(contact_key__in=contacts) if len(contacts) < MOST_ASKED else own
    return {bytes(key) for key in known.values_list("contact_key", flat=True)} & wanted


# A database takes so many values in one question at most; where there are more, all that somebody knows is read.
MOST_ASKED = 500
