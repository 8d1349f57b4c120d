"""What is kept of an improvement cycle? Its gap as it was, the options, the plan, what was done, the reviews, and the decision."""

from floorwalker.apps.improvement.models.cycles import Cycle, CycleQuerySet, Stage
from floorwalker.apps.improvement.models.doing import Doing, Option
from floorwalker.apps.improvement.models.reviewing import CycleDecision, CycleReview, Verdict

__all__ = [
    "Cycle",
    "CycleDecision",
    "CycleQuerySet",
    "CycleReview",
    "Doing",
    "Option",
    "Stage",
    "Verdict",
]
