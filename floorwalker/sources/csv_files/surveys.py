"""When one row is one survey: what was asked of whom, about which contact, and what was answered?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from floorwalker.facts.tables import SURVEY
from floorwalker.sources.csv_files.contacts import demand_time, named_rows, survey_columns, work_columns
from floorwalker.sources.csv_files.page import PageReader, came_before, instant_array
from floorwalker.sources.csv_files.zones import first_known

NO_ANSWER = "survey without an answer"


def survey_rows(page: PageReader) -> tuple[dict[str, pa.Table], np.ndarray, np.ndarray]:
    """Rows of `survey` for the rows of a page that can be used, which those are, and which carry neither score nor invitation."""
    ids = page.ids()
    contact_at = page.begin()
    page.problems.flag(came_before(page.instants("answered", contact_at), contact_at), "answered_before_entered")
    columns, has_answer, invited = survey_columns(page, contact_at)
    answered_on = page.instants("survey_answered", contact_at)
    day = first_known(contact_at, answered_on)
    begins = (page.mapping.fields.get(name) for name in ("entered", "survey_answered"))
    demand_time(page, day.known, tuple(column for part in begins if part is not None for column in part.columns))
    columns |= {
        "survey_id": ids,
        "contact_id": page.text("contact"),
        "agent": page.text("agent"),
        **work_columns(page),
        "contact_at": instant_array(day),
        "flags": page.problems.flag_lists(),
    }
    empty = ~has_answer & ~invited & ~page.problems.rejected
    used = ~page.problems.rejected & ~empty
    return {SURVEY.name: named_rows(SURVEY, columns).filter(pa.array(used))}, used, empty
