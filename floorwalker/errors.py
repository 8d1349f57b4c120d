"""Which errors can Floorwalker raise, and what does each tell the person who meets it?

FloorwalkerError            every error that a person may see
├── ConfigError             a setting is missing, unreadable or impossible; nothing was started
├── SourceError             input could not be read as what it was said to be; retry says whether trying again may help
├── LakeError               the fact store cannot be opened, written or trusted
├── KpiError                a KPI definition or a question about a KPI is wrong; names file and field
└── Refused                 an action that the present state forbids; its text is shown to the user
    └── TooOften            the same again and again in a short time; says when to try again
"""

from __future__ import annotations


class FloorwalkerError(Exception):
    """An error with its place, what was found, what was expected and how to mend it.

    Every part but the first is optional; `str()` joins those that are given into lines that a person can act on.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        mend: str | None = None,
    ) -> None:
        self.what = what
        self.where = where
        self.found = found
        self.expected = expected
        self.mend = mend
        super().__init__(what)

    def __str__(self) -> str:
        lines = [self.what if self.where is None else f"{self.where}: {self.what}"]
        if self.found is not None:
            lines.append(f"  found:    {self.found}")
        if self.expected is not None:
            lines.append(f"  expected: {self.expected}")
        if self.mend is not None:
            lines.append(f"  to mend:  {self.mend}")
        return "\n".join(lines)


class ConfigError(FloorwalkerError):
    """A setting is missing, unreadable or impossible."""


class SourceError(FloorwalkerError):
    """Input could not be read as what it was said to be."""

    def __init__(
        self,
        what: str,
        *,
        retry: bool = False,
        where: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        mend: str | None = None,
    ) -> None:
        super().__init__(what, where=where, found=found, expected=expected, mend=mend)
        self.retry = retry


class LakeError(FloorwalkerError):
    """The fact store cannot be opened, written or trusted."""


class KpiError(FloorwalkerError):
    """A KPI definition, or a question about a KPI, is wrong."""


class Refused(FloorwalkerError):
    """An action that the present state forbids."""


class TooOften(Refused):
    """The same again and again in a short time."""

    def __init__(self, what: str, *, wait_seconds: int, found: str, expected: str, mend: str) -> None:
        super().__init__(what, found=found, expected=expected, mend=mend)
        self.wait_seconds = wait_seconds
