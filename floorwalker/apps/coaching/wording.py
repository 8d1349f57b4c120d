"""Does what somebody wrote fit where it is kept?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models.sessions import LONGEST_PROMISE
from floorwalker.errors import Refused


def within(words: str, most: int = LONGEST_PROMISE) -> str:
    """The words without blanks around them; Refused, and nothing cut off, where there are too many."""
    kept = words.strip()
    if len(kept) > most:
        raise Refused(
            _("this is too long"), found=str(len(kept)), expected=_("at most %(most)d characters") % {"most": most}
        )
    return kept
