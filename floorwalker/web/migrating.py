"""How is a new database made in seconds? Between two steps of the migrations only the model that changed is drawn anew.

Django draws with it every model that any chain of relations leads to, which through the users are nearly all: of the 38 seconds
of processor that the first start took, 30 went by with that. A step that changes one table needs to know that table alone. Where
a step changes what others refer to, or rows are moved, all are drawn anew, as they are at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations import executor
from django.db.migrations.state import ModelState, ProjectState


class DrawnAlone(ProjectState):
    """The models between two steps: the changed one as it is now, the others as they were drawn before."""

    def clone(self) -> ProjectState:
        """Of this kind too: Django's own names its class.

        Drawn before what is cloned from it changes: SQLite makes a table anew with its columns in the order in which both
        were drawn.
        """
        self.apps  # noqa: B018
        state = super().clone()
        state.__class__ = DrawnAlone
        return state

    def add_model(self, model_state: ModelState) -> None:
        """Nobody refers to it yet."""
        drawn = self.__dict__.pop("apps", None)
        super().add_model(model_state)
        self._draw_alone(drawn, model_state.app_label, model_state.name_lower)

    def add_field(self, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool) -> None:
        """A new reference changes the table that refers, and not the one that it refers to."""
        drawn = self.__dict__.pop("apps", None)
        super().add_field(app_label, model_name, name, field, preserve_default)
        self._draw_alone(drawn, app_label, model_name)

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Django delays what does not concern other tables; what does is drawn whole by whoever asks next."""
        drawn = self.__dict__.pop("apps", None)
        if delay:
            self._draw_alone(drawn, app_label, model_name)

    def alter_model_options(
        self, app_label: str, model_name: str, options: dict[str, Any], option_keys: Iterable[str] | None = None
    ) -> None:
        """Whoever refers to a table writes its name into its own constraints: with another one all are drawn anew."""
        before = self.models[app_label, model_name].options.get("db_table")
        super().alter_model_options(app_label, model_name, options, option_keys)
        if self.models[app_label, model_name].options.get("db_table") != before:
            self.__dict__.pop("apps", None)

    def reload_models(self, models: Iterable[tuple[str, str]], delay: bool = True) -> None:
        """As those that refer to a model with another name."""
        self.__dict__.pop("apps", None)

    def _draw_alone(self, drawn: Any, app_label: str, model_name: str) -> None:
        """With those that inherit from it; whoever moves rows is told that the others are older (RunPython draws them anew)."""
        if drawn is None:
            return
        self.__dict__["apps"], self.is_delayed = drawn, True
        heirs = {key for key, state in self.models.items() if f"{app_label}.{model_name}" in state.bases}
        self._reload({(app_label, model_name)} | heirs)  # type: ignore[attr-defined]


@contextmanager
def drawn_alone() -> Iterator[None]:
    """Within this, migrations are made so."""
    plain = executor.ProjectState  # type: ignore[attr-defined]
    executor.ProjectState = DrawnAlone  # type: ignore[attr-defined]
    try:
        yield
    finally:
        executor.ProjectState = plain  # type: ignore[attr-defined]
