"""What is fairly said of the people of a page, each held against what holds for her?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.models import Site
from floorwalker.apps.standards.holding import Agreed, ByMeasure, Held
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.basis import Rules
from floorwalker.insight.comparison import Comparison
from floorwalker.insight.fair import ByPerson, Fair
from floorwalker.insight.gaps import Gap, Gaps, Sureness, Whose, find_gaps_of_groups
from floorwalker.insight.scorecard import Where
from floorwalker.insight.statements import Method
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi

# By these people are judged: what belongs to them and is a share or a mean. Quality before speed.
JUDGED = (
    "first_contact_resolution",
    "csat_top_box",
    "transfer_rate",
    "average_handle_time",
    "ring_no_answer_rate",
)
# Of so many rows of facts, those of about a hundred and fifty people in four weeks, people are judged while a reader waits.
SOON = 200_000


def read_fair(
    facts: Snapshot, question: Question, agreed: Agreed, own: Mapping[bytes, ByMeasure], *, all_causes: bool = False
) -> ByPerson:
    """By person and measure what is said of her, beside everybody who does comparable work in the period.

    own: by person what holds for her; where she was judged by something else, as after a move, nothing is said.
    all_causes: whose every gap is, not those alone of whoever is named.
    """
    said.prepare(facts, _asked(agreed, all_causes=all_causes), question.period, question.where)
    found: dict[bytes, dict[str, Fair]] = {key: {} for key in own}
    for measure in JUDGED:
        held = {key: standard_of(by_measure.get(measure)) for key, by_measure in own.items()}
        for key, fair in _judged(facts, question, agreed, measure, held, every=all_causes).items():
            found[key][measure] = fair
    return found


def read_fair_whole(facts: Snapshot, question: Question, agreed: Agreed, own: Mapping[bytes, ByMeasure]) -> ByPerson:
    """The same with whose every gap is."""
    return read_fair(facts, question, agreed, own, all_causes=True)


def read_fair_soon(
    facts: Snapshot, question: Question, agreed: Agreed, own: Mapping[bytes, ByMeasure]
) -> ByPerson | None:
    """The same, where that takes no time that a reader notices.

    None where it does: it is worked out meanwhile, and whoever looks again finds it.
    """
    asked = _asked(agreed, all_causes=True)
    if not said.prepare(facts, asked, question.period, question.where, wait=is_small(facts, question)):
        return None
    return read_fair_whole(facts, question, agreed, own)


def prepare_gaps(
    facts: Snapshot, question: Question, where: Where, agreed: Agreed, sites: Collection[Site], kpis: Iterable[Kpi]
) -> bool:
    """Whether the gaps of these measures can be told at once; where not they are worked out meanwhile."""
    asked = _asked(agreed, sites, [kpi.id for kpi in kpis], all_causes=True)
    return said.prepare(facts, asked, question.period, where, wait=is_small(facts, question))


def is_small(facts: Snapshot, question: Question) -> bool:
    """Whether people are judged in the period while a reader waits."""
    first, last = question.period.first, question.period.last
    tables = {kpi.table.name for kpi in judged_measures()}
    return sum(file.rows for table in tables for file in facts.day_files(table, first, last)) <= SOON


def _asked(
    agreed: Agreed, sites: Collection[Site] = (), measures: Iterable[str] = JUDGED, *, all_causes: bool
) -> list[tuple[Method, str, Rules]]:
    """What must be known: who differs, by what holds for each team; and whose gaps are, by what holds for the centre, or the sites."""
    of_sites = agreed.of_centre(sites)
    found = []
    for measure in measures:
        found.append((Method.COMPARISON, measure, rules_of(agreed, measure)))
        if all_causes:
            found.append((Method.CAUSE, measure, Rules(standard_of(of_sites.get(measure)))))
    return found


def rules_of(agreed: Agreed, measure: str) -> Rules:
    """By what people are held in a measure: the centre's standard, those of teams, and those agreed with one person."""
    centre = standard_of(agreed.of_centre().get(measure))
    return Rules(centre, agreed.standards_of_teams(measure), agreed.standards_of_people(measure))


def standard_of(held: Held | None) -> float | None:
    """From what gaps are measured; None where nothing is agreed, which means from what is usual."""
    return None if held is None else held.standard


def compare_all(facts: Snapshot, question: Question, agreed: Agreed, measure: str, where: Where) -> Comparison | None:
    """Everybody with a contact, each against what was agreed with her, else holds for her team, else for the centre."""
    return said.compared(facts, measure, question.period, where, rules_of(agreed, measure))


def gaps_of(
    facts: Snapshot, kpi: Kpi, question: Question, where: Where, agreed: Agreed, sites: Collection[Site]
) -> Gaps | None:
    """The gaps of one measure; None where nobody has such a contact.

    People are named by their team's own standard, where it has one; whose a gap is goes by the centre's, or the site's.
    """
    standard = standard_of(agreed.of_centre(sites).get(kpi.id))
    return said.gaps(facts, kpi.id, question.period, where, standard=standard, rules=rules_of(agreed, kpi.id))


def judged_measures() -> list[Kpi]:
    """The measures by which people are judged."""
    return [catalogue()[name] for name in JUDGED]


def _judged(
    facts: Snapshot,
    question: Question,
    agreed: Agreed,
    measure: str,
    held: Mapping[bytes, float | None],
    *,
    every: bool,
) -> Mapping[bytes, Fair]:
    compared = compare_all(facts, question, agreed, measure, question.where)
    if compared is None:
        return {}
    rows = (one for one in compared.agents if one.agent in held and one.standard == held[one.agent])
    told = {one.agent: Fair(compared, one) for one in rows}
    if not told or not (every or any(fair.named for fair in told.values())):
        return told
    centre = standard_of(agreed.of_centre().get(measure))
    causes = said.causes(facts, measure, question.period, question.where, standard=centre)
    if causes is None:
        return told
    by_agent = {one.agent: one for one in causes.agents if one.agent in told}
    return {
        key: replace(fair, causes=causes, cause=by_agent.get(key)) if every or fair.named else fair
        for key, fair in told.items()
    }


@dataclass(frozen=True)
class Together:
    """A gap that is no single person's: the whole team's, or everybody's."""

    kpi: Kpi
    gap: Gap


def gaps_together(fair: ByPerson, team: bytes) -> list[Together]:
    """By measure, what surely is the team's, or everybody's: to be looked at before any person."""
    known = {name: one.causes for by_measure in fair.values() for name, one in by_measure.items() if one.causes}
    found = (
        Together(causes.kpi, gap)
        for causes in known.values()
        for gap in find_gaps_of_groups(causes)
        if gap.sureness is Sureness.REAL and (gap.whose is Whose.SYSTEM or gap.key == team)
    )
    return sorted(found, key=lambda one: JUDGED.index(one.kpi.id))
