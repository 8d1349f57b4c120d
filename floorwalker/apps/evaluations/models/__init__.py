"""What is kept of evaluations? Forms and their versions."""

from floorwalker.apps.evaluations.models.forms import EvaluationForm, EvaluationFormQuerySet, FormVersion

__all__ = ["EvaluationForm", "EvaluationFormQuerySet", "FormVersion"]
