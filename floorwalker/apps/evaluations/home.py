"""What of evaluations does a home page show? To evaluators what waits for them; to an agent what was found and not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.evaluations.models import Evaluation, Purpose
from floorwalker.apps.evaluations.queueing import queue_of
from floorwalker.apps.people.models import Right, User
from floorwalker.ui.parts import Part, Step

PLACE = 20
# Below what a person may be missing in her own work, above what only can be looked at.
WEIGHT = 35


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The evaluator's queue, where something is in it; the agent's new evaluations."""
    scope = user.scope_on(at.date())
    if scope.may(Right.EVALUATE):
        queue = queue_of(user, at.date())
        if queue.count:
            said = ngettext("%(n)d evaluation waits for you.", "%(n)d evaluations wait for you.", queue.count)
            step = Step(said % {"n": queue.count}, _("See what waits"), reverse("my_queue"), WEIGHT)
            yield Part(PLACE, "evaluations/_home_queue.html", {"queue": queue}, step)
    if scope.agent is not None:
        new = Evaluation.objects.unanswered(scope.agent, at.date()).with_words()
        asked = tuple(Evaluation.objects.to_mark(user).filter(purpose__in=(Purpose.SELF, Purpose.PEER)).with_words())
        if asked and not new:
            yield Part(PLACE, "evaluations/_home_agent.html", {"asked": asked})
        if new:
            said = ngettext(
                "%(n)d evaluation of your contacts is new.", "%(n)d evaluations of your contacts are new.", len(new)
            )
            step = Step(said % {"n": len(new)}, _("Read and answer"), reverse("evaluation", args=[new[0].pk]), WEIGHT)
            yield Part(PLACE, "evaluations/_home_agent.html", {"new": new, "asked": asked}, step)
