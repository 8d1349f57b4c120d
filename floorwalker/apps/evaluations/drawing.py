"""What can be done about drawn contacts? Draw them, begin to mark one, set one aside: one transaction each."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.beginning import begin_evaluation
from floorwalker.apps.evaluations.contacts import part_of, queue_names
from floorwalker.apps.evaluations.models import Draw, Drawn, Evaluation, Picked, Purpose, SamplingPlan
from floorwalker.apps.evaluations.models.draws import LONGEST_WHY, SEED_BYTES
from floorwalker.apps.evaluations.populations import Markers, filter_of, last_known_day, markers_of, read_population
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import Refused
from floorwalker.insight.drawable import Drawable, Filter, to_draw
from floorwalker.stats.assigning import NOBODY, assign
from floorwalker.stats.sampling import Contacts, draw, lot

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class _Chosen:
    """One contact that came out, with its chance; none where it was looked for."""

    found: Drawable
    probability: float | None


def draw_plan(plan: SamplingPlan, *, by: User | None, at: datetime) -> Draw:
    """Draw the last week or month that was over; by nobody where the program does it by itself."""
    first, last = plan.ended_before(at.date())
    _check_can_draw(plan, first, last)
    asked, seed = filter_of(plan, first, last), secrets.token_hex(SEED_BYTES)
    found = read_population(asked)
    if not found:
        raise Refused(
            _("there is no contact to draw from"),
            found=f"{first} – {last}",
            mend=_("see whether the plan names the right teams, queues and channels"),
        )
    contacts = to_draw(found)
    chosen = [*_at_random(found, contacts, plan.quota, seed)]
    chosen += _for_a_reason(found, chosen, plan, seed)
    return _keep(plan, asked, contacts, chosen, markers_of(plan, at.date()), seed, by=by, at=at)


def _check_can_draw(plan: SamplingPlan, first: date, last: date) -> None:
    if plan.draws.filter(first_day=first).exists():
        raise Refused(
            _("these days were drawn already"),
            found=f"{first} – {last}",
            mend=_("a draw is made once, so that nobody draws until it pleases"),
        )
    if plan.to_day is not None and plan.to_day <= last:
        raise Refused(_("this plan has ended"), found=str(plan.to_day))
    if not plan.is_to_draw(first, last):
        raise Refused(
            _("this version of the plan begins later"), found=f"{first} – {last}", expected=str(plan.from_day)
        )
    known = last_known_day()
    if known is None or known < last:
        raise Refused(
            _("the facts do not reach the end of these days yet"),
            found=_("nothing is known yet") if known is None else str(known),
            expected=str(last),
            mend=_("draw when they are loaded: what comes later could not be drawn"),
        )
    if plan.form.published is None or plan.form.retired_at is not None:
        raise Refused(_("nothing is marked by this form"), mend=_("choose a form that is in use"))


def _at_random(found: Sequence[Drawable], contacts: Contacts, quota: int, seed: str) -> Iterator[_Chosen]:
    sample = draw(contacts, quota, seed)
    for row, chance in zip(sample.row.tolist(), sample.probability.tolist(), strict=True):
        yield _Chosen(found[row], chance)


def _for_a_reason(
    found: Sequence[Drawable], chosen: Sequence[_Chosen], plan: SamplingPlan, seed: str
) -> Iterator[_Chosen]:
    """Besides what chance chose, from which it takes nothing: by agent those with a reason, the weightiest first."""
    taken = {one.found.segment_key for one in chosen}
    wanted = [one for one in found if one.cause in plan.causes and one.segment_key not in taken]
    order = [*plan.causes]
    wanted.sort(key=lambda one: (order.index(one.cause), lot(seed, "reason", one.segment_key.hex())))
    left = dict.fromkeys({one.agent for one in wanted}, plan.targeted)
    for one in wanted:
        if left[one.agent]:
            left[one.agent] -= 1
            yield _Chosen(one, None)


@action
def _keep(
    plan: SamplingPlan,
    asked: Filter,
    contacts: Contacts,
    chosen: Sequence[_Chosen],
    markers: Markers,
    seed: str,
    *,
    by: User | None,
    at: datetime,
) -> Draw:
    _check_can_draw(plan, asked.first, asked.last)
    name = SYSTEM if by is None else by.username
    made = Draw.objects.create(
        plan=plan,
        first_day=asked.first,
        last_day=asked.last,
        quota=plan.quota,
        seed=seed,
        kept=asked.written(),
        population=len(contacts.key),
        digest=contacts.digest,
        by_agent={str(agent): [len(hers.key), hers.digest] for agent, hers in contacts.by_agent()},
        drawn_by=name,
        drawn_at=at,
    )
    _give(made, plan, chosen, markers)
    random = sum(one.probability is not None for one in chosen)
    record(name, "draw_plan", made, at, plan=plan.pk, drawn=random, targeted=len(chosen) - random, **sealed_of(made))
    return made


def sealed_of(made: Draw) -> dict[str, object]:
    """What the audit trail keeps of a draw, so that it cannot be exchanged for another one."""
    return {
        "first": made.first_day.isoformat(),
        "last": made.last_day.isoformat(),
        "quota": made.quota,
        "seed": made.seed,
        "population": made.population,
        "digest": made.digest,
    }


def _give(made: Draw, plan: SamplingPlan, chosen: Sequence[_Chosen], markers: Markers) -> None:
    """Give every contact to an evaluator by lot, and some to a second one."""
    keys = [one.found.segment_key.hex() for one in chosen]
    may, own = markers.flags([one.found.agent for one in chosen])
    lots = assign(keys, may, own, outside=plan.outside, twice=plan.twice, seed=made.seed)
    names = queue_names({one.found.queue_key for one in chosen})

    def given(row: int, evaluator: int, first: Drawn | None) -> Drawn:
        one = _drawn(made, chosen[row], names)
        one.second_of = first
        if evaluator != NOBODY:
            one.evaluator, one.own_team = markers.users[evaluator], bool(own[row, evaluator])
        return one

    firsts = [given(row, int(evaluator), None) for row, evaluator in enumerate(lots.first)]
    Drawn.objects.bulk_create(firsts, batch_size=ROWS_AT_ONCE)
    seconds = [given(row, int(who), firsts[row]) for row, who in enumerate(lots.second) if who != NOBODY]
    Drawn.objects.bulk_create(seconds, batch_size=ROWS_AT_ONCE)


def _drawn(made: Draw, chosen: _Chosen, names: dict[bytes, str]) -> Drawn:
    found = chosen.found
    return Drawn(
        draw=made,
        contact_key=found.contact_key,
        segment_key=found.segment_key,
        identity_key=found.identity_key,
        agent_id=found.agent,
        site_key=found.site_key,
        queue_key=found.queue_key,
        queue=names.get(found.queue_key or b"", "")[:200],
        channel=found.channel[:20],
        reason=found.reason[:200],
        contact_at=found.entered_at,
        local_day=found.local_day,
        picked=Picked.TARGETED if chosen.probability is None else Picked.RANDOM,
        cause=str(found.cause or "") if chosen.probability is None else "",
        probability=chosen.probability,
    )


@action
def begin_drawn(drawn: Drawn, *, by: User, at: datetime) -> Evaluation:
    """Begin to mark a drawn contact: officially, or as the second of two for agreement alone."""
    drawn = Drawn.objects.select_for_update(of=("self",)).select_related("agent", "draw__plan__form").get(pk=drawn.pk)
    if drawn.evaluation is not None:
        return drawn.evaluation
    if drawn.evaluator_id != by.pk or drawn.set_aside_at is not None:
        raise Refused(_("this contact is not waiting for you"))
    part = part_of(drawn.agent, bytes(drawn.segment_key), drawn.local_day)
    version = drawn.draw.plan.form.published
    if part is None:
        raise Refused(
            _("this contact is no longer known as this agent's"), mend=_("set it aside, and say that it was corrected")
        )
    if version is None:
        raise Refused(_("nothing is marked by this form"), mend=_("choose a form that is in use"))
    purpose = Purpose.CALIBRATION if drawn.is_blind else Purpose.OFFICIAL
    made = begin_evaluation(
        *(part, drawn.agent, version, purpose), picked=Picked(drawn.picked), chance=drawn.probability, by=by, at=at
    )
    drawn.evaluation = made
    drawn.save(update_fields=["evaluation"])
    return made


@action
def set_aside(drawn: Drawn, why: str, *, by: User, at: datetime) -> Drawn:
    """Let a drawn contact be, with a reason: its evaluator, or whoever makes plans. It is kept that it was drawn."""
    drawn = Drawn.objects.select_for_update(of=("self",)).get(pk=drawn.pk)
    if drawn.evaluator_id != by.pk and not by.scope_on(at.date()).may(Right.MANAGE_FORMS):
        raise Refused(_("this contact is not waiting for you"))
    if drawn.evaluation_id is not None or drawn.set_aside_at is not None:
        raise Refused(_("this contact is not waiting any more"))
    if not why.strip():
        raise Refused(
            _("say why it is set aside"), mend=_("whoever reads the draw must see that nobody picked what suited her")
        )
    drawn.set_aside_at, drawn.set_aside_by, drawn.set_aside_why = at, by, why.strip()[:LONGEST_WHY]
    drawn.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    # Not why, which may name somebody and must stay correctable.
    record(by.username, "set_aside_drawn", drawn, at, draw=drawn.draw_id)
    return drawn
