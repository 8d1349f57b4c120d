"""What happens when two agents turn out to be one person, or one to be two? Names move, facts stay.

A fact knows only the name in its source; whom that name stands for is asked when figures are read. So a merge moves names
and what hangs on them, keeps what it moved, and a split puts exactly that back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from floorwalker.apps.people.acting import action, publish_on_commit
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Identity, Membership, Merge, Standing, User
from floorwalker.errors import Refused

Stretch = tuple[date | None, date | None]
EVER, NEVER = date.min, date.max


@action
def merge_agents(agent: Agent, was: Agent, *, by: str, at: datetime, reason: str = "") -> Merge:
    """`was` is found to be `agent`: names, log-in, and teams of days on which `agent` has none, move over."""
    _check(agent, was)
    merge = Merge.objects.create(agent=agent, was=was, merged_at=at, merged_by=by, reason=reason[:300])
    moved = Identity.objects.filter(agent=was)
    merge.identities.set(moved)
    moved.update(agent=agent)
    for membership in was.memberships.all():
        for first, last in _without(_stretch(membership), [_stretch(m) for m in agent.memberships.all()]):
            Membership.objects.create(
                agent=agent,
                team=membership.team,
                from_day=first,
                to_day=last,
                merge=merge,
                entered_by=membership.entered_by,
            )
    _move_log_in(merge, was, agent)
    was.merged_into, agent.standing = agent, Standing.KNOWN
    was.save(update_fields=["merged_into"])
    agent.save(update_fields=["standing"])
    record(by, "merge_agents", agent, at, was=was.pk, names=merge.identities.count(), merge=merge.pk)
    publish_on_commit()
    return merge


@action
def split_agents(merge: Merge, *, by: str, at: datetime) -> Merge:
    """They are two after all: what the merge moved goes back; what was entered since stays where it was entered."""
    if merge.split_at is not None:
        raise Refused("these two are split already", found=f"split at {merge.split_at:%d %b %Y}")
    if merge.agent.merged_into is not None:
        raise Refused(
            f"{merge.agent} was found to be somebody else since",
            found=str(merge.agent.merged_into),
            mend="split those two first: the later merge is undone before the earlier",
        )
    merge.identities.filter(agent=merge.agent).update(agent=merge.was)
    merge.memberships.all().delete()
    if merge.user is not None:
        _give_log_in(merge.user, merge.was)
    merge.was.merged_into = None
    merge.was.save(update_fields=["merged_into"])
    merge.split_at, merge.split_by = at, by
    merge.save(update_fields=["split_at", "split_by"])
    record(by, "split_agents", merge.agent, at, again=merge.was.pk, merge=merge.pk)
    publish_on_commit()
    return merge


def _check(agent: Agent, was: Agent) -> None:
    if agent.pk == was.pk:
        raise Refused("somebody cannot be merged with her- or himself", mend="choose another person")
    for one in (agent, was):
        if one.merged_into is not None:
            raise Refused(f"{one} was found to be {one.merged_into} already", mend=f"merge with {one.merged_into}")
        if one.standing == Standing.IGNORED:
            raise Refused(f"{one} is marked as not a person", mend="say that it is one first")
    if _log_in(agent) is not None and _log_in(was) is not None:
        raise Refused(
            f"{agent} and {was} have a log-in each",
            found=f"{_log_in(agent)} and {_log_in(was)}",
            mend="end one of the log-ins first: one person has one",
        )


def _log_in(agent: Agent) -> User | None:
    return User.objects.filter(agent=agent).first()


def _move_log_in(merge: Merge, was: Agent, agent: Agent) -> None:
    user = _log_in(was)
    if user is not None:
        _give_log_in(user, agent)
        merge.user = user
        merge.save(update_fields=["user"])


def _give_log_in(user: User, agent: Agent) -> None:
    user.agent = agent
    user.save(update_fields=["agent"])


def _stretch(membership: Membership) -> Stretch:
    return membership.from_day, membership.to_day


def _without(whole: Stretch, taken: list[Stretch]) -> Iterator[Stretch]:
    """The parts of a stretch of days that none of the others covers; nulls are open ends."""
    first, last = whole[0] or EVER, whole[1] or NEVER
    for begins, ends in sorted((begins or EVER, ends or NEVER) for begins, ends in taken):
        if begins > first and min(begins, last) > first:
            yield _open(first, min(begins, last))
        first = max(first, ends)
    if first < last:
        yield _open(first, last)


def _open(first: date, last: date) -> Stretch:
    return None if first == EVER else first, None if last == NEVER else last
