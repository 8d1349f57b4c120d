"""What of evaluations does a home page show? To evaluators what waits for them; to an agent what was found and not answered, and
what was decided upon her appeals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.evaluations.models import CalibrationSession, Evaluation, Purpose
from floorwalker.apps.evaluations.queueing import drawn, queue_of, to_release
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.people.probing import any_of
from floorwalker.ui.parts import Part, Step

PLACE = 20
# Below what a person may be missing in her own work, above what only can be looked at.
WEIGHT = 35


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The evaluator's queue, where something is in it; the agent's new evaluations."""
    scope = user.scope_on(at.date())
    if scope.may(Right.EVALUATE):
        queue = queue_of(user, at.date()) if _waits(user, at.date()) else None
        if queue is not None and queue.count:
            said = ngettext("%(n)d evaluation waits for you.", "%(n)d evaluations wait for you.", queue.count)
            step = Step(said % {"n": queue.count}, _("See what waits"), reverse("my_queue"), WEIGHT)
            yield Part(PLACE, "evaluations/_home_queue.html", {"queue": queue}, step)
    if scope.agent is not None:
        to_read = list(Evaluation.objects.to_read(scope.agent, at.date()).with_words())
        new = [one for one in to_read if not hasattr(one, "appeal")]
        decided = [one for one in to_read if hasattr(one, "appeal")]
        asked = tuple(Evaluation.objects.to_mark(user).filter(purpose__in=(Purpose.SELF, Purpose.PEER)).with_words())
        if (asked or decided) and not new:
            yield Part(PLACE, "evaluations/_home_agent.html", {"decided": decided, "asked": asked})
        if new:
            said = ngettext(
                "%(n)d evaluation of your contacts is new.", "%(n)d evaluations of your contacts are new.", len(new)
            )
            step = Step(said % {"n": len(new)}, _("Read and answer"), reverse("evaluation", args=[new[0].pk]), WEIGHT)
            yield Part(PLACE, "evaluations/_home_agent.html", {"new": new, "decided": decided, "asked": asked}, step)


def _waits(user: User, on: date) -> bool:
    """Whether anything may be in the queue: of who decides appeals it is asked in any case."""
    if user.scope_on(on).may(Right.EVALUATE_OFFICIALLY):
        return True
    found = any_of(
        user,
        to_mark=Evaluation.objects.to_mark(user),
        to_release=to_release(user),
        drawn=drawn(user),
        calibrations=CalibrationSession.objects.waiting_for(user, on),
    )
    return any(found.values())
