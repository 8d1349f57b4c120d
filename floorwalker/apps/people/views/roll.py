"""Who is on the floor, and what is known of each? The roll of people, and one person's page with what can be changed there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.people import actions, describing, merging
from floorwalker.apps.people.access import find_managed_agent, require, team_of, teams_of, today, user_of
from floorwalker.apps.people.forms import Details, Move, Pattern, Skills
from floorwalker.apps.people.models import Agent, AuditEntry, Merge, Right, Skill, Standing, Team, User, WorkingPattern
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

PEOPLE_PER_PAGE = 50
ENTRIES_SHOWN = 30


def manager(request: HttpRequest) -> User:
    """Who is asking, where she or he may manage people."""
    user = user_of(request)
    require(user, Right.MANAGE_PEOPLE, today())
    return user


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody on the floor, by name; those who left and what is not a person when asked for."""
    user = manager(request)
    asked, shown = request.GET.get("q", "").strip()[:100], request.GET.get("show", "")
    found = Agent.objects.managed_by(user, today()).filter(merged_into=None)
    found = found.filter(standing=Standing.IGNORED) if shown == "ignored" else found.exclude(standing=Standing.IGNORED)
    if shown == "left":
        found = found.filter(left_on__lt=today())
    elif not shown:
        found = found.filter(Q(left_on=None) | Q(left_on__gte=today()))
    if asked:
        found = found.filter(
            Q(name__icontains=asked) | Q(identities__name__icontains=asked) | Q(staff_number=asked)
        ).distinct()
    page = Paginator(found.prefetch_related("identities"), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    teams = teams_of(list(page), today())
    rows = [(agent, teams.get(agent.pk)) for agent in page]
    unmatched = Agent.objects.managed_by(user, today()).on_the_floor().filter(standing=Standing.SEEN).count()
    context = {"page": page, "rows": rows, "asked": asked, "shown": shown, "unmatched": unmatched}
    return render(request, "people/people.html", context)


@require_GET
def person(request: HttpRequest, agent_id: int) -> HttpResponse:
    """What is known of this person, since when, and who said so?"""
    user = manager(request)
    return _page(request, user, find_managed_agent(user, agent_id, today()))


def _page(request: HttpRequest, user: User, agent: Agent, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    pattern = WorkingPattern.objects.on(today()).filter(agent=agent).first()
    tenure = agent.tenure_months(today())
    skills = Skill.objects.on(today()).filter(agent=agent)
    given: dict[str, Any] = {
        "details": Details(initial={name: getattr(agent, name) for name in Details.base_fields}),
        "move": Move(initial={"on": today()}, teams=Team.objects.managed_by(user, today())),
        "pattern": Pattern(initial={"on": today(), **_hours(pattern)}),
        "skills": Skills(initial={"on": today(), "skills": "\n".join(skill.name for skill in skills)}),
    }
    context = (
        given
        | (wrong or {})
        | {
            "agent": agent,
            "team": team_of(agent, today()),
            "present_pattern": pattern,
            "present_skills": skills,
            "tenure": None if tenure is None else round(tenure),
            "identities": agent.identities.order_by("source", "name"),
            "memberships": agent.memberships.select_related("team", "entered_by").order_by("-from_day"),
            "merges": agent.merges_into.select_related("was"),
            "others": Agent.objects.managed_by(user, today()).on_the_floor().exclude(pk=agent.pk),
            "log_in": User.objects.filter(agent=agent).first(),
            "history": AuditEntry.objects.filter(subject=f"agent:{agent.pk}").order_by("-id")[:ENTRIES_SHOWN],
            "problem": next(iter((wrong or {}).values()), None),
        }
    )
    return render(request, "people/person.html", context, status=422 if wrong else 200)


def _hours(pattern: WorkingPattern | None) -> dict[str, float]:
    return {} if pattern is None else {f"day{n}": minutes / 60 for n, minutes in enumerate(pattern.minutes)}


Act = Callable[[Agent, Any, User], object]


def _changed(request: HttpRequest, agent_id: int, name: str, form: forms.Form, act: Act) -> HttpResponse:
    """One form of a person's page: done, and back to the page; or the page again with what is wrong."""
    user = manager(request)
    agent = find_managed_agent(user, agent_id, today())
    if form.is_valid():
        try:
            act(agent, form, user)
            return redirect("person", agent.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return _page(request, user, agent, {name: form})


@require_POST
def describe(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Write down what is known of somebody."""

    def act(agent: Agent, form: Details, user: User) -> object:
        known = {name: getattr(agent, name) for name in form.fields if name not in form.changed_data}
        said = describing.Description(**form.cleaned_data | known)
        return describing.describe_agent(agent, said, by=user.username, at=timezone.now())

    return _changed(request, agent_id, "details", Details(request.POST), act)


@require_POST
def move(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Put somebody into a team from a day on, in the past too."""

    def act(agent: Agent, form: Move, user: User) -> object:
        team, on = form.cleaned_data["team"], form.cleaned_data["on"]
        if team is None:
            return actions.leave_team(agent, on=on, by=user, at=timezone.now())
        return actions.join_team(agent, team, on=on, by=user, at=timezone.now())

    teams = Team.objects.managed_by(manager(request), today())
    return _changed(request, agent_id, "move", Move(request.POST, teams=teams), act)


@require_POST
def work(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Set somebody's working pattern from a day on."""

    def act(agent: Agent, form: Pattern, user: User) -> object:
        return describing.set_working_pattern(
            agent, form.minutes, on=form.cleaned_data["on"], by=user.username, at=timezone.now()
        )

    return _changed(request, agent_id, "pattern", Pattern(request.POST), act)


@require_POST
def skills(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Set somebody's skills from a day on."""

    def act(agent: Agent, form: Skills, user: User) -> object:
        names = form.cleaned_data["skills"].splitlines()
        return describing.set_skills(agent, names, on=form.cleaned_data["on"], by=user.username, at=timezone.now())

    return _changed(request, agent_id, "skills", Skills(request.POST), act)


@require_POST
def merge(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Find somebody else to be this person."""
    user = manager(request)
    agent = find_managed_agent(user, agent_id, today())
    named = request.POST.get("was", "")
    if not named.isdecimal() or len(named) > 9:
        raise Http404
    was = find_managed_agent(user, int(named), today())
    merging.merge_agents(
        agent, was, by=user.username, at=timezone.now(), reason=request.POST.get("reason", "").strip()[:300]
    )
    return redirect("person", agent.pk)


@require_POST
def split(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Put back what a merge moved."""
    user = manager(request)
    merge = get_object_or_404(Merge, pk=merge_id)
    find_managed_agent(user, merge.agent_id, today())
    done = merging.split_agents(merge, by=user.username, at=timezone.now())
    return redirect("person", done.agent.pk)
