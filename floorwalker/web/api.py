"""How is the API put together? Each context's part, each area behind its token, every error in one shape."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from floorwalker.apps.coaching import api as coaching
from floorwalker.apps.dashboards import api as dashboards
from floorwalker.apps.evaluations import api as evaluations
from floorwalker.apps.huddles import api as huddles
from floorwalker.apps.improvement import api as improvement
from floorwalker.apps.intake import api as intake
from floorwalker.apps.notices import api as notices
from floorwalker.apps.notices.door import Bearer
from floorwalker.apps.notices.models import Area
from floorwalker.apps.people import api as people
from floorwalker.apps.recordings import api as recordings
from floorwalker.apps.standards import api as standards
from floorwalker.apps.surveys import api as surveys
from floorwalker.errors import FloorwalkerError, LakeError
from floorwalker.ui.rest.parsing import PlainParser
from floorwalker.ui.rest.problems import (
    FieldProblem,
    NotModified,
    Problematic,
    answer,
    answer_status,
    of_error,
)

VERSION = "1"
CONTEXTS = (
    people,
    notices,
    intake,
    recordings,
    standards,
    evaluations,
    surveys,
    coaching,
    improvement,
    huddles,
    dashboards,
)
log = logging.getLogger(__name__)


class Api(NinjaAPI):
    """The API, whose operations are called as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of an operation, which clients call."""
        return operation.view_func.__name__


def compose() -> Api:
    """The API of all contexts."""
    found = Api(
        title="Floorwalker",
        version=VERSION,
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        parser=PlainParser(),
        description="Contact-centre performance management that is honest about what it knows.",
    )
    for context in CONTEXTS:
        for area, routers in context.ROUTERS.items():
            for router in routers:
                found.add_router("", router, auth=Bearer(Area(area) if area else None), tags=[area or "me"])
    _say_errors(found)
    return found


def _say_errors(api: Api) -> None:
    api.add_exception_handler(Problematic, _problem)
    api.add_exception_handler(NotModified, _not_modified)
    api.add_exception_handler(FloorwalkerError, _said)
    api.add_exception_handler(Http404, lambda _request, _error: answer_status(404))
    api.add_exception_handler(AuthenticationError, lambda _request, _error: answer_status(401))
    api.add_exception_handler(HttpError, _status)
    api.add_exception_handler(ValidationError, _not_understood)


def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(error.problem)


def _status(request: HttpRequest, error: Any) -> HttpResponse:
    return answer_status(error.status_code)


def _not_modified(request: HttpRequest, error: Any) -> HttpResponse:
    response = HttpResponse(status=304)
    response["ETag"] = error.tag
    return response


def _said(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error, LakeError):
        log.error("%s cannot be answered: %s", request.path, error)
    return answer(of_error(error))


def _not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    """What does not fit, field by field; what was sent is not sent back."""
    fields = [
        FieldProblem(where=".".join(str(part) for part in one["loc"]), expected=str(one["msg"])) for one in error.errors
    ]
    first = fields[0] if fields else FieldProblem(where="", expected="")
    return answer(Problematic(422, where=first.where, expected=first.expected, fields=fields).problem)


api = compose()
