"""How do teams lie below each other, and who may do what where?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.people import actions
from floorwalker.apps.people.access import find_managed_team, today
from floorwalker.apps.people.accounts import invitation_path
from floorwalker.apps.people.forms import Grant, LogIn, QueueLimit, TeamForm
from floorwalker.apps.people.models import Queue, RoleGrant, Team, User
from floorwalker.apps.people.queueing import queue_parameters, set_queue_parameter
from floorwalker.apps.people.teaming import add_team, change_team
from floorwalker.apps.people.views.log_ins import granter
from floorwalker.apps.people.views.roll import manager
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def team_tree(request: HttpRequest) -> HttpResponse:
    """All teams as a tree, and a new one."""
    user = manager(request)
    form = TeamForm(request.POST or None, user=user, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            add_team(**form.cleaned_data, by=user.username, at=timezone.now())
            return redirect("team_tree")
        except Refused as refused:
            form.add_error("name", str(tell(refused)))
    context = {"form": form, "tree": _tree(list(Team.objects.managed_by(user, today()).select_related("site")))}
    return render(request, "people/team_tree.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Branch:
    """A team, and the teams that are part of it."""

    team: Team
    parts: list[Branch]


def _tree(teams: list[Team]) -> list[Branch]:
    """The teams above which stands none of these, each with those below it."""
    known = {team.pk for team in teams}
    below: dict[int | None, list[Team]] = defaultdict(list)
    for team in teams:
        below[team.parent_id if team.parent_id in known else None].append(team)

    def branches(parent: int | None) -> list[Branch]:
        return [Branch(team, branches(team.pk)) for team in below.get(parent, [])]

    return branches(None)


@require_http_methods(["GET", "POST"])
def edit_team(request: HttpRequest, team_id: int) -> HttpResponse:
    """Rename a team, or put it below another."""
    user = manager(request)
    team = find_managed_team(user, team_id, today())
    known = {"name": team.name, "parent": team.parent, "site": team.site}
    form = TeamForm(request.POST or None, initial=known, user=user, on=today(), team=team)
    if request.method == "POST" and form.is_valid():
        try:
            change_team(team, **form.cleaned_data, by=user.username, at=timezone.now())
            return redirect("team_tree")
        except Refused as refused:
            form.add_error("parent", str(tell(refused)))
    return render(request, "people/edit_team.html", {"form": form, "team": team}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def queues(request: HttpRequest) -> HttpResponse:
    """By which limits each queue's service is counted, and another one."""
    user = manager(request)
    found = Queue.objects.managed_by(user, today())
    form = QueueLimit(request.POST or None, initial={"on": today()}, queues=found)
    if request.method == "POST" and form.is_valid():
        try:
            set_queue_parameter(**form.cleaned_data, by=user.username, at=timezone.now())
            return redirect("queues")
        except Refused as refused:
            form.add_error("value", str(tell(refused)))
    context = {
        "form": form,
        "queues": found.select_related("site").prefetch_related("parameters"),
        "usual": queue_parameters(),
    }
    return render(request, "people/queues.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def log_ins(request: HttpRequest) -> HttpResponse:
    """Who may log in, with which roles; and a new log-in with the link to its first password."""
    user = granter(request)
    form = LogIn(request.POST or None)
    invited = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            added = actions.add_user(
                said["username"],
                said["role"],
                by=user.username,
                at=timezone.now(),
                team=said["team"],
                agent=said["agent"],
            )
            invited = request.build_absolute_uri(invitation_path(added))
            form = LogIn()
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    users = User.objects.select_related("agent").prefetch_related("grants__team", "grants__site", "authenticator_set")
    context = {
        "form": form,
        "users": users.order_by("username"),
        "invited": invited,
        "grant": (grant := Grant(initial={"on": today()})),
        "offered": grant.offered(),
    }
    return render(request, "people/log_ins.html", context, status=422 if form.errors else 200)


@require_POST
def grant(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody a role from a day on."""
    by = granter(request)
    form = Grant(request.POST)
    whom = get_object_or_404(User, pk=user_id)
    if not form.is_valid():
        raise Refused("this role cannot be given", found="; ".join(f"{k}: {v[0]}" for k, v in form.errors.items()))
    said = form.cleaned_data
    actions.grant_role(
        whom, said["role"], from_day=said["on"], by=by, at=timezone.now(), team=said["team"], site=said["site"]
    )
    return redirect("log_ins")


@require_POST
def end_grant(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Take a role away from today on."""
    by = granter(request)
    actions.end_role(get_object_or_404(RoleGrant, pk=grant_id), on=today(), by=by, at=timezone.now())
    return redirect("log_ins")
