"""What does a centre expect, who agreed to it, and by which causes does it say why it was missed?"""

from floorwalker.apps.standards.models.causes import LONGEST_CAUSE, CauseKind, RootCause
from floorwalker.apps.standards.models.targets import CENTRE, LONGEST_REASON, Place, Target

__all__ = [
    "CENTRE",
    "LONGEST_CAUSE",
    "LONGEST_REASON",
    "CauseKind",
    "Place",
    "RootCause",
    "Target",
]
