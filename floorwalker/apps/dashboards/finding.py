"""What may this person open, by a few letters of its name? People, teams, queues, standards, measures, views and pages, through the door.

Every hit is one that the reader may open: what may not be seen is not found, and its name is not told. Each kind costs one
bounded query, however many people there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.people.models import Agent, Queue, Right, Scope, Team, User
from floorwalker.apps.standards.access import readable
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better, Kpi

MOST_LETTERS, MOST_WORDS = 100, 6
MOST_OF_A_KIND = 6


@dataclass(frozen=True)
class Hit:
    """Something to open: its name, what it is to the reader where the name does not say it, and its address."""

    name: str
    address: str
    about: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind, the likeliest first; more: whether there are others, which more letters would find."""

    code: str
    name: str
    hits: tuple[Hit, ...]
    more: bool


def find(user: User, asked: str, on: date) -> list[Group]:
    """What the user may open whose name holds every word that is asked; nothing is asked, nothing but pages is found."""
    words = asked[:MOST_LETTERS].split()[:MOST_WORDS]
    scope = user.scope_on(on)
    kinds: list[tuple[str, str, Iterable[Hit]]] = []
    if words:
        kinds += [
            ("people", _("People"), _people(user, words, on)),
            ("teams", _("Teams"), _teams(user, words, on)),
            ("queues", _("Queues"), _queues(scope, words)),
            ("standards", _("Standards"), _standards(user, words, on)),
            ("measures", _("Measures"), _matching((_measure(kpi) for kpi in catalogue().values()), words)),
        ]
    kinds += [
        ("views", _("Saved views"), _views(user, words)),
        ("pages", _("Pages"), _matching(pages(scope), words)),
        ("actions", _("Actions"), _matching(doings(scope), words) if words else ()),
    ]
    return [group for kind in kinds if (group := _group(*kind)).hits]


def _group(code: str, name: str, found: Iterable[Hit]) -> Group:
    hits = tuple(found)
    # With nothing asked the pages are a table of contents: all of them.
    most = len(hits) if code == "pages" else MOST_OF_A_KIND
    return Group(code, name, hits[:most], len(hits) > most)


def _named(found: QuerySet, words: list[str], also: str = "") -> QuerySet:  # type: ignore[type-arg]
    """Those whose name holds every word, one more than is shown; names that begin with the first word come first."""
    for word in words:
        found = found.filter(Q(name__icontains=word) | (Q(**{also: word}) if also else Q()))
    first = Case(
        When(name__istartswith=words[0] if words else "", then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return found.order_by(first, "name", "pk")[: MOST_OF_A_KIND + 1]


def _people(user: User, words: list[str], on: date) -> list[Hit]:
    """Whose figures the user may see; and whom she or he manages without seeing figures."""
    seen = Agent.objects.visible_to(user, on).on_the_floor()
    hits = [Hit(agent.name, reverse("agent_page", args=[agent.pk])) for agent in _named(seen, words, "staff_number")]
    if not user.scope_on(on).may(Right.MANAGE_PEOPLE):
        return hits
    kept = Agent.objects.managed_by(user, on).on_the_floor()
    record = _("record and teams")
    return [
        hit
        for pair in _side_by_side(
            hits,
            [Hit(one.name, reverse("person", args=[one.pk]), record) for one in _named(kept, words, "staff_number")],
        )
        for hit in pair
    ]


def _side_by_side(seen: list[Hit], kept: list[Hit]) -> Iterator[list[Hit]]:
    """A person's figures, then the same person's record; those with one of the two where their name stands."""
    by_name: dict[str, list[Hit]] = {}
    for hit in [*seen, *kept]:
        by_name.setdefault(hit.name, []).append(hit)
    yield from by_name.values()


def _teams(user: User, words: list[str], on: date) -> list[Hit]:
    found = _named(Team.objects.visible_to(user, on).select_related("site"), words)
    return [Hit(team.name, reverse("team_board", args=[team.pk]), str(team.site or "")) for team in found]


def _queues(scope: Scope, words: list[str]) -> list[Hit]:
    """The reader's own board with that queue's contacts alone, or the limits that she or he keeps for it."""
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        board = reverse("centre")
    elif scope.teams:
        board = reverse("team_board", args=[scope.teams[0].pk])
    elif scope.agent is not None:
        board = reverse("agent_page", args=[scope.agent.pk])
    elif scope.may(Right.MANAGE_PEOPLE):
        return [Hit(queue.name, reverse("queues"), _("limits")) for queue in _named(Queue.objects.all(), words)]
    else:
        return []
    return [Hit(queue.name, f"{board}?queue={queue.pk}") for queue in _named(Queue.objects.all(), words)]


def _views(user: User, words: list[str]) -> list[Hit]:
    return [Hit(view.name, view.address) for view in _named(SavedView.objects.kept().filter(user=user), words)]


def _standards(user: User, words: list[str], on: date) -> list[Hit]:
    """By a word of the title, the wording, the reason, the client or the law."""
    current = StandardVersion.objects.current().filter(readable(user, on)).containing(" ".join(words))
    found = current.order_by("title", "pk").values_list("title", "standard", "wording")
    return [
        Hit(title, reverse("standard", args=[standard]), wording)
        for title, standard, wording in found[: MOST_OF_A_KIND + 1]
    ]


def _measure(kpi: Kpi) -> Hit:
    return Hit(kpi.name, reverse("measure_page", args=[kpi.id]), kpi.meaning)


def _matching(hits: Iterable[Hit], words: list[str]) -> list[Hit]:
    """Of things that are known without asking the database: those whose name holds every word, first its beginnings."""
    folded = [word.casefold() for word in words]
    found = [hit for hit in hits if all(word in hit.name.casefold() for word in folded)]
    return sorted(found, key=lambda hit: not hit.name.casefold().startswith(folded[0])) if folded else found


def pages(scope: Scope) -> Iterator[Hit]:
    """Every page that the reader's roles open, in the order of the navigation."""

    def page(name: str, route: str) -> Hit:
        return Hit(name, reverse(route))

    yield page(_("Home"), "home")
    if scope.agent is not None:
        yield Hit(_("My figures"), reverse("agent_page", args=[scope.agent.pk]))
        yield Hit(_("My hours"), reverse("agent_hours", args=[scope.agent.pk]))
        yield Hit(_("Who looked at my figures"), reverse("looks", args=[scope.agent.pk]))
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        yield page(_("Centre"), "centre")
    if scope.everything or scope.teams:
        yield page(_("Teams"), "teams")
    if scope.may(Right.COACH):
        yield page(_("What first?"), "priorities")
    yield page(_("Measures"), "measures")
    yield page(_("Standards"), "standards")
    yield page(_("Aims"), "aims")
    yield page(_("What we aim for"), "targets")
    yield page(_("Root causes"), "causes")
    if scope.may(Right.SEE_ADJUSTMENTS):
        yield page(_("Adjusted targets"), "adjustments")
    yield page(_("Saved views"), "saved_views")
    yield page(_("Notices"), "notices")
    yield from (page(name, route) for name, route in _kept_by(scope))
    yield page(_("API"), "api_page")
    yield page(_("API tokens"), "tokens")
    yield page(_("Style: what pages are made of"), "style")
    yield page(_("My account"), "account")
    yield page(_("Keyboard"), "keyboard")


def _kept_by(scope: Scope) -> Iterator[tuple[str, str]]:
    """The pages of those who keep the centre's records and the system."""
    if scope.may(Right.MANAGE_PEOPLE):
        yield _("People"), "people"
        yield _("Names to match"), "names"
        yield _("Tree of teams"), "team_tree"
        yield _("Queues and their limits"), "queues"
        if scope.managed.everywhere:
            yield _("Directory"), "directory"
    if scope.may(Right.GRANT_ROLES):
        yield _("Log-ins and roles"), "log_ins"
        yield _("Second factor"), "second_factors"
    if scope.may(Right.SEE_LOADS):
        yield _("Data: sources and loads"), "loads"
        yield _("Rejected rows"), "rejects"
    if scope.may(Right.SEE_AUDIT):
        yield _("Audit"), "audit"
    if scope.may(Right.CONNECT_SYSTEMS):
        yield _("Webhooks"), "hooks"


def doings(scope: Scope) -> Iterator[Hit]:
    """What the reader can do, each at the form where it is done."""
    yield Hit(_("Change my password"), reverse("account_change_password"))
    yield Hit(_("Make an API token"), reverse("tokens"))
    yield Hit(_("Say where I read mail"), reverse("mail_address"))
    if scope.may(Right.SET_TARGETS):
        yield Hit(_("Write a standard"), reverse("new_standard"))
        yield Hit(_("Set an aim"), reverse("new_aim"))
        for kpi in sorted(catalogue().values(), key=lambda kpi: kpi.name):
            if kpi.better is not Better.CONTEXT:
                name = _("Set a target: %(measure)s") % {"measure": kpi.name}
                yield Hit(name, reverse("set_measure_target", args=[kpi.id]))
    if scope.may(Right.MANAGE_PEOPLE):
        yield Hit(_("Match names"), reverse("names"))
        yield Hit(_("Add a team"), reverse("team_tree"))
    if scope.may(Right.GRANT_ROLES):
        yield Hit(_("Invite somebody"), reverse("log_ins"))
