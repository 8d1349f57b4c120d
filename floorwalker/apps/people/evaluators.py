"""Under which key does the lake know somebody who evaluates here, and what is whoever evaluated called?"""

from __future__ import annotations

from datetime import date

from floorwalker.apps.people.models import Evaluator, User
from floorwalker.facts.current import RECORDS
from floorwalker.facts.keys import fact_key
from floorwalker.facts.tables import Refers

ORIGIN = "evaluations"


def evaluator_key(user: User) -> bytes:
    """The key that stands for this log-in in the facts."""
    return fact_key(RECORDS, ORIGIN, Refers.EVALUATOR, str(user.pk))


def know_evaluator(user: User, on: date) -> None:
    """Keep that this log-in evaluates, so that its key has a name; within an action."""
    told = {"source": RECORDS, "origin": ORIGIN, "name": user.username, "first_day": on, "last_day": on, "user": user}
    found, new = Evaluator.objects.get_or_create(key=evaluator_key(user), defaults=told)
    if not new and on > found.last_day:
        found.last_day = on
        found.save(update_fields=["last_day"])


def evaluator_names() -> dict[bytes, str]:
    """By key, what everybody who evaluated is called: a log-in by its present name, others as their source writes them."""
    found = Evaluator.objects.select_related("user")
    return {bytes(one.key): one.name if one.user is None else str(one.user) for one in found}
