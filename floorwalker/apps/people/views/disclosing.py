"""What is kept of me, or of somebody who asks for it? A page, and a file with all of it.

The person herself reads what the product shows her anyway, in one place and without others' names. All of it, with leaders' own
notes, is given out by whoever watches over privacy, who takes out what is somebody else's: by leaving out names, and by reading.
"""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.disclosing import Whose, gather
from floorwalker.apps.people.handing_out import as_archive, note_disclosed
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.people.taking_out import check_taking_out

# Of each kind the first few stand on the page; the file has them all.
FEW = 10
MOST_FOUND = 50


@never_cache
@require_GET
def kept_of_me(request: HttpRequest) -> HttpResponse:
    """What the product keeps of the reader, as far as it shows her."""
    return _page(request, user_of(request), own=True)


@never_cache
@require_GET
def kept_of_me_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    return _file(request, user_of(request), own=True)


@never_cache
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Of whom is it asked what is kept? By a part of a name."""
    require(user_of(request), Right.DISCLOSE, today())
    wanted = request.GET.get("q", "").strip()[:100]
    agents, users = Agent.objects.none(), User.objects.none()
    if wanted:
        agents = Agent.objects.on_the_floor().filter(Q(name__icontains=wanted) | Q(staff_number=wanted))
        users = User.objects.filter(agent=None).filter(
            Q(username__icontains=wanted) | Q(first_name__icontains=wanted) | Q(last_name__icontains=wanted)
        )
    context = {"wanted": wanted, "agents": agents[:MOST_FOUND], "users": users.order_by("username")[:MOST_FOUND]}
    return render(request, "people/privacy.html", context)


@never_cache
@require_GET
def kept_of_agent(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Everything that is kept of somebody who handles contacts, for whoever watches over privacy."""
    return _page(request, _find_agent(request, agent_id), own=False)


@never_cache
@require_GET
def kept_of_agent_file(request: HttpRequest, agent_id: int) -> HttpResponse:
    """The same as a file."""
    return _file(request, _find_agent(request, agent_id), own=False)


@never_cache
@require_GET
def kept_of_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Everything that is kept of somebody who logs in and handles no contacts."""
    return _page(request, _find_user(request, user_id), own=False)


@never_cache
@require_GET
def kept_of_user_file(request: HttpRequest, user_id: int) -> HttpResponse:
    """The same as a file."""
    return _file(request, _find_user(request, user_id), own=False)


def _find_agent(request: HttpRequest, agent_id: int) -> Agent:
    require(user_of(request), Right.DISCLOSE, today())
    return only(Agent.objects.filter(pk=agent_id).first()).person


def _find_user(request: HttpRequest, user_id: int) -> User:
    require(user_of(request), Right.DISCLOSE, today())
    return only(User.objects.filter(pk=user_id).first())


def _whose(about: Agent | User) -> Whose:
    if isinstance(about, User):
        return Whose.of(agents=about.oneself(), users=frozenset({about.pk}))
    return Whose.of(agents=about.numbers_of_person(), users=frozenset())


def _names(request: HttpRequest, own: bool) -> bool:
    """Whether others are named: never to the person herself here."""
    return not own and request.GET.get("names") != "no"


def _page(request: HttpRequest, about: Agent | User, *, own: bool) -> HttpResponse:
    names = _names(request, own)
    sections = gather(_whose(about), own=own, names=names)
    note_disclosed(about, sections, names=names, by=user_of(request), at=timezone.now())
    shown = [(one, one.entries[:FEW], len(one.entries)) for one in sections]
    context = {"about": about, "own": own, "names": names, "shown": shown, "is_log_in": isinstance(about, User)}
    return render(request, "people/kept.html", context)


def _file(request: HttpRequest, about: Agent | User, *, own: bool) -> HttpResponse:
    names, user, at = _names(request, own), user_of(request), timezone.now()
    sections = gather(_whose(about), own=own, names=names)
    check_taking_out(request, rows=sum(len(one.entries) for one in sections), whole_centre=not own)
    note_disclosed(about, sections, names=names, by=user, at=at)
    answer = HttpResponse(as_archive(sections, about, at, by=user.called), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="kept.zip"'
    return answer
