"""How does somebody get what is kept of her? As one file that programs and people can read, and that the trail knows of."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.disclosing import Section
from floorwalker.apps.people.models import Agent, User


def as_archive(sections: Sequence[Section], about: Agent | User, at: datetime, *, by: str) -> bytes:
    """Everything as JSON, and the same to be read: when, who else, in which words."""
    told: dict[str, Any] = {
        "person": _called(about),
        "gathered_at": at.isoformat(),
        "gathered_by": by,
        "kept": {one.code: [dict(entry.kept) for entry in one.entries] for one in sections},
    }
    page = render_to_string("people/kept_file.html", {"sections": sections, "name": _called(about), "at": at, "by": by})
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kept.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        archive.writestr("kept.html", page)
    return content.getvalue()


def _called(about: Agent | User) -> str:
    return about.called if isinstance(about, User) else str(about)


@action
def note_disclosed(about: Agent | User, sections: Sequence[Section], *, names: bool, by: User, at: datetime) -> None:
    """Keep that somebody was given, or gave out, what is kept of a person: how much, never what."""
    record(by.username, "disclose", about, at, rows=sum(len(one.entries) for one in sections), names=names)
