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


class ActionGiven(TypedDict):
    """What somebody takes on, and by when."""

    words: str
    owner: int
    due_on: str


class ActionOf(TypedDict, total=False):
    """An action that is proposed, a ticket for the owner of a process, or what is not done now."""

    listed: str
    action: str
    id: int | None
    name: str
    measure: str
    hours: float
    gain: float
    low: float
    high: float
    definition: str
    sentence: str
    rests: str


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


class AgentNamed(TypedDict):
    """An agent."""

    id: int
    name: str


class AgentOf(TypedDict, total=False):
    """A person who handles contacts; details: for those who manage people."""

    id: int
    name: str
    site: int | None
    standing: str
    merged_into: int | None
    details: Details | None


class AgreedGiven(TypedDict, total=False):
    """What was agreed to be the answer on one contact."""

    question: str
    option: str | None
    number: float | None
    text: str | None
    not_applicable: bool
    comment: str | None
    cause: str | None
    contact: int


class AgreementGiven(TypedDict, total=False):
    """What was agreed about a question; what was written before gives way."""

    answers: list[AgreedGiven]
    guidance: str
    note: str


class AimOf(TypedDict, total=False):
    """What a figure is held against: at least, at most, or between the two."""

    at_least: float | None
    at_most: float | None


class AnswerGiven(TypedDict, total=False):
    """One answer: an option, a number or words as its question asks for, or that it does not apply."""

    question: str
    option: str | None
    number: float | None
    text: str | None
    not_applicable: bool
    comment: str | None
    cause: str | None


class AnswerOf(TypedDict, total=False):
    """One answer of the marking that stands, with what it is worth and why it was missed."""

    question: str
    section: str
    wording: str
    option: str | None
    number: float | None
    text: str | None
    not_applicable: bool
    said: str
    share: float | None
    points: float
    miss: bool
    comment: str | None
    cause: CauseNamed | None
    outside_agent: bool


class AppealBeside(TypedDict, total=False):
    """An appeal with both markings beside each other, for whoever decides it and, once it is decided, for all who may read it."""

    raised_at: str
    reason: str
    questions: list[str]
    outcome: str | None
    explanation: str | None
    decided_at: str | None
    decided_by: Named | None
    evaluation: int
    beside: list[BesideOf]


class AppealGiven(TypedDict, total=False):
    """What was heard differently, and to which questions that is; none of them named: to all."""

    reason: str
    questions: list[str]


class AppealOf(TypedDict, total=False):
    """What the agent says against an evaluation, and what another evaluator decided who had not seen the marks."""

    raised_at: str
    reason: str
    questions: list[str]
    outcome: str | None
    explanation: str | None
    decided_at: str | None
    decided_by: Named | None


class AppealWaiting(TypedDict):
    """An open appeal that the owner of the token has taken, or may take; its reason is told when she has marked the contact."""

    evaluation: int
    agent: AgentNamed
    form: int
    raised_at: str
    taken: bool


class ArguedOf(TypedDict):
    """One question with how much it was argued."""

    question: str
    wording: str
    pairs: int
    differ: int
    open: bool
    contacts: list[OnContactOf]


class AskedAgain(TypedDict):
    """What was asked for and the worker will do."""

    load: str


class Asks(TypedDict):
    """What a form asks, and by which rule it is marked."""

    rule: Rule
    sections: list[SectionWritten]


class BesideOf(TypedDict):
    """One question with what both markings say."""

    wording: str
    first: str
    anew: str
    differs: bool
    appealed: bool


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


class CalibratedOf(TypedDict, total=False):
    """A contact that everybody marks."""

    id: int
    agent: AgentNamed
    part: str
    contact_at: str
    day: str
    queue: str | None
    channel: str | None
    picked: str
    probability: float | None
    evaluation: int | None


class CalibrationInFull(TypedDict, total=False):
    """One session, as far as the owner of the token may see it."""

    id: int
    name: str
    form: int
    form_version: int
    stage: str
    opens_on: str
    due: str
    called_by: Named
    called_at: str
    kept_back: bool
    wanted: int
    handed_in: int
    participants: list[ParticipantOf]
    contacts: list[CalibratedOf]
    questions: list[ArguedOf]
    wordings: list[WordingOf]
    minutes: str | None
    called_off_why: str | None
    seed: str | None


class CalibrationOf(TypedDict):
    """One session."""

    id: int
    name: str
    form: int
    form_version: int
    stage: str
    opens_on: str
    due: str
    called_by: Named
    called_at: str


class CallOffGiven(TypedDict):
    """Why it is called off."""

    why: str


class CauseNamed(TypedDict):
    """Why something was missed."""

    code: str
    name: str
    kind: str


class CauseOf(TypedDict, total=False):
    """A root cause of the centre's own list, by whose code an evaluation says why something was missed."""

    id: int
    code: str
    name: str
    kind: str
    is_the_agents: bool
    parent: str | None
    from_day: str | None
    until: str | None


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


class CoachedOf(TypedDict, total=False):
    """One who is coached, as far as the reader may know it."""

    agent: int | None
    name: str
    words: str | None
    signed_at: str | None
    disagrees: str | None
    kept: str | None
    coach_kept: str | None


class CoachingSessionOf(TypedDict, total=False):
    """A talk; what was agreed in it is told once its coach has signed it."""

    id: int
    kind: str
    coach: Named
    topic: str | None
    measure: str | None
    planned_for: str
    weeks_shown: int
    held_at: str | None
    minutes: int | None
    promise: str | None
    review_on: str | None
    signed_at: str | None
    cancelled_at: str | None
    participants: list[CoachedOf]


class ConditionWritten(TypedDict):
    """The question is asked only where an earlier one has one of these answers."""

    question: str
    options: list[str]


class ContactGiven(TypedDict, total=False):
    """A contact that everybody marks: an agent's part of it, as /agents/{agent_id}/parts lists it."""

    agent: int
    part: str
    day: str
    sight: bool


class ContactsGiven(TypedDict):
    """All contacts of some time, not a choice of them: the system draws."""

    source: str
    origin: str
    contacts: list[InvitableGiven]


class CorrectedOf(TypedDict):
    """An agent whose contacts were corrected since: how many there were to draw from, and are now."""

    agent: str
    before: int
    now: int


Critical = Literal["customer", "business", "compliance"]


class CycleInFull(TypedDict, total=False):
    """A cycle with what was frozen when it was opened, its plan and its reviews."""

    id: int
    title: str
    measure: str
    agent: int | None
    team: int | None
    process: int | None
    owner: Named
    stage: str
    opened_at: str
    begins_on: str | None
    next_review: str | None
    verdict: str | None
    before: int | None
    gap: dict[str, Any]
    cause: dict[str, Any] | None
    cause_words: str | None
    guardrails: list[str]
    weeks_shown: int | None
    because: str | None
    reviews: list[ReviewOf]


class CycleOf(TypedDict, total=False):
    """A round of plan, do and review about one person, one team or one process."""

    id: int
    title: str
    measure: str
    agent: int | None
    team: int | None
    process: int | None
    owner: Named
    stage: str
    opened_at: str
    begins_on: str | None
    next_review: str | None
    verdict: str | None
    before: int | None


# First and last day, both included; null where there are no facts at all.
Days = TypedDict("Days", {"from": "str | None", "to": "str | None"})


Decision = Literal["act", "watch", "not_mine", "thanks"]


class DecisionGiven(TypedDict):
    """Which marks stand, and why."""

    outcome: Outcome
    explanation: str


class DecisionOf(TypedDict):
    """One decision, as it stays."""

    id: int
    matter: int
    decision: Decision
    because: str
    watch_until: str | None
    passed_to: int | None
    at: str


class Details(TypedDict, total=False):
    """What only those who manage people see of somebody."""

    staff_number: str
    email: str
    started_on: str | None
    left_on: str | None


class DrawGiven(TypedDict):
    """From what chance chooses, and how many."""

    plan: int
    contacts: int


class DrawOf(TypedDict):
    """One draw of one week or month, made once."""

    id: int
    plan: int
    first_day: str
    last_day: str
    quota: int
    population: int
    drawn_by: str
    drawn_at: str


class DrawWithProof(TypedDict):
    """A draw with all that is needed to repeat it, and what came out when it was repeated."""

    id: int
    plan: int
    first_day: str
    last_day: str
    quota: int
    population: int
    drawn_by: str
    drawn_at: str
    seed: str
    digest: str
    kept: dict[str, Any]
    proof: ProofOf


class DrawnContactOf(TypedDict, total=False):
    """A contact that came out of a draw."""

    part: str
    contact: str
    agent: AgentNamed
    contact_at: str
    day: str
    channel: str | None
    picked: str
    cause: str | None
    probability: float | None


class EditGiven(TypedDict):
    """What has to be changed, and why."""

    reason: str


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


class EvaluationGiven(TypedDict, total=False):
    """What to evaluate: an agent's part of a contact, by its key or by the contact's id in its source."""

    agent: int
    form: int
    purpose: Literal["official", "coaching", "self"] | None
    day: str
    part: str | None
    contact: InSource | None
    whole: bool


class EvaluationInFull(TypedDict, total=False):
    """One evaluation with its answers, how its score comes about, and what was said to it."""

    id: int
    purpose: str
    picked: str
    inclusion_probability: float | None
    state: str
    agent: AgentNamed
    evaluator: Named
    form: int
    form_name: str
    form_version: int
    contact: str
    part: str | None
    contact_at: str
    queue: str | None
    channel: str | None
    reason: str | None
    begun_at: str
    submitted_at: str | None
    released_at: str | None
    respond_by: str | None
    acknowledged_at: str | None
    marks: Marks | None
    answers: list[AnswerOf]
    steps: list[str]
    words: str | None
    markings: list[MarkingOf]
    remarks: list[RemarkOn]
    appeal: AppealOf | None


class EvaluationOf(TypedDict, total=False):
    """One evaluation of one agent's part of a contact, or of the whole contact."""

    id: int
    purpose: str
    picked: str
    inclusion_probability: float | None
    state: str
    agent: AgentNamed
    evaluator: Named
    form: int
    form_name: str
    form_version: int
    contact: str
    part: str | None
    contact_at: str
    queue: str | None
    channel: str | None
    reason: str | None
    begun_at: str
    submitted_at: str | None
    released_at: str | None
    respond_by: str | None
    acknowledged_at: str | None
    marks: Marks | None


Fatal = Literal["form_zero", "section_zero", "flag"]


class FaultOf(TypedDict, total=False):
    """Why a draft cannot be published as it stands."""

    fault: str
    place: str | None
    said: str


class FeedbackGiven(TypedDict, total=False):
    """What was done, on what it rests (what was seen, or an evaluation), what it led to, and what to try."""

    leaning: Leaning
    about: str
    behaviour: str
    effect: str
    next_step: str
    seen: str
    evaluation: int | None
    private: bool


class FeedbackOf(TypedDict):
    """One piece of feedback. A customer's own words stand with the surveys, where they can be erased, and not here."""

    id: int
    matter: int
    code: str
    source: FeedbackSource
    leaning: Leaning
    behaviour: str
    effect: str
    next_step: str
    words: str
    contacts: int | None
    probability: float | None
    private: bool
    given_at: str
    seen_at: str | None
    decision: str


FeedbackSource = Literal["evaluation", "survey", "complaint", "compliment", "peer", "leader", "system", "oneself"]


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


class FileOf(TypedDict, total=False):
    """A file as it is kept, with its contact or why none is known."""

    id: int
    store: str
    name: str
    kind: str
    size_bytes: int
    contact: str | None
    why_not: str | None
    found_at: str
    registered_at: str | None


class FormDraft(TypedDict):
    """The version of a form that is being built."""

    form: int
    version: int
    asks: Asks
    faults: list[FaultOf]


class FormInWords(TypedDict, total=False):
    """A form with what one version asks, and all its published versions."""

    id: int
    name: str
    purpose: str
    respond_days: int
    version: int | None
    draft: int | None
    retired_at: str | None
    shown: int | None
    asks: Asks | None
    standards: dict[str, int]
    versions: list[FormVersionOf]


class FormOf(TypedDict, total=False):
    """A form through all its versions."""

    id: int
    name: str
    purpose: str
    respond_days: int
    version: int | None
    draft: int | None
    retired_at: str | None


class FormVersionOf(TypedDict, total=False):
    """One published version, in the list of them."""

    version: int
    note: str
    published_at: str
    published_by: Named | None


class FormWritten(TypedDict, total=False):
    """A whole form as a file holds it."""

    rule: Rule
    sections: list[SectionWritten]
    name: str
    purpose: str
    respond_days: int


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


class HasNotRead(TypedDict):
    """Somebody who has not, and how often she or he was reminded."""

    who: Named
    reminders: int


class HasRead(TypedDict):
    """Somebody who has read it."""

    who: Named
    at: str


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


class InSource(TypedDict):
    """A contact as the system knows it from which it was loaded."""

    source: str
    origin: str
    id: str


class InvitableGiven(TypedDict, total=False):
    """One contact. email: where the customer reads; without it your own system brings the link, see /links."""

    contact: str
    email: str | None
    language: str | None


class ItemOf(TypedDict):
    """One item of the brief."""

    kind: str
    words: str
    code: str


class Joined(TypedDict):
    """Into which team, from which day on."""

    team: int
    from_day: str


Kind = Literal["sound", "screen", "transcript"]


Leaning = Literal["strength", "development", "open"]


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


class ListenOf(TypedDict):
    """Somebody heard it, from the first moment to the last."""

    who: Named
    first_at: str
    last_at: str


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


class MarkOf(TypedDict, total=False):
    """A moment, or a stretch, that somebody marked."""

    id: int
    from_seconds: float
    to_seconds: float | None
    note: str
    made_by: Named
    made_at: str
    address: str


class MarkSaid(TypedDict, total=False):
    """What one participant answered."""

    by: Named
    said: str
    off: bool
    comment: str | None


class MarkingGiven(TypedDict, total=False):
    """All answers of a marking; what was answered before and is not among them is answered no longer."""

    answers: list[AnswerGiven]
    words: str
    missed_complaint: bool
    vulnerable_customer: bool


class MarkingOf(TypedDict, total=False):
    """One of the markings that an evaluation has had; none is changed once it is submitted."""

    number: int
    why: str
    by: Named
    reason: str | None
    submitted_at: str
    score: float | None
    stands: bool


class Marks(TypedDict, total=False):
    """What a marking came to. The agent's score leaves out what was not the agent's doing; the contact's keeps it."""

    score: float | None
    score_before_fatal: float | None
    contact_score: float | None
    contact_score_before_fatal: float | None
    fatal: bool
    contact_fatal: bool
    customer_critical: bool
    business_critical: bool
    compliance_critical: bool
    defects: int
    opportunities: int
    missed_complaint: bool
    vulnerable_customer: bool


class MatterDecisionGiven(TypedDict, total=False):
    """What becomes of a matter. watch_until: of what is watched; team or process: of what is not its receiver's."""

    decision: Decision
    because: str
    watch_until: str | None
    team: int | None
    process: int | None


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


class MeetingInWords(TypedDict):
    """A meeting with all that was said, asked and agreed there."""

    id: int
    kind: str
    team: int
    planned_for: str
    minutes: int
    led_by: Named
    started_at: str | None
    ended_at: str | None
    cancelled_at: str | None
    items: list[ItemOf]
    questions: list[QuestionOf]
    actions: list[ActionOf]
    notes: str


class MeetingOf(TypedDict):
    """One meeting of a team."""

    id: int
    kind: str
    team: int
    planned_for: str
    minutes: int
    led_by: Named
    started_at: str | None
    ended_at: str | None
    cancelled_at: str | None


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


class MinutesGiven(TypedDict, total=False):
    """What else was said."""

    minutes: str


class NameOf(TypedDict, total=False):
    """A name that nobody has looked at yet, and whom it may be; reason: why that is proposed."""

    agent: AgentOf
    may_be: AgentOf | None
    reason: str | None
    is_strong: bool


class Named(TypedDict):
    """Somebody who logs in here."""

    id: int
    name: str


class NewView(TypedDict, total=False):
    """Which page to keep, under which name."""

    name: str
    path: str
    query: str


class NoteGiven(TypedDict, total=False):
    """What changed with a version, and why."""

    note: str


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


class ObjectiveOf(TypedDict, total=False):
    """One figure by a day, as it was agreed, with how it stood at the last look."""

    id: int
    agent: int | None
    wording: str
    measure: str
    measure_version: int
    target: float
    stretch: float | None
    from_day: str
    due_on: str
    state: str
    baseline: float
    chance_with: float
    chance_without: float
    chance_now: float
    looked_at: str
    progress: str
    action: str
    action_kind: str
    counter_measure: str | None
    counter_limit: float | None
    aim: int | None
    replaces: int | None
    agent_agreed_at: str | None
    leader_agreed_at: str | None


class OnContactOf(TypedDict, total=False):
    """One question on one contact."""

    contact: int
    said: list[MarkSaid]
    stands: str | None
    agreed: bool


class OpenMarking(TypedDict, total=False):
    """The marking that the owner of the token is making."""

    answers: list[AnswerGiven]
    words: str
    missed_complaint: bool
    vulnerable_customer: bool
    evaluation: int
    form: int
    form_version: int
    missing: list[FieldProblem]


class OptionWritten(TypedDict, total=False):
    """One answer to choose, of a scale or a choice."""

    code: str
    label: str
    share: float
    miss: bool
    anchor: str


Outcome = Literal["upheld", "overturned"]


class PageOfAgentOf(TypedDict, total=False):
    """Page_AgentOf_"""

    items: list[AgentOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfAimOf(TypedDict, total=False):
    """Page_AimOf_"""

    items: list[AimOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfAppealWaiting(TypedDict, total=False):
    """Page_AppealWaiting_"""

    items: list[AppealWaiting]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfCalibrationOf(TypedDict, total=False):
    """Page_CalibrationOf_"""

    items: list[CalibrationOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfCauseOf(TypedDict, total=False):
    """Page_CauseOf_"""

    items: list[CauseOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfCoachingSessionOf(TypedDict, total=False):
    """Page_CoachingSessionOf_"""

    items: list[CoachingSessionOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfCycleOf(TypedDict, total=False):
    """Page_CycleOf_"""

    items: list[CycleOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfDrawOf(TypedDict, total=False):
    """Page_DrawOf_"""

    items: list[DrawOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfDrawnContactOf(TypedDict, total=False):
    """Page_DrawnContactOf_"""

    items: list[DrawnContactOf]
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


class PageOfEvaluationOf(TypedDict, total=False):
    """Page_EvaluationOf_"""

    items: list[EvaluationOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfFeedbackOf(TypedDict, total=False):
    """Page_FeedbackOf_"""

    items: list[FeedbackOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfFileOf(TypedDict, total=False):
    """Page_FileOf_"""

    items: list[FileOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PageOfFormOf(TypedDict, total=False):
    """Page_FormOf_"""

    items: list[FormOf]
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


class PageOfMeetingOf(TypedDict, total=False):
    """Page_MeetingOf_"""

    items: list[MeetingOf]
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


class PageOfObjectiveOf(TypedDict, total=False):
    """Page_ObjectiveOf_"""

    items: list[ObjectiveOf]
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


class PageOfProposalOf(TypedDict, total=False):
    """Page_ProposalOf_"""

    items: list[ProposalOf]
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


class PageOfRecordingOf(TypedDict, total=False):
    """Page_RecordingOf_"""

    items: list[RecordingOf]
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


class PageOfRemarkOf(TypedDict, total=False):
    """Page_RemarkOf_"""

    items: list[RemarkOf]
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


class PageOfSamplingPlanOf(TypedDict, total=False):
    """Page_SamplingPlanOf_"""

    items: list[SamplingPlanOf]
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


class PageOfStandardOf(TypedDict, total=False):
    """Page_StandardOf_"""

    items: list[StandardOf]
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


class PageOfTeamGoalOf(TypedDict, total=False):
    """Page_TeamGoalOf_"""

    items: list[TeamGoalOf]
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


class PageOfTrainingOf(TypedDict, total=False):
    """Page_TrainingOf_"""

    items: list[TrainingOf]
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


class PageOfWaitingOf(TypedDict, total=False):
    """Page_WaitingOf_"""

    items: list[WaitingOf]
    total: int
    limit: int
    offset: int
    next: str | None


class PartOf(TypedDict, total=False):
    """One agent's part of a contact, which can be evaluated."""

    part: str
    day: str
    contact: str
    entered_at: str
    channel: str
    queue: str | None
    reason: str | None
    talk_seconds: float | None
    hold_seconds: float | None
    wrap_up_seconds: float | None
    place: int
    places: int


class ParticipantOf(TypedDict, total=False):
    """One who takes part."""

    user: Named
    handed_in: int
    gone: bool
    harsher: int | None
    milder: int | None
    same: int | None


class Parts(TypedDict, total=False):
    """The agent's latest parts of four weeks, the newest first."""

    items: list[PartOf]
    before: str | None


class PlanOf(TypedDict):
    """By which rule customers are asked."""

    id: int
    name: str
    survey: str
    share: float
    rest_days: int
    ended_at: str | None


class ProofOf(TypedDict):
    """What came out when it was drawn again just now."""

    holds: bool
    is_whole: bool
    said: str
    drawn: int
    population: int
    digest: str
    in_trail: bool
    corrected: list[CorrectedOf]
    other: list[str]


class ProposalOf(TypedDict, total=False):
    """Somebody who could be coached, and why."""

    id: int
    agent: int
    name: str
    proposed_by: str
    measure: str | None
    because: str | None
    probability: float | None
    made_at: str


Purpose = Literal["official", "coaching", "self", "peer", "calibration"]


QuestionKind = Literal["yes_no", "scale", "choice", "number", "text"]


class QuestionOf(TypedDict):
    """What was asked, and answered."""

    words: str
    asked_at: str
    answer: str
    answered_at: str | None


class QuestionWritten(TypedDict, total=False):
    """One thing to look for."""

    code: str
    wording: str
    kind: QuestionKind
    points: float
    options: list[OptionWritten]
    least: float | None
    most: float | None
    may_not_apply: bool
    critical: Critical | None
    fatal: Fatal | None
    condition: ConditionWritten | None
    guidance: str


class QueueOf(TypedDict, total=False):
    """A queue in which customers wait."""

    id: int
    name: str
    site: int | None


class ReadersOf(TypedDict):
    """Who has read what was published, of the last time when everybody was asked; a leader is told of her own people alone."""

    version: int
    asked_at: str
    due_on: str
    is_refresher: bool
    asked_count: int
    read_count: int
    read: list[HasRead]
    unread: list[HasNotRead]
    without_log_in: list[str]
    questions: list[UnderstoodOf]


class Received(TypedDict):
    """What came of it so far. known_already: handed in before, and decided about then; fates: of all that the plan has seen."""

    batch: int
    seed: str
    handed_in: int
    known_already: int
    fates: dict[str, int]


class RecordingGiven(TypedDict, total=False):
    """Which file of which store is of which contact: by the contact's key or id, or by agent and time."""

    store: str
    name: str
    contact_key: str | None
    contact: str | None
    agent: str | None
    began_at: str | None


class RecordingOf(TypedDict, total=False):
    """A recording of a known contact, which stays where it lies."""

    id: int
    kind: str
    contact: str
    contact_at: str
    channel: str | None
    agents: list[AgentNamed]
    began_at: str | None
    size_bytes: int
    seconds: float | None
    lanes: int | None
    codec: str | None
    content_type: str | None


class RecordingWithMarks(TypedDict, total=False):
    """A recording with what was marked in it, and who heard it."""

    id: int
    kind: str
    contact: str
    contact_at: str
    channel: str | None
    agents: list[AgentNamed]
    began_at: str | None
    size_bytes: int
    seconds: float | None
    lanes: int | None
    codec: str | None
    content_type: str | None
    marks: list[MarkOf]
    listens: list[ListenOf]


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


class RemarkOf(TypedDict, total=False):
    """What somebody said about a draft, and what she or he was answered."""

    id: int
    kind: str
    text: str
    by: Named
    at: str
    outcome: str | None
    answer: str | None
    answered_by: Named | None
    answered_at: str | None


class RemarkOn(TypedDict):
    """What somebody wrote below an evaluation."""

    by: Named
    at: str
    words: str


class RepairOf(TypedDict):
    """Rows that are mended in one way: of one source, for one reason."""

    source: str
    reason: str
    expected: str
    mend: str
    rows: int
    files: int


class ReviewOf(TypedDict, total=False):
    """A planned review; found: of one that was held, as it stood."""

    week: int
    due_on: str
    held_at: str | None
    said: str | None
    found: dict[str, Any] | None


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


Rule = Literal["weighted_points", "mean_of_sections", "deduction", "defect_count"]


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


class SamplingPlanOf(TypedDict, total=False):
    """A version of a plan: a quota for each agent in each week or month; of all teams, queues and channels where none is named."""

    id: int
    name: str
    form: int
    every: str
    quota: int
    outside: float
    twice: float
    targeted: int
    causes: list[str]
    teams: list[int]
    queues: list[int]
    channels: list[str]
    from_day: str
    until: str | None
    follows: int | None


class SectionWritten(TypedDict, total=False):
    """A part of the form."""

    code: str
    title: str
    weight: float
    questions: list[QuestionWritten]


class SessionGiven(TypedDict):
    """Who marks side by side, by which form, and until when."""

    name: str
    form: int
    participants: list[int]
    opens_on: str
    due: str


class SiteOf(TypedDict):
    """A place of work; its zone sets the local day of everything that happens there."""

    id: int
    code: str
    name: str
    timezone: str
    country: str


# Of those who began in these days, together: when they came to do what established colleagues do, and stayed so.
SpeedOf = TypedDict(
    "SpeedOf",
    {
        "measure": "str",
        "from": "str",
        "to": "str",
        "began": "int",
        "followed": "int",
        "established": "int",
        "band": "float",
        "held_weeks": "int",
        "median_week": "int | None",
        "low_week": "int | None",
        "high_week": "int | None",
        "reason": "str | None",
        "weeks": "list[WeekAtWork]",
        "definition": "str",
        "sentence": "str",
        "rests": "str",
    },
)


class StandardInWords(TypedDict, total=False):
    """One standard with all its words, its versions, and what was changed because of it."""

    id: int
    version: int
    state: str
    title: str
    measure: str | None
    value: float | None
    low: float | None
    high: float | None
    site: int | None
    team: int | None
    queue: int | None
    channel: str | None
    owner: Named
    aim: int | None
    client: str | None
    basis: str | None
    from_day: str
    until: str | None
    review_on: str
    consulted_until: str | None
    wording: str
    why: str
    behaviour: str | None
    changed_because: str | None
    published_at: str | None
    versions: list[VersionOf]
    changes: list[ChangeOf]


class StandardOf(TypedDict, total=False):
    """A standard in one of its versions; of a site, team, queue or channel, else of the centre."""

    id: int
    version: int
    state: str
    title: str
    measure: str | None
    value: float | None
    low: float | None
    high: float | None
    site: int | None
    team: int | None
    queue: int | None
    channel: str | None
    owner: Named
    aim: int | None
    client: str | None
    basis: str | None
    from_day: str
    until: str | None
    review_on: str
    consulted_until: str | None


State = Literal["begun", "submitted", "released", "acknowledged", "appealed", "decided"]


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


class TalkGiven(TypedDict, total=False):
    """A talk to be planned by the owner of the token."""

    agents: list[int]
    planned_for: str
    topic: str
    measure: str
    proposal: int | None


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


class TeamGoalOf(TypedDict):
    """One goal of a team."""

    id: int
    team: int
    measure: str
    measure_version: int
    counter_measure: str
    target: float
    words: str
    first_on: str
    due_on: str
    ended_at: str | None
    ended_as: str


class TeamOf(TypedDict, total=False):
    """A team; parent: the team that it is part of."""

    id: int
    name: str
    site: int | None
    parent: int | None


class TrainingOf(TypedDict, total=False):
    """One training, without who was invited."""

    id: int
    subject: str
    is_mentoring: bool
    measure: str | None
    planned_for: str
    minutes: int
    held_at: str | None
    cancelled_at: str | None
    refresh_on: str | None
    refreshes: int | None


class TranscriptOf(TypedDict):
    """What was said on the contact of a recording."""

    transcript: int
    turns: list[TurnOf]
    masked: int


class TurnOf(TypedDict, total=False):
    """Somebody said something, or something happened."""

    speaker: str
    name: str
    text: str
    start: float | None
    end: float | None
    event: str | None


class UnderstoodOf(TypedDict, total=False):
    """One question of the check of understanding, by everybody's first answers; of fewer than four nothing is said."""

    asks: str
    answered: int
    share: float | None
    low: float | None
    high: float | None
    mostly: str | None


class UserOf(TypedDict, total=False):
    """Somebody who may log in, with every role that she or he holds or held."""

    id: int
    username: str
    agent: int | None
    is_active: bool
    roles: list[RoleOf]


class VersionOf(TypedDict, total=False):
    """One version, in a list of them."""

    version: int
    state: str
    from_day: str
    until: str | None
    published_at: str | None
    published_by: Named | None


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


class WaitingOf(TypedDict, total=False):
    """A contact that was drawn for the owner of the token, and is not begun."""

    part: str
    contact: str
    agent: AgentNamed
    contact_at: str
    day: str
    channel: str | None
    picked: str
    cause: str | None
    probability: float | None
    id: int
    plan: int
    form: int


class WeekAtWork(TypedDict):
    """One week at the work."""

    week: int
    waiting: float
    low: float
    high: float
    at_risk: int


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


class WhyGiven(TypedDict):
    """Why it is set aside."""

    why: str


class WordingOf(TypedDict, total=False):
    """How a question is to be read from now on."""

    question: str
    guidance: str | None
    note: str | None
    by: Named
    at: str
    taken_into: int | None


class WordsGiven(TypedDict):
    """What to write below it."""

    words: str


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
        *,
        is_file: bool = False,
    ) -> Any:
        """Send one request; the answer as JSON, or the bytes of a file. Its mark is kept as `last_tag`."""
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        address = self._address + path + (f"?{urllib.parse.urlencode(asked, doseq=True)}" if asked else "")
        sent = {"Authorization": f"Bearer {self._token}", "Accept": "*/*" if is_file else "application/json"}
        sent |= {name: value for name, value in (headers or {}).items() if value is not None}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        for waited in range(self._waits + 1):
            request = urllib.request.Request(address, data=data, headers=sent, method=method)
            try:
                with self._opener.open(request, timeout=self._timeout_seconds) as answer:
                    self.last_tag = answer.headers.get("ETag", "")
                    return answer.read() if is_file else json.load(answer)
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

    def register_file(
        self,
        given: RecordingGiven,
        *,
        key: str | None = None,
    ) -> FileOf:
        """Say of which contact a file of a store is: sound, screen or transcript. Said again, what is said last holds."""
        path = "/api/v1/recordings/files"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FileOf", self._ask("POST", path, query, given, headers))

    def list_unmatched_files(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfFileOf:
        """The files whose contact is not known, each with why, by store and name."""
        path = "/api/v1/recordings/files/unmatched"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfFileOf", self._ask("GET", path, query, None, headers))

    def list_recordings(
        self,
        *,
        agent: int | None = None,
        contact: str | None = None,
        kind: Kind | None = None,
        since: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfRecordingOf:
        """The recordings that the reader may hear, the newest contact first; an agent's are those that are all her own."""
        path = "/api/v1/recordings"
        query: dict[str, Any] = {
            "agent": agent,
            "contact": contact,
            "kind": kind,
            "since": since,
            "limit": limit,
            "offset": offset,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfRecordingOf", self._ask("GET", path, query, None, headers))

    def read_recording(
        self,
        recording_id: int,
        *,
        known: str | None = None,
    ) -> RecordingWithMarks:
        """One recording with the marks that the reader is shown; the agents in it are shown that somebody looked."""
        path = f"/api/v1/recordings/{urllib.parse.quote(str(recording_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("RecordingWithMarks", self._ask("GET", path, query, None, headers))

    def read_transcript(
        self,
        recording_id: int,
        *,
        known: str | None = None,
    ) -> TranscriptOf:
        """What was said on the contact, turn by turn; the agents in it are shown that somebody looked."""
        path = f"/api/v1/recordings/{urllib.parse.quote(str(recording_id), safe='')}/transcript"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("TranscriptOf", self._ask("GET", path, query, None, headers))

    def hear_recording(
        self,
        recording_id: int,
        *,
        known: str | None = None,
        part: str | None = None,
    ) -> bytes:
        """The sound or screen itself, or a part of it. That the owner of the token hears it is kept, and shown to the agents in it."""
        path = f"/api/v1/recordings/{urllib.parse.quote(str(recording_id), safe='')}/file"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known, "Range": part}
        return cast("bytes", self._ask("GET", path, query, None, headers, is_file=True))

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

    def list_aims(
        self,
        *,
        on: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfAimOf:
        """What the centre, sites and teams want to reach, as far as the reader may know it, the latest first."""
        path = "/api/v1/aims"
        query: dict[str, Any] = {"on": on, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfAimOf", self._ask("GET", path, query, None, headers))

    def list_causes(
        self,
        *,
        on: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfCauseOf:
        """The root causes of the centre's list, past ones too, by code."""
        path = "/api/v1/causes"
        query: dict[str, Any] = {"on": on, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfCauseOf", self._ask("GET", path, query, None, headers))

    def list_standards(
        self,
        *,
        show: Literal["in_force", "to_read", "in_work"] | None = None,
        sought: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfStandardOf:
        """The standards that the reader may read, by title."""
        path = "/api/v1/standards"
        query: dict[str, Any] = {"show": show, "sought": sought, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfStandardOf", self._ask("GET", path, query, None, headers))

    def read_standard(
        self,
        standard_id: int,
        *,
        version: int | None = None,
        known: str | None = None,
    ) -> StandardInWords:
        """One standard with all its words, in its newest version or in the one that is asked for."""
        path = f"/api/v1/standards/{urllib.parse.quote(str(standard_id), safe='')}"
        query: dict[str, Any] = {"version": version}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("StandardInWords", self._ask("GET", path, query, None, headers))

    def read_readers(
        self,
        standard_id: int,
        *,
        known: str | None = None,
    ) -> ReadersOf:
        """Who has read it and which questions are misunderstood: for its keepers everybody, for a leader her own people."""
        path = f"/api/v1/standards/{urllib.parse.quote(str(standard_id), safe='')}/readers"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("ReadersOf", self._ask("GET", path, query, None, headers))

    def list_consultations(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfStandardOf:
        """The drafts that those whom they concern are asked about, as far as they concern the reader or are kept by her or him."""
        path = "/api/v1/consultations"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfStandardOf", self._ask("GET", path, query, None, headers))

    def list_remarks(
        self,
        standard_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfRemarkOf:
        """What was said about the draft that is being talked about, and what came of it, the earliest first."""
        path = f"/api/v1/standards/{urllib.parse.quote(str(standard_id), safe='')}/remarks"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfRemarkOf", self._ask("GET", path, query, None, headers))

    def list_forms(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfFormOf:
        """The forms by which contacts are marked, by name; for those who build forms, the others too."""
        path = "/api/v1/forms"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfFormOf", self._ask("GET", path, query, None, headers))

    def bring_in_form(
        self,
        given: FormWritten,
        *,
        key: str | None = None,
    ) -> FormDraft:
        """Bring in a form that was written elsewhere, such as one that was read here: a draft, until it is published."""
        path = "/api/v1/forms"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FormDraft", self._ask("POST", path, query, given, headers))

    def read_form(
        self,
        form_id: int,
        *,
        version: int | None = None,
        known: str | None = None,
    ) -> FormInWords:
        """What a form asks, in the version in use or in an earlier one: those that were marked by it stay so."""
        path = f"/api/v1/forms/{urllib.parse.quote(str(form_id), safe='')}"
        query: dict[str, Any] = {"version": version}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("FormInWords", self._ask("GET", path, query, None, headers))

    def begin_form_version(
        self,
        form_id: int,
        *,
        key: str | None = None,
    ) -> FormDraft:
        """Begin the next version of a form, as a copy of the one in use; where there is a draft, it is that one."""
        path = f"/api/v1/forms/{urllib.parse.quote(str(form_id), safe='')}/draft"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FormDraft", self._ask("POST", path, query, None, headers))

    def read_form_draft(
        self,
        form_id: int,
        *,
        known: str | None = None,
    ) -> FormDraft:
        """What the next version asks while it is built, and what keeps it from being published."""
        path = f"/api/v1/forms/{urllib.parse.quote(str(form_id), safe='')}/draft"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("FormDraft", self._ask("GET", path, query, None, headers))

    def write_form_draft(
        self,
        form_id: int,
        given: Asks,
        *,
        tag: str | None = None,
    ) -> FormDraft:
        """Let the draft ask this. A question that keeps its code is followed through all versions."""
        path = f"/api/v1/forms/{urllib.parse.quote(str(form_id), safe='')}/draft"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-Match": tag}
        return cast("FormDraft", self._ask("PUT", path, query, given, headers))

    def publish_form(
        self,
        form_id: int,
        given: NoteGiven,
        *,
        key: str | None = None,
    ) -> FormInWords:
        """Mark contacts by the draft from now on; what was marked before stays as it is."""
        path = f"/api/v1/forms/{urllib.parse.quote(str(form_id), safe='')}/publish"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FormInWords", self._ask("POST", path, query, given, headers))

    def retire_form(
        self,
        form_id: int,
        *,
        key: str | None = None,
    ) -> FormInWords:
        """Mark nothing by it any more; what was marked stays."""
        path = f"/api/v1/forms/{urllib.parse.quote(str(form_id), safe='')}/retire"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FormInWords", self._ask("POST", path, query, None, headers))

    def list_evaluations(
        self,
        *,
        agent: int | None = None,
        form: int | None = None,
        purpose: Purpose | None = None,
        state: State | None = None,
        mine: bool | None = None,
        since: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfEvaluationOf:
        """The evaluations that the reader may see, the newest first; that those of others were taken along is noted."""
        path = "/api/v1/evaluations"
        query: dict[str, Any] = {
            "agent": agent,
            "form": form,
            "purpose": purpose,
            "state": state,
            "mine": mine,
            "since": since,
            "limit": limit,
            "offset": offset,
        }
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfEvaluationOf", self._ask("GET", path, query, None, headers))

    def begin_evaluation(
        self,
        given: EvaluationGiven,
        *,
        key: str | None = None,
    ) -> EvaluationOf:
        """Begin to evaluate a contact as the owner of the token; begun before, by the same form and for the same, it is that one."""
        path = "/api/v1/evaluations"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationOf", self._ask("POST", path, query, given, headers))

    def read_evaluation(
        self,
        evaluation_id: int,
        *,
        known: str | None = None,
    ) -> EvaluationInFull:
        """One evaluation. Whoever has read its marks, here or on its page, decides no appeal against them."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("EvaluationInFull", self._ask("GET", path, query, None, headers))

    def release_evaluation(
        self,
        evaluation_id: int,
        *,
        key: str | None = None,
    ) -> EvaluationInFull:
        """Let the agent read it: an act of its own after it was submitted, from which on the days run to answer it."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/release"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationInFull", self._ask("POST", path, query, None, headers))

    def see_evaluation(
        self,
        evaluation_id: int,
        *,
        key: str | None = None,
    ) -> EvaluationInFull:
        """As the agent, ask for the marks; from then on one cannot mark the contact oneself without having seen them."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/see"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationInFull", self._ask("POST", path, query, None, headers))

    def acknowledge_evaluation(
        self,
        evaluation_id: int,
        *,
        key: str | None = None,
    ) -> EvaluationInFull:
        """As the agent who has seen the marks, let them stand."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/acknowledge"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationInFull", self._ask("POST", path, query, None, headers))

    def appeal_evaluation(
        self,
        evaluation_id: int,
        given: AppealGiven,
        *,
        key: str | None = None,
    ) -> EvaluationInFull:
        """As the agent, say what was heard differently: another evaluator marks the contact anew, without these marks."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/appeal"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationInFull", self._ask("POST", path, query, given, headers))

    def read_appeal(
        self,
        evaluation_id: int,
        *,
        known: str | None = None,
    ) -> AppealBeside:
        """The appeal against an evaluation; not for whoever may still take it, nor for whoever marks the contact anew, until she has."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/appeal"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("AppealBeside", self._ask("GET", path, query, None, headers))

    def remark_on_evaluation(
        self,
        evaluation_id: int,
        given: WordsGiven,
        *,
        key: str | None = None,
    ) -> RemarkOn:
        """Write below a released evaluation, as its agent or as somebody who may read it."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/remarks"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("RemarkOn", self._ask("POST", path, query, given, headers))

    def list_appeals(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfAppealWaiting:
        """The open appeals that the owner of the token has taken or may take, the longest waiting first."""
        path = "/api/v1/appeals"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfAppealWaiting", self._ask("GET", path, query, None, headers))

    def take_appeal(
        self,
        evaluation_id: int,
        *,
        key: str | None = None,
    ) -> OpenMarking:
        """Take an appeal, and mark the contact anew: neither who made nor who has read the first marks can."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/appeal/take"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("OpenMarking", self._ask("POST", path, query, None, headers))

    def decide_appeal(
        self,
        evaluation_id: int,
        given: DecisionGiven,
        *,
        key: str | None = None,
    ) -> EvaluationInFull:
        """Say which marks stand, as whoever has taken the appeal and has marked the contact anew."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/appeal/decide"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationInFull", self._ask("POST", path, query, given, headers))

    def edit_evaluation(
        self,
        evaluation_id: int,
        given: EditGiven,
        *,
        key: str | None = None,
    ) -> OpenMarking:
        """Begin a further marking of what was submitted, from the one that stands; that one stays to be seen."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/edit"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("OpenMarking", self._ask("POST", path, query, given, headers))

    def list_parts(
        self,
        agent_id: int,
        *,
        until: str | None = None,
        known: str | None = None,
    ) -> Parts:
        """An agent's contacts that the owner of the token may evaluate; an agent's own for herself."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/parts"
        query: dict[str, Any] = {"until": until}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("Parts", self._ask("GET", path, query, None, headers))

    def read_answers(
        self,
        evaluation_id: int,
        *,
        known: str | None = None,
    ) -> OpenMarking:
        """The marking that the owner of the token is making, with what is still missing; the score is not told before the end."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/answers"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("OpenMarking", self._ask("GET", path, query, None, headers))

    def write_answers(
        self,
        evaluation_id: int,
        given: MarkingGiven,
        *,
        tag: str | None = None,
    ) -> OpenMarking:
        """Keep what was answered so far. Nothing is handed in by that."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/answers"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-Match": tag}
        return cast("OpenMarking", self._ask("PUT", path, query, given, headers))

    def submit_evaluation(
        self,
        evaluation_id: int,
        given: MarkingGiven,
        *,
        key: str | None = None,
    ) -> EvaluationInFull:
        """Hand a marking in with these answers: it is final, and not yet released to the agent."""
        path = f"/api/v1/evaluations/{urllib.parse.quote(str(evaluation_id), safe='')}/submit"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationInFull", self._ask("POST", path, query, given, headers))

    def list_sampling_plans(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfSamplingPlanOf:
        """The plans by which contacts are drawn, by name."""
        path = "/api/v1/sampling/plans"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfSamplingPlanOf", self._ask("GET", path, query, None, headers))

    def list_draws(
        self,
        sampling_plan_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfDrawOf:
        """The draws of a plan, the latest first."""
        path = f"/api/v1/sampling/plans/{urllib.parse.quote(str(sampling_plan_id), safe='')}/draws"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfDrawOf", self._ask("GET", path, query, None, headers))

    def draw_now(
        self,
        sampling_plan_id: int,
        *,
        key: str | None = None,
    ) -> DrawOf:
        """Draw the plan's last week or month that was over, where its days are loaded and not drawn yet; the seed is kept."""
        path = f"/api/v1/sampling/plans/{urllib.parse.quote(str(sampling_plan_id), safe='')}/draws"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("DrawOf", self._ask("POST", path, query, None, headers))

    def read_draw(
        self,
        draw_id: int,
        *,
        known: str | None = None,
    ) -> DrawWithProof:
        """One draw, drawn again from its seed and filter and compared with what was kept."""
        path = f"/api/v1/sampling/draws/{urllib.parse.quote(str(draw_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("DrawWithProof", self._ask("GET", path, query, None, headers))

    def list_drawn_contacts(
        self,
        draw_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfDrawnContactOf:
        """The contacts that came out of a draw, each once, by agent and time."""
        path = f"/api/v1/sampling/draws/{urllib.parse.quote(str(draw_id), safe='')}/contacts"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfDrawnContactOf", self._ask("GET", path, query, None, headers))

    def list_waiting_contacts(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfWaitingOf:
        """What was drawn for the owner of the token and is not begun, the oldest first."""
        path = "/api/v1/sampling/waiting"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfWaitingOf", self._ask("GET", path, query, None, headers))

    def begin_drawn(
        self,
        drawn_id: int,
        *,
        key: str | None = None,
    ) -> EvaluationOf:
        """Begin to evaluate what was drawn for the owner of the token."""
        path = f"/api/v1/sampling/waiting/{urllib.parse.quote(str(drawn_id), safe='')}/begin"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationOf", self._ask("POST", path, query, None, headers))

    def set_aside_drawn(
        self,
        drawn_id: int,
        given: WhyGiven,
        *,
        key: str | None = None,
    ) -> DrawnContactOf:
        """Let a drawn contact be, with a reason: that it was drawn stays to be seen."""
        path = f"/api/v1/sampling/waiting/{urllib.parse.quote(str(drawn_id), safe='')}/set-aside"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("DrawnContactOf", self._ask("POST", path, query, given, headers))

    def list_calibrations(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfCalibrationOf:
        """The sessions that the owner of the token takes part in, the latest first; all of them for those who build forms."""
        path = "/api/v1/calibrations"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfCalibrationOf", self._ask("GET", path, query, None, headers))

    def call_calibration(
        self,
        given: SessionGiven,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """Call people together to mark the same contacts; which these are is chosen next."""
        path = "/api/v1/calibrations"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, given, headers))

    def read_calibration(
        self,
        session_id: int,
        *,
        known: str | None = None,
    ) -> CalibrationInFull:
        """One session: while it is blind what is still to be marked; then who said what, the most argued first, and what was agreed."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("CalibrationInFull", self._ask("GET", path, query, None, headers))

    def add_calibration_contact(
        self,
        session_id: int,
        given: ContactGiven,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """Let everybody mark this contact: one that all may mark, and of which nobody knows marks. Before anybody has begun."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/contacts"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, given, headers))

    def remove_calibration_contact(
        self,
        session_id: int,
        contact_id: int,
    ) -> CalibrationInFull:
        """Take back a contact that somebody chose, before anybody has begun; what chance chose stays."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/contacts/{urllib.parse.quote(str(contact_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {}
        return cast("CalibrationInFull", self._ask("DELETE", path, query, None, headers))

    def draw_calibration_contacts(
        self,
        session_id: int,
        given: DrawGiven,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """Let chance choose, once a session, among what all participants can mark blind; the seed is kept."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/draw"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, given, headers))

    def begin_calibrated(
        self,
        contact_id: int,
        *,
        key: str | None = None,
    ) -> EvaluationOf:
        """Begin to mark one contact of a session, blind; it is answered and handed in as any other evaluation."""
        path = f"/api/v1/calibrations/contacts/{urllib.parse.quote(str(contact_id), safe='')}/begin"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("EvaluationOf", self._ask("POST", path, query, None, headers))

    def end_blind_phase(
        self,
        session_id: int,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """Show the marks before everybody has handed in: whoever has not is not compared, and cannot mark any more."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/end-blind"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, None, headers))

    def call_off_calibration(
        self,
        session_id: int,
        given: CallOffGiven,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """Let a session be, as long as nobody has seen anybody's marks."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/call-off"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, given, headers))

    def agree_on_question(
        self,
        session_id: int,
        code: str,
        given: AgreementGiven,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """Write down what was agreed about a question: by contact its answer, and how it is to be read from now on."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/questions/{urllib.parse.quote(str(code), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, given, headers))

    def close_calibration(
        self,
        session_id: int,
        given: MinutesGiven,
        *,
        key: str | None = None,
    ) -> CalibrationInFull:
        """The discussion is over: from now on nothing of the session changes."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/close"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CalibrationInFull", self._ask("POST", path, query, given, headers))

    def take_over_wording(
        self,
        session_id: int,
        code: str,
        *,
        key: str | None = None,
    ) -> FormDraft:
        """Make the wording that was agreed for a question its guidance in the form's next version, which somebody publishes."""
        path = f"/api/v1/calibrations/{urllib.parse.quote(str(session_id), safe='')}/wordings/{urllib.parse.quote(str(code), safe='')}/take-over"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FormDraft", self._ask("POST", path, query, None, headers))

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

    def list_coaching_sessions(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfCoachingSessionOf:
        """The talks that the owner of the token may know of, the latest first."""
        path = "/api/v1/coaching/sessions"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfCoachingSessionOf", self._ask("GET", path, query, None, headers))

    def plan_coaching_session(
        self,
        given: TalkGiven,
        *,
        key: str | None = None,
    ) -> CoachingSessionOf:
        """Plan a talk with people whom the owner of the token coaches; the proposal that it answers is closed by it."""
        path = "/api/v1/coaching/sessions"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("CoachingSessionOf", self._ask("POST", path, query, given, headers))

    def read_coaching_session(
        self,
        session_id: int,
        *,
        known: str | None = None,
    ) -> CoachingSessionOf:
        """One talk."""
        path = f"/api/v1/coaching/sessions/{urllib.parse.quote(str(session_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("CoachingSessionOf", self._ask("GET", path, query, None, headers))

    def list_coaching_proposals(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfProposalOf:
        """Who could be coached, of the people whom the owner of the token coaches; the oldest first."""
        path = "/api/v1/coaching/proposals"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfProposalOf", self._ask("GET", path, query, None, headers))

    def list_feedback(
        self,
        agent_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfFeedbackOf:
        """What was said of one person's work, the latest first: one's own, or of somebody whom one coaches."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/feedback"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfFeedbackOf", self._ask("GET", path, query, None, headers))

    def give_feedback(
        self,
        agent_id: int,
        given: FeedbackGiven,
        *,
        key: str | None = None,
    ) -> FeedbackOf:
        """Say something of somebody's work, in one's own name; refused without evidence."""
        path = f"/api/v1/agents/{urllib.parse.quote(str(agent_id), safe='')}/feedback"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("FeedbackOf", self._ask("POST", path, query, given, headers))

    def decide_matter(
        self,
        matter_id: int,
        given: MatterDecisionGiven,
        *,
        key: str | None = None,
    ) -> DecisionOf:
        """Say what becomes of a matter that one receives; earlier decisions stay."""
        path = f"/api/v1/matters/{urllib.parse.quote(str(matter_id), safe='')}/decisions"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("DecisionOf", self._ask("POST", path, query, given, headers))

    def list_objectives(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfObjectiveOf:
        """One's own objectives, and those of the people whom the owner of the token coaches; by their days."""
        path = "/api/v1/coaching/objectives"
        query: dict[str, Any] = {"limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfObjectiveOf", self._ask("GET", path, query, None, headers))

    def read_objective(
        self,
        objective_id: int,
        *,
        known: str | None = None,
    ) -> ObjectiveOf:
        """One objective."""
        path = f"/api/v1/coaching/objectives/{urllib.parse.quote(str(objective_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("ObjectiveOf", self._ask("GET", path, query, None, headers))

    def list_trainings(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        due: bool | None = None,
        known: str | None = None,
    ) -> PageOfTrainingOf:
        """The trainings that the owner of the token may see, the latest first; due: those to be done again within four weeks."""
        path = "/api/v1/coaching/trainings"
        query: dict[str, Any] = {"limit": limit, "offset": offset, "due": due}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfTrainingOf", self._ask("GET", path, query, None, headers))

    def list_cycles(
        self,
        *,
        show: Literal["all", "under_way", "decided"] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfCycleOf:
        """The improvement cycles that the reader may see, the newest first."""
        path = "/api/v1/cycles"
        query: dict[str, Any] = {"show": show, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfCycleOf", self._ask("GET", path, query, None, headers))

    def read_cycle(
        self,
        cycle_id: int,
        *,
        known: str | None = None,
    ) -> CycleInFull:
        """One improvement cycle; of a review that was not held nothing is told but its day."""
        path = f"/api/v1/cycles/{urllib.parse.quote(str(cycle_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("CycleInFull", self._ask("GET", path, query, None, headers))

    def list_meetings(
        self,
        team_id: int,
        *,
        held: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfMeetingOf:
        """The meetings of a team that the reader is in or leads, the latest first."""
        path = f"/api/v1/teams/{urllib.parse.quote(str(team_id), safe='')}/meetings"
        query: dict[str, Any] = {"held": held, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfMeetingOf", self._ask("GET", path, query, None, headers))

    def read_meeting(
        self,
        meeting_id: int,
        *,
        known: str | None = None,
    ) -> MeetingInWords:
        """One meeting with its brief, its questions and what was agreed."""
        path = f"/api/v1/meetings/{urllib.parse.quote(str(meeting_id), safe='')}"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("MeetingInWords", self._ask("GET", path, query, None, headers))

    def add_meeting_action(
        self,
        meeting_id: int,
        given: ActionGiven,
        *,
        key: str | None = None,
    ) -> ActionOf:
        """Note what somebody of the team takes on; it comes back in the next brief until it is done or dropped."""
        path = f"/api/v1/meetings/{urllib.parse.quote(str(meeting_id), safe='')}/actions"
        query: dict[str, Any] = {}
        headers: dict[str, str | None] = {"Idempotency-Key": key}
        return cast("ActionOf", self._ask("POST", path, query, given, headers))

    def list_team_goals(
        self,
        team_id: int,
        *,
        open: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        known: str | None = None,
    ) -> PageOfTeamGoalOf:
        """The goals of a team that the reader is in or leads, those that end last first."""
        path = f"/api/v1/teams/{urllib.parse.quote(str(team_id), safe='')}/goals"
        query: dict[str, Any] = {"open": open, "limit": limit, "offset": offset}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("PageOfTeamGoalOf", self._ask("GET", path, query, None, headers))

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

    def list_priorities(
        self,
        *,
        hours: float | None = None,
        known: str | None = None,
    ) -> list[ActionOf]:
        """What to do first with these hours: what gains most by the hour first, then tickets, then what is not done now."""
        path = "/api/v1/priorities"
        query: dict[str, Any] = {"hours": hours}
        headers: dict[str, str | None] = {"If-None-Match": known}
        return cast("list[ActionOf]", self._ask("GET", path, query, None, headers))

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

    def read_competence(
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
    ) -> SpeedOf:
        """How long starters take, of those whom the reader may see, who began in the 52 weeks up to the last day. Nobody is told alone."""
        path = f"/api/v1/competence/{urllib.parse.quote(str(measure_id), safe='')}"
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
        return cast("SpeedOf", self._ask("GET", path, query, None, headers))

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
