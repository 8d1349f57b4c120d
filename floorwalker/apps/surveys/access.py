"""Who may see what customers say, and who decides how they are asked?"""

from __future__ import annotations

from datetime import date

from django.http import Http404

from floorwalker.apps.people.access import only, require
from floorwalker.apps.people.models import Right, Scope, User
from floorwalker.apps.surveys.models import Answer, Plan, Survey
from floorwalker.insight.scorecard import Where


def require_managing(user: User, on: date) -> None:
    """The user may decide how customers are asked; else there is no such page."""
    require(user, Right.MANAGE_SURVEYS, on)


def require_hearing(user: User, on: date) -> Scope:
    """The user may see what is said of others or of her- or himself, or decides what is asked; else there is no such page."""
    scope = user.scope_on(on)
    rights = (Right.SEE_FIGURES_OF_AGENTS, Right.SEE_FIGURES_OF_CENTRE, Right.MANAGE_SURVEYS)
    if scope.agent is None and not any(scope.may(right) for right in rights):
        raise Http404
    return scope


def find_survey(user: User, survey_id: int, on: date) -> Survey:
    """The survey, for whoever decides about surveys; else it is not there."""
    require_managing(user, on)
    return only(Survey.objects.filter(pk=survey_id).first())


def find_plan(user: User, plan_id: int, on: date) -> Plan:
    """The plan, for whoever decides about surveys; else it is not there."""
    require_managing(user, on)
    return only(Plan.objects.filter(pk=plan_id).select_related("survey").first())


def find_answer(user: User, answer_id: int, on: date) -> Answer:
    """An answer that the user may read, for whoever decides about surveys; else it is not there."""
    require_managing(user, on)
    return only(Answer.objects.in_words().visible_to(user, on).filter(pk=answer_id).first())


def figures_of(scope: Scope) -> Where | None:
    """Whose figures the user sees: the centre's, her sites', everybody's, her teams', her own; None for nobody's."""
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        return {"site": tuple(bytes(site.key) for site in scope.sites)} if scope.sites else {}
    if scope.everything:
        return {}
    if scope.teams:
        return {"team": tuple(bytes(team.key) for team in scope.teams)}
    return {"agent": (bytes(scope.agent.key),)} if scope.agent is not None else None
