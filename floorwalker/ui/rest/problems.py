"""In which one shape does the API say what went wrong?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from ninja import Field, Schema

from floorwalker.errors import FloorwalkerError, KpiError, LakeError, Refused

PROBLEM_TYPE = "application/problem+json"

# By status, its stable code and what it means; the description of the API prints this table.
CODES: dict[int, tuple[str, str]] = {
    400: ("unreadable", "the request cannot be read"),
    401: ("no_token", "a live token is needed"),
    403: ("not_for_this_token", "this token is not for that"),
    404: ("not_here", "there is nothing here, or nothing that you may see"),
    405: ("no_such_method", "this address does not take that method"),
    409: ("refused", "the present state forbids it"),
    412: ("changed_meanwhile", "somebody has changed it since you read it"),
    413: ("too_large", "the request is too large"),
    415: ("wrong_type", "the request is of a type that is not read here"),
    416: ("no_such_part", "the file has no such part"),
    422: ("not_understood", "what was asked for does not fit"),
    428: ("say_which_version", "say which version you change"),
    429: ("too_many", "too many requests with this token"),
    500: ("failed", "something went wrong on the server"),
    503: ("no_figures", "the figures cannot be read at present"),
}


class FieldProblem(Schema):
    """What is wrong with one field of a request."""

    where: str
    expected: str


class Problem(Schema):
    """What went wrong, where, what was found there, what was expected, and how to mend it."""

    code: str = Field(description="a word that stays the same, to be read by programs")
    title: str = Field(description="what went wrong, in words")
    status: int
    where: str | None = None
    found: str | None = None
    expected: str | None = None
    mend: str | None = None
    fields: list[FieldProblem] = Field(
        default_factory=list, description="where several fields do not fit, each of them"
    )


class Problematic(Exception):
    """Raised by an operation whose answer is a problem."""

    def __init__(
        self,
        status: int,
        title: str = "",
        *,
        where: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        mend: str | None = None,
        fields: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.headers = dict(headers or {})
        code, usual = CODES[status]
        self.problem = Problem(
            code=code,
            title=title or usual,
            status=status,
            where=where,
            found=found,
            expected=expected,
            mend=mend,
            fields=list(fields),
        )
        super().__init__(self.problem.title)


class NotModified(Exception):
    """Raised by a reading operation whose answer the reader has already."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        super().__init__(tag)


def answer(problem: Problem) -> HttpResponse:
    """A problem as an answer."""
    content = json.dumps(problem.model_dump(), ensure_ascii=False)
    return HttpResponse(content, status=problem.status, content_type=PROBLEM_TYPE)


def answer_status(status: int) -> HttpResponse:
    """The answer where nothing but a status is known."""
    return answer(Problematic(status if status in CODES else 500).problem)


def of_error(error: FloorwalkerError) -> Problem:
    """An error that a person can mend, as a problem; what concerns the installation stays with those who run it."""
    if isinstance(error, LakeError):
        return Problematic(503, mend="try again later; whoever runs the installation finds more in its log").problem
    status = 409 if isinstance(error, Refused) else 422 if isinstance(error, KpiError) else 500
    return Problematic(
        status, error.what, where=error.where, found=error.found, expected=error.expected, mend=error.mend
    ).problem
