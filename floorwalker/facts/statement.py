"""What is kept of a judgement: one row for each subject of each answer, only ever added to (docs/decisions/0024).

An answer is what one method says of one measure and period at one instant. Its rows are the floor (what all of it was held
against), then teams, agents and kinds of contact in the order in which the method gave them. A row stands on its own: it
repeats what an answer has in common, so that nobody needs another row to know how somebody was judged.
"""

from __future__ import annotations

import pyarrow as pa

from floorwalker.facts.tables import DAY_TYPE, FLAGS, INSTANT, KEY, TEXT, Column, Table

NAME = "statement"

STATEMENT = Table(
    name=NAME,
    grain="what one method said, at one instant, of one subject in one measure and period",
    day_from="said_at",
    columns=(
        Column("statement_key", KEY, "the row: digest of what was asked, when it was said and of whom"),
        Column("said_at", INSTANT, "when it was said; the same for all rows of one answer"),
        Column("method", TEXT, "comparison, cause, trend or process"),
        Column("method_version", pa.int32(), "raised whenever the method gives other figures"),
        Column("kpi", TEXT, "the measure"),
        Column("kpi_version", pa.int32(), "the version of its definition"),
        Column("first_day", DAY_TYPE, "first local day that was judged"),
        Column("place", pa.int32(), "place of the row within the answer; the floor is 0"),
        Column("subject", TEXT, "floor, team, agent or kind (of contact)"),
        Column("subject_key", KEY, "the team, agent or queue; null for the floor and where a text tells"),
        Column("subject_text", TEXT, "the reason, where a kind of contact is told by it"),
        Column("team_key", KEY, "the team in which most of an agent's contacts lay"),
        Column("verdict", TEXT, "the method's word for it, as a code; null where it says none"),
        Column("probability", pa.float64(), "of what the verdict rests on, 0 to 1"),
        Column("flagged", pa.bool_(), "named, among those of whom few are expected to be wrong"),
        Column("n", pa.int64(), "contacts or surveys behind it"),
        Column("raw", pa.float64(), "the plain figure, in the measure's unit"),
        Column("adjusted", pa.float64(), "the figure at the work of all, luck taken out, in the measure's unit"),
        Column("change", pa.float64(), "a gap or change, in the measure's unit; kinds' durations: a share"),
        Column("low", pa.float64(), "lower end of the likely range of `adjusted` or `change`"),
        Column("high", pa.float64(), "upper end of it"),
        Column("reliability", pa.float64(), "share of an observed difference that is expected to be true"),
        Column("starter", pa.bool_(), "whether she was held against starters"),
        Column("needed", pa.int64(), "contacts that would make agents tell apart; null where a year's would not"),
        Column("p_system", pa.float64(), "probability that the floor's part of the gap matters"),
        Column("p_team", pa.float64(), "probability that the team's part matters"),
        Column("p_personal", pa.float64(), "probability that the agent's own part matters"),
        Column("part_mix", pa.float64(), "part of the raw gap from the kinds of work, in the measure's unit"),
        Column("part_system", pa.float64(), "part of it that is the floor's"),
        Column("part_team", pa.float64(), "part of it that is the team's"),
        Column("part_personal", pa.float64(), "part of it that is the agent's own"),
        Column("part_noise", pa.float64(), "the rest of it, chance"),
        Column("began", DAY_TYPE, "local day since about when a change holds"),
        Column("detected", DAY_TYPE, "local day on which the chart noticed"),
        Column("up", pa.bool_(), "the figure rose"),
        Column("worse", pa.bool_(), "the change is for the worse"),
        Column("lacks", FLAGS, "why nothing can be said, as codes"),
        Column("standard", pa.float64(), "what the figure was held against, in the measure's unit; null: the usual"),
        Column("is_reference", pa.bool_(), "that standard is how the same floor stood before"),
        Column("delta", pa.float64(), "the smallest gap that matters; of durations a share of the standard"),
        Column("alarms_a_month", pa.float64(), "false alarms of charts that a leader bears a month"),
        Column("beyond_cap", pa.int64(), "an agent's contacts that counted as no longer than the cap of their kind"),
        Column("capped", pa.int64(), "how many did on the whole floor; null: none"),
        Column("capped_of", pa.int64(), "of so many contacts there"),
        Column("cap_seconds", pa.float64(), "what those counted as, on average"),
        Column("basis", TEXT, "digest of the facts and rules from which it was worked out"),
        Column("sequence", pa.int64(), "the lake's commit that it was read from"),
        Column("local_day", DAY_TYPE, "last local day that was judged; the partition"),
    ),
)
