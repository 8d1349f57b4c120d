"""A client of Floorwalker's API, written by `make docs` from docs/api/openapi.json: one file, nothing to install.

    floor = Floorwalker("https://floor.example", "fw_...")
    for row in floor.read_figures(measure=["average_handle_time"], by=["team"]):
        print(row["group"]["team"], row["value"], row["low"], row["high"])

A problem is raised as `Problem`, whose `code` stays the same. `each` reads a list to its end. `last_tag` marks the version that was read
last: handed in as `tag` it guards a change, as `known` it raises `Unchanged` where nothing is new. Too many requests are waited for.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypedDict, cast


class Problem(Exception):
    """What the API answered in place of what was asked."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status = status
        self.code: str = said.get("code", "failed")
        self.title: str = said.get("title", "")
        self.where: str | None = said.get("where")
        self.found: str | None = said.get("found")
        self.expected: str | None = said.get("expected")
        self.mend: str | None = said.get("mend")
        parts = [f"{status} {self.code}: {self.title}", self.where, self.found, self.expected, self.mend]
        super().__init__("; ".join(part for part in parts if part))


class Unchanged(Exception):
    """What was handed in as `known` is still the present version."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to wherever it leads: it is a problem like any other answer that was not asked for."""

    def redirect_request(self, *_given: Any) -> None:
        return None


class AddressGiven(TypedDict):
    """Where somebody reads mail."""

    address: str


class AddressOf(TypedDict, total=False):
    """Where somebody reads mail, when that was said, and when its owner showed that it is hers."""

    user: int
    address: str
    asked_at: str
    shown_at: str | None


class AgentFigures(TypedDict, total=False):
    """How an agent is doing, and the team beside where that gives nobody away."""

    agent: LineOf
    team: str | None
    beside: dict[str, SaidOf]
    period: Days


class AgentGiven(TypedDict, total=False):
    """What is known of somebody; empty where it is not known."""

    name: str
    staff_number: str
    email: str
    started_on: str | None
    left_on: str | None


class AgentOf(TypedDict, total=False):
    """A person who handles contacts; details: for those who manage people."""

    id: int
    name: str
    site: int | None
    standing: str
    merged_into: int | None
    details: Details | None


class AimOf(TypedDict, total=False):
    """What a figure is held against: at least, at most, or between the two."""

    at_least: float | None
    at_most: float | None


class AskedAgain(TypedDict):
    """What was asked for and the worker will do."""

    load: str


class BoardOf(TypedDict, total=False):
    """A board: everybody of a team by name, nobody ranked, and the whole."""

    name: str
    period: Days
    lines: list[LineOf]
    whole: LineOf
    unplaced: LineOf | None
    moved_on: int
    judged: int
    expected_by_chance: float


class CellOf(TypedDict, total=False):
    """One measure of one subject: figure, target, state, the weeks before, and the change where one was asked for."""

    measure: str
    figure: SaidOf | None
    target: AimOf | None
    state: str
    weeks: list[WeekOf]
    change: ChangeOf | None


class ChangeOf(TypedDict, total=False):
    """The figure of the period beside, and whether the difference is more than chance."""

    was: SaidOf
    low: float | None
    high: float | None
    direction: str


class ChangeOfKind(TypedDict, total=False):
    """A kind of contact, the last four weeks against the four before, as the same people handled them."""

    measure: str
    kind: str
    change: float | None
    low: float | None
    high: float | None
    changed: bool
    n: int
    unit: str
    definition: str
    sentence: str
    capped: str


class ChangeOfSomebody(TypedDict):
    """A change of a team or an agent, beyond what everybody saw."""

    measure: str
    kind: str
    id: int
    name: str
    began: str
    detected: str
    up: bool
    worse: bool
    size: float
    unit: str
    definition: str
    sentence: str
    capped: str


Channel = Literal["voice", "email", "chat", "messaging", "social", "callback", "task"]


class ContactsGiven(TypedDict):
    """All contacts of some time, not a choice of them: the system draws."""

    source: str
    origin: str
    contacts: list[InvitableGiven]


# First and last day, both included; null where there are no facts at all.
Days = TypedDict("Days", {"from": "str | None", "to": "str | None"})


class Details(TypedDict, total=False):
    """What only those who manage people see of somebody."""

    staff_number: str
    email: str
    started_on: str | None
    left_on: str | None


class Ended(TypedDict):
    """From which day on."""

    from_day: str


class Entry(TypedDict):
    """Who did what to whom; token: by which API token, where it was by one."""

    id: int
    at: str
    by: str
    verb: str
    subject: str
    detail: dict[str, Any]


class FieldProblem(TypedDict):
    """What is wrong with one field of a request."""

    where: str
    expected: str


class FigureRow(TypedDict, total=False):
    """One row of an answer, as `floorwalker kpi run --json` prints it."""

    value: float | None
    observed: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    pending: int
    reason: str | None
    reason_text: str | None
    kpi: str
    definition: str
    group: dict[str, str | int | None]
    period: Days | str | int | None


class GapOf(TypedDict, total=False):
    """A gap that stands out from chance, or may be there."""

    measure: str
    whose: str
    id: int | None
    name: str
    sureness: str
    probability: float
    gap: float
    low: float
    high: float
    cost: float
    cost_low: float
    cost_high: float
    n: int
    unit: str
    standard: float
    definition: str
    sentence: str
    capped: str


class IdentityOf(TypedDict):
    """A name in one source, and whom or what it stands for."""

    id: int
    kind: str
    source: str
    origin: str
    name: str
    stands_for: int
    first_day: str
    last_day: str


class InvitableGiven(TypedDict, total=False):
    """One contact. email: where the customer reads; without it your own system brings the link, see /links."""

    contact: str
    email: str | None
    language: str | None


class Joined(TypedDict):
    """Into which team, from which day on."""

    team: int
    from_day: str


class Left(TypedDict):
    """From which day on."""

    from_day: str


class LineOf(TypedDict, total=False):
    """All measures of one subject; id is null for a whole team, a centre, or those without a team."""

    id: int | None
    name: str
    cells: list[CellOf]


class LinkOf(TypedDict):
    """One link, given out this once: bring it to the customer of the contact."""

    contact: str
    link: str
    closes_at: str


class LoadOf(TypedDict, total=False):
    """One load, and the balance of what it read: read = used + ignored + rejected."""

    id: str
    source: str
    origin: str
    site: str
    state: str
    began_at: str
    finished_at: str | None
    read: int
    used: int
    ignored: int
    rejected: int
    flagged: int
    problem: str | None
    again_of: str | None
    settled_by: str | None


class LoadWithReceipt(TypedDict, total=False):
    """One load with its whole receipt, as it was printed."""

    id: str
    source: str
    origin: str
    site: str
    state: str
    began_at: str
    finished_at: str | None
    read: int
    used: int
    ignored: int
    rejected: int
    flagged: int
    problem: str | None
    again_of: str | None
    settled_by: str | None
    receipt: dict[str, Any] | None
    paths: list[str]


class LookOf(TypedDict):
    """Somebody looked at a person's figures on a day, from the first time to the last."""

    by: str
    what: str
    day: str
    first_at: str
    last_at: str


class Me(TypedDict, total=False):
    """The owner of the token, and what her or his roles allow today."""

    username: str
    agent: int | None
    roles: list[str]
    rights: list[str]
    sees_everybody: bool
    teams: list[int]
    sites: list[int]


class Measure(TypedDict):
    """One measure of the catalogue."""

    kpi: str
    name: str
    unit: str
    better: str
    meaning: str


class MeasureDefinition(TypedDict):
    """What one measure means and how it is counted, in the version that counts now."""

    kpi: str
    name: str
    unit: str
    better: str
    meaning: str
    definition: str
    valid_from: str
    formula: list[list[str]]


class MembershipOf(TypedDict, total=False):
    """An agent in a team for a stretch of days; `until` is the first day that no longer counts, null for an open end."""

    id: int
    agent: int
    team: int
    from_day: str | None
    until: str | None


class MergeGiven(TypedDict, total=False):
    """Who was found to be the agent of the address."""

    was: int
    reason: str


class MergeOf(TypedDict, total=False):
    """One agent found to be another; a split puts back what it moved."""

    id: int
    agent: int
    was: int
    merged_at: str
    merged_by: str
    reason: str
    split_at: str | None


class NameOf(TypedDict, total=False):
    """A name that nobody has looked at yet, and whom it may be; reason: why that is proposed."""

    agent: AgentOf
    may_be: AgentOf | None
    reason: str | None
    is_strong: bool


class NewView(TypedDict, total=False):
    """Which page to keep, under which name."""

    name: str
    path: str
    query: str


class NoticeOf(TypedDict, total=False):
    """A notice: its code with the values of its sentence, and the sentence itself."""

    id: int
    code: str
    subject: str
    params: dict[str, Any]
    sentence: str
    severity: Literal["inform", "warn", "act"]
    address: str
    raised_at: str
    cleared_at: str | None
    is_read: bool


class PageOfAgentOf(TypedDict, total=False):
    """Page_AgentOf_"""

    items: list[AgentOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfEntry(TypedDict, total=False):
    """Page_Entry_"""

    items: list[Entry]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfIdentityOf(TypedDict, total=False):
    """Page_IdentityOf_"""

    items: list[IdentityOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfLoadOf(TypedDict, total=False):
    """Page_LoadOf_"""

    items: list[LoadOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfLookOf(TypedDict, total=False):
    """Page_LookOf_"""

    items: list[LookOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfMeasure(TypedDict, total=False):
    """Page_Measure_"""

    items: list[Measure]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfMembershipOf(TypedDict, total=False):
    """Page_MembershipOf_"""

    items: list[MembershipOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfMergeOf(TypedDict, total=False):
    """Page_MergeOf_"""

    items: list[MergeOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfNameOf(TypedDict, total=False):
    """Page_NameOf_"""

    items: list[NameOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfNoticeOf(TypedDict, total=False):
    """Page_NoticeOf_"""

    items: list[NoticeOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfPlanOf(TypedDict, total=False):
    """Page_PlanOf_"""

    items: list[PlanOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfQueueOf(TypedDict, total=False):
    """Page_QueueOf_"""

    items: list[QueueOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfRejectOf(TypedDict, total=False):
    """Page_RejectOf_"""

    items: list[RejectOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfRepairOf(TypedDict, total=False):
    """Page_RepairOf_"""

    items: list[RepairOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfSiteOf(TypedDict, total=False):
    """Page_SiteOf_"""

    items: list[SiteOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfTargetOf(TypedDict, total=False):
    """Page_TargetOf_"""

    items: list[TargetOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfTeamOf(TypedDict, total=False):
    """Page_TeamOf_"""

    items: list[TeamOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfUserOf(TypedDict, total=False):
    """Page_UserOf_"""

    items: list[UserOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfView(TypedDict, total=False):
    """Page_View_"""

    items: list[View]
    total: int
    limit: int
    offset: int
    next: str | None


class PlanOf(TypedDict):
    """By which rule customers are asked."""

    id: int
    name: str
    survey: str
    share: float
    rest_days: int
    ended_at: str | None


class QueueOf(TypedDict, total=False):
    """A queue in which customers wait."""

    id: int
    name: str
    site: int | None


class Received(TypedDict):
    """What came of it so far. known_already: handed in before, and decided about then; fates: of all that the plan has seen."""

    batch: int
    seed: str
    handed_in: int
    known_already: int
    fates: dict[str, int]


class RejectOf(TypedDict, total=False):
    """A row that was left out, with its place and its reason."""

    load: str
    source: str
    reason: str
    file: str | None
    line: int | None
    found: str | None
    expected: str | None
    mend: str | None
    record: str | None


class RepairOf(TypedDict):
    """Rows that are mended in one way: of one source, for one reason."""

    source: str
    reason: str
    expected: str
    mend: str
    rows: int
    files: int


class RoleGiven(TypedDict, total=False):
    """A role from a day on: for a team, for a site, or for the centre."""

    role: Literal[
        "agent",
        "team_leader",
        "quality_analyst",
        "operations_manager",
        "process_owner",
        "assessor",
        "internal_verifier",
        "privacy_officer",
        "administrator",
    ]
    team: int | None
    site: int | None
    from_day: str | None


class RoleOf(TypedDict, total=False):
    """A role for a stretch of days: for a team with those below it, for a site, or for the centre."""

    id: int
    user: int
    role: str
    team: int | None
    site: int | None
    from_day: str | None
    until: str | None


class SaidOf(TypedDict, total=False):
    """A figure with the definition it was counted by, and how its interval was made."""

    value: float | None
    observed: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    pending: int
    reason: str | None
    reason_text: str | None
    definition: str
    method: str | None


class SiteOf(TypedDict):
    """A place of work; its zone sets the local day of everything that happens there."""

    id: int
    code: str
    name: str
    timezone: str
    country: str


# What was said of an agent last, in one measure by one method.
StatementOf = TypedDict(
    "StatementOf",
    {
        "measure": "str",
        "method": "str",
        "from": "str",
        "to": "str",
        "said_at": "str",
        "method_version": "int",
        "measure_version": "int",
        "verdict": "str",
        "sentence": "str",
    },
)


class TargetEnd(TypedDict):
    """From which day on."""

    from_day: str


class TargetGiven(TypedDict, total=False):
    """A value or a band to aim for, from a day on, at the centre or at one place."""

    measure: str
    value: float | None
    low: float | None
    high: float | None
    site: int | None
    team: int | None
    queue: int | None
    channel: Channel | None
    from_day: str
    until: str | None
    reason: str


class TargetOf(TypedDict, total=False):
    """What is aimed for at one place: a site, team, queue or channel, else the centre; until: the first day without it."""

    id: int
    measure: str
    value: float | None
    low: float | None
    high: float | None
    site: int | None
    team: int | None
    queue: int | None
    channel: str | None
    from_day: str | None
    until: str | None


class TeamGiven(TypedDict, total=False):
    """A team as it is to be."""

    name: str
    parent: int | None
    site: int | None


class TeamOf(TypedDict, total=False):
    """A team; parent: the team that it is part of."""

    id: int
    name: str
    site: int | None
    parent: int | None


class UserOf(TypedDict, total=False):
    """Somebody who may log in, with every role that she or he holds or held."""

    id: int
    username: str
    agent: int | None
    is_active: bool
    roles: list[RoleOf]


class View(TypedDict):
    """A page of figures under a name; opening it asks for rights like any other visit."""

    id: int
    name: str
    address: str
    created_at: str
    is_removed: bool


class ViewName(TypedDict):
    """Another name for a view."""

    name: str


class WeekOf(TypedDict, total=False):
    """The figure of one week."""

    value: float | None
    observed: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    pending: int
    reason: str | None
    reason_text: str | None
    definition: str
    method: str | None
    week: str


Whose = Literal["centre", "everybody", "teams", "own"]


class Floorwalker:
    """The API of one installation, asked by one token."""

    def __init__(self, address: str, token: str, *, timeout_seconds: float = 60.0, waits: int = 3) -> None:
        if not address.startswith(("https://", "http://")):
            raise ValueError(f"{address!r} is not an address: https://...")
        self._address, self._token = address.rstrip("/"), token
        self._timeout_seconds, self._waits = timeout_seconds, waits
        self._opener = urllib.request.build_opener(_NoRedirects)
        self.last_tag = ""

    def each(self, ask: Callable[..., Any], **asked: Any) -> Iterator[Any]:
        """Every item of a list, part by part: `floor.each(floor.list_agents, name="Wren")`."""
        offset = 0
        while True:
            page = ask(**asked, offset=offset)
            yield from page["items"]
            offset += len(page["items"])
            if page["next"] is None or not page["items"]:
                return

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Any:
        """Send one request; the answer as JSON. Its mark is kept as `last_tag`."""
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        address = self._address + path + (f"?{urllib.parse.urlencode(asked, doseq=True)}" if asked else "")
        sent = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        sent |= {name: value for name, value in (headers or {}).items() if value is not None}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        for waited in range(self._waits + 1):
            request = urllib.request.Request(address, data=data, headers=sent, method=method)
            try:
                with self._opener.open(request, timeout=self._timeout_seconds) as answer:
                    self.last_tag = answer.headers.get("ETag", "")
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code == 304:
                        raise Unchanged from None
                    if error.code == 429 and waited < self._waits:
                        time.sleep(float(error.headers.get("Retry-After", "1")))
                        continue
                    raise Problem(error.code, _said(error)) from None
        raise AssertionError("unreachable")

    def read_me(
        self,
        *,
        known: str | None = None,
    ) -> Me:
        """The owner of the token, and what her or his roles allow today."""
        path = "/api/v1/me"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("Me", self._ask("GET", path, query, None, headers))

    def list_sites(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfSiteOf:
        """The sites, by code."""
        path = "/api/v1/sites"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfSiteOf", self._ask("GET", path, query, None, headers))

    def list_queues(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfQueueOf:
        """The queues, by name."""
        path = "/api/v1/queues"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfQueueOf", self._ask("GET", path, query, None, headers))

    def list_teams(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfTeamOf:
        """The teams that the owner of the token may see, by name."""
        path = "/api/v1/teams"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfTeamOf", self._ask("GET", path, query, None, headers))

    def make_team(
        self,
        given: TeamGiven,
        *,
        key: str | None = None,
    ) -> TeamOf:
        """A new team; one that the data name comes by itself and need not be made."""
        path = "/api/v1/teams"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("TeamOf", self._ask("POST", path, query, given, headers))

    def read_team(
        self,
        team_id: int,
        *,
        known: str | None = None,
    ) -> TeamOf:
        """One team."""
        path = f"/api/v1/teams/{urllib.parse.quote(str(team_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("TeamOf", self._ask("GET", path, query, None, headers))

    def write_team(
        self,
        team_id: int,
        given: TeamGiven,
        *,
        tag: str | None = None,
    ) -> TeamOf:
        """Rename a team, or put it below another: whoever leads that one sees it from now on."""
        path = f"/api/v1/teams/{urllib.parse.quote(str(team_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-Match": tag}
        return cast("TeamOf", self._ask("PUT", path, query, given, headers))

    def list_agents(
        self,
        *,
        name: str | None = None,
        standing: Literal["seen", "known", "ignored"] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfAgentOf:
        """The agents whom the owner of the token may see, by name; those who were found to be somebody else are not listed."""
        path = "/api/v1/agents"
        query: dict[str, Any] = {"name": name, "standing": standing, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfAgentOf", self._ask("GET", path, query, None, headers))

    def read_agent(
        self,
        agent_id: int,
        *,
        known: str | None = None,
    ) -> AgentOf:
        """One agent."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("AgentOf", self._ask("GET", path, query, None, headers))

    def write_agent(
        self,
        agent_id: int,
        given: AgentGiven,
        *,
        tag: str | None = None,
    ) -> AgentOf:
        """Write down what is known of somebody; whoever is described is a person."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-Match": tag}
        return cast("AgentOf", self._ask("PUT", path, query, given, headers))

    def list_memberships(
        self,
        agent_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfMembershipOf:
        """In which teams somebody put this agent, the latest first; what the data state is not among them."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/memberships"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfMembershipOf", self._ask("GET", path, query, None, headers))

    def add_membership(
        self,
        agent_id: int,
        given: Joined,
        *,
        key: str | None = None,
    ) -> MembershipOf:
        """Put an agent into a team from a day on, in the past too; the membership before ends that day."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/memberships"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("MembershipOf", self._ask("POST", path, query, given, headers))

    def end_membership(
        self,
        agent_id: int,
        given: Left,
        *,
        key: str | None = None,
    ) -> list[MembershipOf]:
        """Take an agent out of the team that somebody entered, from a day on: what the data state counts again."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/leave"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("list[MembershipOf]", self._ask("POST", path, query, given, headers))

    def list_identities(
        self,
        *,
        agent: int | None = None,
        source: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfIdentityOf:
        """The names that sources use, and whom or what each stands for."""
        path = "/api/v1/identities"
        query: dict[str, Any] = {"agent": agent, "source": source, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfIdentityOf", self._ask("GET", path, query, None, headers))

    def list_names(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfNameOf:
        """The names that nobody has looked at yet, each with whom it may be; a person decides."""
        path = "/api/v1/names"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfNameOf", self._ask("GET", path, query, None, headers))

    def confirm_name(
        self,
        agent_id: int,
        *,
        key: str | None = None,
    ) -> AgentOf:
        """Say that a name found in data is a person of her or his own."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/confirm"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("AgentOf", self._ask("POST", path, query, None, headers))

    def ignore_name(
        self,
        agent_id: int,
        *,
        key: str | None = None,
    ) -> AgentOf:
        """Say that a name found in data is not a person: a test telephone, a machine."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/ignore"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("AgentOf", self._ask("POST", path, query, None, headers))

    def merge(
        self,
        agent_id: int,
        given: MergeGiven,
        *,
        key: str | None = None,
    ) -> MergeOf:
        """Find another to be this agent: names, log-in and teams move over, facts stay."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/merges"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("MergeOf", self._ask("POST", path, query, given, headers))

    def list_merges(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfMergeOf:
        """Who was found to be whom, the latest first."""
        path = "/api/v1/merges"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfMergeOf", self._ask("GET", path, query, None, headers))

    def split(
        self,
        merge_id: int,
        *,
        key: str | None = None,
    ) -> MergeOf:
        """Put back what a merge moved."""
        path = f"/api/v1/merges/{urllib.parse.quote(str(merge_id), safe='')}/split"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("MergeOf", self._ask("POST", path, query, None, headers))

    def list_users(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfUserOf:
        """Who may log in, with every role held now or before, by user name."""
        path = "/api/v1/users"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfUserOf", self._ask("GET", path, query, None, headers))

    def give_role(
        self,
        user_id: int,
        given: RoleGiven,
        *,
        key: str | None = None,
    ) -> RoleOf:
        """Give somebody a role from a day on."""
        path = f"/api/v1/users/{urllib.parse.quote(str(user_id), safe='')}/roles"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("RoleOf", self._ask("POST", path, query, given, headers))

    def take_role(
        self,
        role_id: int,
        given: Ended,
        *,
        key: str | None = None,
    ) -> RoleOf:
        """Take a role away from a day on; what it allowed before is history and stays."""
        path = f"/api/v1/roles/{urllib.parse.quote(str(role_id), safe='')}/end"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("RoleOf", self._ask("POST", path, query, given, headers))

    def list_entries(
        self,
        *,
        by: str | None = None,
        verb: str | None = None,
        subject: str | None = None,
        after: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfEntry:
        """Who did what to whom, the latest first."""
        path = "/api/v1/audit"
        query: dict[str, Any] = {
            "by": by,
            "verb": verb,
            "subject": subject,
            "after": after,
            "limit": limit,
            "offset": offset,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfEntry", self._ask("GET", path, query, None, headers))

    def list_looks(
        self,
        agent_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfLookOf:
        """Who has looked at this agent's figures; for the agent, and whoever watches over privacy."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/looks"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfLookOf", self._ask("GET", path, query, None, headers))

    def list_notices(
        self,
        *,
        show: Literal["open", "past"] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfNoticeOf:
        """What holds now, the gravest first; or what is over, the last first."""
        path = "/api/v1/notices"
        query: dict[str, Any] = {"show": show, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfNoticeOf", self._ask("GET", path, query, None, headers))

    def read_notice(
        self,
        notice_id: int,
        *,
        key: str | None = None,
    ) -> NoticeOf:
        """Note that the owner of the token has read it."""
        path = f"/api/v1/notices/{urllib.parse.quote(str(notice_id), safe='')}/read"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("NoticeOf", self._ask("POST", path, query, None, headers))

    def list_loads(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfLoadOf:
        """All loads, the latest first."""
        path = "/api/v1/loads"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfLoadOf", self._ask("GET", path, query, None, headers))

    def read_load(
        self,
        load_id: str,
        *,
        known: str | None = None,
    ) -> LoadWithReceipt:
        """One load with its receipt."""
        path = f"/api/v1/loads/{urllib.parse.quote(str(load_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("LoadWithReceipt", self._ask("GET", path, query, None, headers))

    def read_again(
        self,
        load_id: str,
        *,
        key: str | None = None,
    ) -> AskedAgain:
        """Have a load's files read again by the worker; what is known already stays as it is."""
        path = f"/api/v1/loads/{urllib.parse.quote(str(load_id), safe='')}/again"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("AskedAgain", self._ask("POST", path, query, None, headers))

    def list_repairs(
        self,
        *,
        load: str | None = None,
        source: str | None = None,
        reason: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfRepairOf:
        """Which rows wait in quarantine, by what mends them."""
        path = "/api/v1/repairs"
        query: dict[str, Any] = {"load": load, "source": source, "reason": reason, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfRepairOf", self._ask("GET", path, query, None, headers))

    def list_rejects(
        self,
        *,
        load: str | None = None,
        source: str | None = None,
        reason: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfRejectOf:
        """The rows that were left out, each with its reason; that they were taken along is noted as on the page."""
        path = "/api/v1/rejects"
        query: dict[str, Any] = {"load": load, "source": source, "reason": reason, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfRejectOf", self._ask("GET", path, query, None, headers))

    def list_targets(
        self,
        *,
        measure: str | None = None,
        on: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfTargetOf:
        """What is and was aimed for, as far as the reader may see it, by measure, the latest first."""
        path = "/api/v1/targets"
        query: dict[str, Any] = {"measure": measure, "on": on, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfTargetOf", self._ask("GET", path, query, None, headers))

    def make_target(
        self,
        given: TargetGiven,
        *,
        key: str | None = None,
    ) -> TargetOf:
        """Aim for a value or a band from a day on, up to the next target that is set there already."""
        path = "/api/v1/targets"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("TargetOf", self._ask("POST", path, query, given, headers))

    def stop_target(
        self,
        target_id: int,
        given: TargetEnd,
        *,
        key: str | None = None,
    ) -> TargetOf:
        """Aim for nothing more from a day on; the days before keep their target.

        One that has not begun by then is withdrawn: what is returned then ends when it begins, or before."""
        path = f"/api/v1/targets/{urllib.parse.quote(str(target_id), safe='')}/end"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("TargetOf", self._ask("POST", path, query, given, headers))

    def list_survey_plans(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfPlanOf:
        """The plans by which customers are asked."""
        path = "/api/v1/surveys/plans"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfPlanOf", self._ask("GET", path, query, None, headers))

    def hand_in_contacts(
        self,
        survey_plan_id: int,
        given: ContactsGiven,
        *,
        key: str | None = None,
    ) -> Received:
        """Hand in contacts after which customers may be asked; each is decided about once, however often it is handed in."""
        path = f"/api/v1/surveys/plans/{urllib.parse.quote(str(survey_plan_id), safe='')}/contacts"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("Received", self._ask("POST", path, query, given, headers))

    def take_survey_links(
        self,
        survey_plan_id: int,
        *,
        key: str | None = None,
    ) -> list[LinkOf]:
        """The links that are due now for customers whom your own system reaches; each is given out once, and counts as sent."""
        path = f"/api/v1/surveys/plans/{urllib.parse.quote(str(survey_plan_id), safe='')}/links"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("list[LinkOf]", self._ask("POST", path, query, None, headers))

    def list_measures(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfMeasure:
        """The catalogue of measures, by id."""
        path = "/api/v1/measures"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfMeasure", self._ask("GET", path, query, None, headers))

    def read_measure(
        self,
        measure_id: str,
        *,
        known: str | None = None,
    ) -> MeasureDefinition:
        """What one measure means, and how it is counted in the version that counts now."""
        path = f"/api/v1/measures/{urllib.parse.quote(str(measure_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("MeasureDefinition", self._ask("GET", path, query, None, headers))

    def read_figures(
        self,
        *,
        measure: Sequence[str],
        first: str | None = None,
        last: str | None = None,
        by: Sequence[str] | None = None,
        where: Sequence[str] | None = None,
        param: Sequence[str] | None = None,
        scope: Whose | None = None,
        known: str | None = None,
    ) -> list[FigureRow]:
        """What the facts say about measures, each figure with its 95 % interval: the rows of `floorwalker kpi run --json`."""
        path = "/api/v1/figures"
        query: dict[str, Any] = {
            "measure": measure,
            "from": first,
            "to": last,
            "by": by,
            "where": where,
            "param": param,
            "scope": scope,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[FigureRow]", self._ask("GET", path, query, None, headers))

    def read_centre_board(
        self,
        *,
        period: Literal["1", "4", "12", "26", "month", "quarter", "so_far"] | None = None,
        first: str | None = None,
        last: str | None = None,
        compare: Literal["before", "year"] | None = None,
        queue: int | None = None,
        channel: str | None = None,
        reason: str | None = None,
        tenure: str | None = None,
        known: str | None = None,
    ) -> BoardOf:
        """How the centre stands, and each of its teams."""
        path = "/api/v1/centre/board"
        query: dict[str, Any] = {
            "period": period,
            "from": first,
            "to": last,
            "compare": compare,
            "queue": queue,
            "channel": channel,
            "reason": reason,
            "tenure": tenure,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("BoardOf", self._ask("GET", path, query, None, headers))

    def read_team_board(
        self,
        team_id: int,
        *,
        period: Literal["1", "4", "12", "26", "month", "quarter", "so_far"] | None = None,
        first: str | None = None,
        last: str | None = None,
        compare: Literal["before", "year"] | None = None,
        queue: int | None = None,
        channel: str | None = None,
        reason: str | None = None,
        tenure: str | None = None,
        known: str | None = None,
    ) -> BoardOf:
        """Who in a team needs somebody, and for what: everybody by name, nobody ranked."""
        path = f"/api/v1/teams/{urllib.parse.quote(str(team_id), safe='')}/board"
        query: dict[str, Any] = {
            "period": period,
            "from": first,
            "to": last,
            "compare": compare,
            "queue": queue,
            "channel": channel,
            "reason": reason,
            "tenure": tenure,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("BoardOf", self._ask("GET", path, query, None, headers))

    def read_agent_figures(
        self,
        agent_id: int,
        *,
        period: Literal["1", "4", "12", "26", "month", "quarter", "so_far"] | None = None,
        first: str | None = None,
        last: str | None = None,
        compare: Literal["before", "year"] | None = None,
        queue: int | None = None,
        channel: str | None = None,
        reason: str | None = None,
        tenure: str | None = None,
        known: str | None = None,
    ) -> AgentFigures:
        """How an agent is doing, beside the team where that gives nobody away. The agent is shown that somebody looked."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/figures"
        query: dict[str, Any] = {
            "period": period,
            "from": first,
            "to": last,
            "compare": compare,
            "queue": queue,
            "channel": channel,
            "reason": reason,
            "tenure": tenure,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("AgentFigures", self._ask("GET", path, query, None, headers))

    def list_gaps(
        self,
        *,
        period: Literal["1", "4", "12", "26", "month", "quarter", "so_far"] | None = None,
        first: str | None = None,
        last: str | None = None,
        compare: Literal["before", "year"] | None = None,
        queue: int | None = None,
        channel: str | None = None,
        reason: str | None = None,
        tenure: str | None = None,
        known: str | None = None,
    ) -> list[GapOf]:
        """What stands out over all measures: by measure, the gap that costs most first. People whom the reader may see alone."""
        path = "/api/v1/gaps"
        query: dict[str, Any] = {
            "period": period,
            "from": first,
            "to": last,
            "compare": compare,
            "queue": queue,
            "channel": channel,
            "reason": reason,
            "tenure": tenure,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[GapOf]", self._ask("GET", path, query, None, headers))

    def list_measure_gaps(
        self,
        measure_id: str,
        *,
        period: Literal["1", "4", "12", "26", "month", "quarter", "so_far"] | None = None,
        first: str | None = None,
        last: str | None = None,
        compare: Literal["before", "year"] | None = None,
        queue: int | None = None,
        channel: str | None = None,
        reason: str | None = None,
        tenure: str | None = None,
        known: str | None = None,
    ) -> list[GapOf]:
        """All gaps of one measure, those first that stand out, then those that may be there."""
        path = f"/api/v1/gaps/{urllib.parse.quote(str(measure_id), safe='')}"
        query: dict[str, Any] = {
            "period": period,
            "from": first,
            "to": last,
            "compare": compare,
            "queue": queue,
            "channel": channel,
            "reason": reason,
            "tenure": tenure,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[GapOf]", self._ask("GET", path, query, None, headers))

    def list_changes(
        self,
        *,
        last: str | None = None,
        known: str | None = None,
    ) -> list[ChangeOfSomebody]:
        """Whose way of working changed in the last four weeks, beyond what everybody saw: the latest first."""
        path = "/api/v1/changes"
        query: dict[str, Any] = {"to": last}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[ChangeOfSomebody]", self._ask("GET", path, query, None, headers))

    def list_processes(
        self,
        *,
        last: str | None = None,
        known: str | None = None,
    ) -> list[ChangeOfKind]:
        """Which kinds of contact changed for everybody: by measure, those first that did."""
        path = "/api/v1/processes"
        query: dict[str, Any] = {"to": last}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[ChangeOfKind]", self._ask("GET", path, query, None, headers))

    def list_statements(
        self,
        agent_id: int,
        *,
        measure: str | None = None,
        until: str | None = None,
        known: str | None = None,
    ) -> list[StatementOf]:
        """What was said about an agent, from which days, by which method and version. The agent is shown that somebody looked."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/statements"
        query: dict[str, Any] = {"measure": measure, "until": until}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[StatementOf]", self._ask("GET", path, query, None, headers))

    def list_views(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfView:
        """The saved views of the owner of the token, by name."""
        path = "/api/v1/views"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfView", self._ask("GET", path, query, None, headers))

    def save_view(
        self,
        given: NewView,
        *,
        key: str | None = None,
    ) -> View:
        """Keep a page of figures under a name; the same name again means the same view with another question."""
        path = "/api/v1/views"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("View", self._ask("POST", path, query, given, headers))

    def rename_view(
        self,
        view_id: int,
        given: ViewName,
    ) -> View:
        """Give a view another name."""
        path = f"/api/v1/views/{urllib.parse.quote(str(view_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {}
        return cast("View", self._ask("PATCH", path, query, given, headers))

    def delete_view(
        self,
        view_id: int,
    ) -> View:
        """Remove a view; for a day it can be put back."""
        path = f"/api/v1/views/{urllib.parse.quote(str(view_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {}
        return cast("View", self._ask("DELETE", path, query, None, headers))

    def restore_view(
        self,
        view_id: int,
        *,
        key: str | None = None,
    ) -> View:
        """Put a removed view back."""
        path = f"/api/v1/views/{urllib.parse.quote(str(view_id), safe='')}/restore"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("View", self._ask("POST", path, query, None, headers))

    def read_mail_address(
        self,
        user_id: int,
        *,
        known: str | None = None,
    ) -> AddressOf:
        """Where somebody reads mail; 404 where nothing is known."""
        path = f"/api/v1/users/{urllib.parse.quote(str(user_id), safe='')}/mail-address"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("AddressOf", self._ask("GET", path, query, None, headers))

    def set_mail_address(
        self,
        user_id: int,
        given: AddressGiven,
        *,
        key: str | None = None,
    ) -> AddressOf:
        """Note where somebody reads mail: a link is sent there, and until its owner has opened it nothing else is."""
        path = f"/api/v1/users/{urllib.parse.quote(str(user_id), safe='')}/mail-address"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("AddressOf", self._ask("POST", path, query, given, headers))


def _said(error: urllib.error.HTTPError) -> Mapping[str, Any]:
    try:
        said = json.load(error)
    except ValueError:
        return {}
    return cast("Mapping[str, Any]", said) if isinstance(said, dict) else {}
