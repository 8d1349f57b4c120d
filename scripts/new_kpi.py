"""How does a new measure begin? As one definition that already runs, to be changed line by line: docs/add-a-kpi.md."""

from __future__ import annotations

import re
import sys
from pathlib import Path

DEFINITIONS = Path(__file__).resolve().parents[1] / "floorwalker" / "kpis" / "definitions"

BEGINNING = """\
# A share of contacts, to begin with: change every line to what {name} is, then `make docs` and `make test`.
# Kinds, columns and rules: docs/add-a-kpi.md and docs/tables.md.
name: {name}
version: 1
valid_from: 2026-01-01
kind: proportion
fact: contact
event: wait_seconds <= 60
among: outcome = 'answered'
pending: outcome is null
direction: inbound
attribution: answered_by
better: up
unit: share
case_mix: [queue, channel, reason, band]
minimum_n: 5
counter_measure: average_handle_time
meaning: >-
  Contacts answered within a minute, of those answered.
check_sql: |
  select count(*) as n, count(*) filter (where wait_seconds <= 60) as events from {{table}}
  where direction = 'inbound' and outcome = 'answered' and wait_seconds is not null
examples:
  - name: three of four, one still waits
    rows:
      - {{times: 3, direction: inbound, outcome: answered, answered_by: wren, wait_seconds: 10}}
      - {{times: 1, direction: inbound, outcome: answered, answered_by: wren, wait_seconds: 90}}
      - {{times: 1, direction: inbound, outcome: answered, answered_by: tallow, wait_seconds: 60}}
      - {{times: 1, direction: inbound}}
    gives: {{n: 5, events: 4, pending: 1, value: 0.8}}
"""


def main(name: str) -> None:
    """Write the definition, unless there is one."""
    if not re.fullmatch(r"[a-z][a-z0-9_]+", name):
        sys.exit(
            f"new-kpi: found {name!r}, expected an id such as average_ring_time: make new-kpi ID=average_ring_time"
        )
    path = DEFINITIONS / f"{name}.yaml"
    if path.exists():
        sys.exit(f"new-kpi: {path.name} is there already")
    path.write_text(BEGINNING.format(name=name.replace("_", " ").capitalize()), encoding="utf-8")
    print(
        f"floorwalker/kpis/definitions/{path.name}: change every line; name it in docs/glossary.md; then make docs, make test"
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
