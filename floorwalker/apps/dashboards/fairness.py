"""What is fairly said of the people of a page, each held against what holds for her?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.standards.holding import ByMeasure, Held
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.fair import ByPerson, Fair
from floorwalker.insight.gaps import Gap, Whose, find_gaps
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kpi

# By these people are judged: what belongs to them and is a share or a mean. Quality before speed.
JUDGED = (
    "first_contact_resolution",
    "csat_top_box",
    "transfer_rate",
    "average_handle_time",
    "ring_no_answer_rate",
)


def read_fair(
    facts: Snapshot, question: Question, own: Mapping[bytes, ByMeasure], *, all_causes: bool = False
) -> ByPerson:
    """By person and measure what is said of her, beside everybody who does comparable work in the period.

    own: by person what holds for her. all_causes: whose every gap is, not those alone of whoever is named.
    """
    found: dict[bytes, dict[str, Fair]] = {key: {} for key in own}
    for measure in JUDGED:
        for standard, keys in _by_standard(own, measure).items():
            told = _told(facts, measure, question.period, question.where, standard, keys)
            for key, fair in _with_causes(facts, question, standard, told, every=all_causes).items():
                found[key][measure] = fair
    return found


def _by_standard(own: Mapping[bytes, ByMeasure], measure: str) -> Mapping[float | None, list[bytes]]:
    found: defaultdict[float | None, list[bytes]] = defaultdict(list)
    for key, held in own.items():
        found[standard_of(held.get(measure))].append(key)
    return found


def standard_of(held: Held | None) -> float | None:
    """From what gaps are measured; None where nothing is agreed, which means from what is usual."""
    return None if held is None else held.standard


def _told(
    facts: Snapshot, measure: str, period: Period, where: Where, standard: float | None, keys: Iterable[bytes]
) -> dict[bytes, Fair]:
    compared = said.comparison(facts, measure, period, where, standard=standard)
    if compared is None:
        return {}
    wanted = frozenset(keys)
    return {one.agent: Fair(compared, one) for one in compared.agents if one.agent in wanted}


def _with_causes(
    facts: Snapshot, question: Question, standard: float | None, told: Mapping[bytes, Fair], *, every: bool
) -> Mapping[bytes, Fair]:
    if not told or not (every or any(fair.named for fair in told.values())):
        return told
    measure = next(iter(told.values())).compared.kpi.id
    causes = said.causes(facts, measure, question.period, question.where, standard=standard)
    if causes is None:
        return told
    by_agent = {one.agent: one for one in causes.agents}
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
        for gap in find_gaps(causes, None).real
        if gap.whose is Whose.SYSTEM or (gap.whose is Whose.TEAM and gap.key == team)
    )
    return sorted(found, key=lambda one: JUDGED.index(one.kpi.id))
