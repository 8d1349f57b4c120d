"""Did coaching help, where those were coached whose figures were poor?

Whoever is chosen for a bad month does better in the next one, coached or not. So what coached agents gained is held against
what would have come by itself. Two estimates bracket it. The cautious one predicts each agent from her whole record: it is
right if nobody knew more than the record, and says too little otherwise. That of the selection's profile (see
`selection_profile`) uses only blocks that whoever chose did not see: it is right however much they knew of the agent, and says
too much if they saw those blocks after all. Which of them decides hangs on how agents were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from floorwalker.stats.cells import Array
from floorwalker.stats.coaching import Chosen, Coaching, Effect, Look, Mode, NoEffect, Why
from floorwalker.stats.contrasts import Contrast, contrast
from floorwalker.stats.effect_refusals import LEAST_BLOCKS, no_effect, overlap, refused, usable
from floorwalker.stats.level_covariance import TINY, Blocks, LevelCovariance, level_covariance
from floorwalker.stats.selection_profile import Outcome, left_of_profile, outcome, predicted, profiled

DETECTABLE = 2.8
# What a leader was shown, where nobody noted it: twelve weeks.
SHOWN = 3


def coaching_effect(asked: Coaching, look: Look, levels: LevelCovariance | None = None) -> Effect | NoEffect:
    """Whether it helped, by a planned look. levels: those of `in_own_scale(asked)`, where they are known already."""
    why = refused(asked, look)
    if why is not None:
        return no_effect(why, asked, look)
    own, scale = in_own_scale(asked)
    case = _Case(asked, look, own, scale, level_covariance(own.history, own.team) if levels is None else levels)
    if not overlap(asked, np.isfinite(case.after.variance), case.predicted[0]):
        return no_effect(Why.EXTRAPOLATED, asked, look)
    return case.told()


def effect_by_block(asked: Coaching) -> list[tuple[float, float, float]]:
    """The effect by the selection's profile in each block afterwards, with its range: whether it lasts."""
    own, scale = in_own_scale(asked)
    case = _Case(asked, Look.WEEK_12, own, scale, level_covariance(own.history, own.team))
    blocks = [own.after.some(slice(place, place + 1)) for place in range(len(own.after.at))]
    found = [case.against(own.history.some(slice(0, own.unseen)), outcome(block)) for block in blocks]
    return [(one.value * scale, one.bounds[0] * scale, one.bounds[1] * scale) for one in found]


@dataclass(frozen=True)
class _Case:
    """One question at one look, in its own scale."""

    asked: Coaching
    look: Look
    own: Coaching
    scale: float
    levels: LevelCovariance

    @cached_property
    def after(self) -> Outcome:
        return outcome(self.own.after.some(slice(0, self.look.blocks)))

    @cached_property
    def predicted(self) -> tuple[Array, Array]:
        return predicted(self.own.history, self.after, self.levels.shape)

    @cached_property
    def record(self) -> Contrast:
        """The cautious estimate: analysis of covariance, the covariate being what the whole record predicts."""
        own, (level, doubt) = self.own, self.predicted
        columns = [level[:, None], *([] if own.held_alike is None else [own.held_alike])]
        return contrast(self.after.value, self.after.variance + doubt, own.coached, np.hstack(columns), own.team)

    @cached_property
    def profile(self) -> Contrast:
        """The main estimate: what is left once the selection's profile is cancelled."""
        return self.against(self.own.history.some(slice(0, self.own.unseen)), self.after)

    def against(self, before: Blocks, after: Outcome) -> Contrast:
        """The same with any blocks before and after; the profile is that of the last block before the decision."""
        own, chosen_at = self.own, float(self.own.history.at[-1])
        found = profiled(before, after, self.levels.shape, chosen_at)
        seen = contrast(found.value, found.variance, own.coached, own.covariates, own.team)
        counts = np.where(own.coached, seen.weight, 0.0)
        lower = _mean(found.level, found.precise * own.coached) - _mean(found.level, found.precise * ~own.coached)
        left = [left_of_profile(found, counts, before.at, after, one, chosen_at) for one in self.levels.jackknife]
        return seen.with_error(lower**2 * self.levels.jackknifed(left))

    @property
    def placebo(self) -> float | None:
        """The profile's z for the newest block that nobody was shown, before anybody was coached; a lot needs none."""
        last = self.own.unseen - 1
        newest = self.own.history.some(slice(last, last + 1))
        if self.own.mode is Mode.LOT or last < LEAST_BLOCKS or not newest.seen[self.own.coached].any():
            return None
        return self.against(self.own.history.some(slice(0, last)), outcome(newest)).z

    @property
    def value(self) -> tuple[float, float, float, float]:
        """The effect, its bounds and its standard error."""
        record, profile = self.record, self.profile
        if self.own.mode is Mode.OTHERWISE:
            low, high = min(record.bounds[0], profile.bounds[0]), max(record.bounds[1], profile.bounds[1])
            return (record.value + profile.value) / 2, low, high, max(record.error, profile.error)
        one = record if self.own.mode is Mode.LOT else profile
        return one.value, *one.bounds, one.error

    def told(self) -> Effect:
        """All of it, in the figures' own unit."""
        value, low, high, error = (one * self.scale for one in self.value)
        naive, everyone = self._changes(value)
        coached, controls = usable(self.asked, self.look)
        return Effect(
            mode=self.own.mode,
            look=self.look,
            works=self.own.mode.works(self.look, self.record.z, self.profile.z),
            value=value,
            low=low,
            high=high,
            error=error,
            cautious=self.record.value * self.scale,
            z_record=self.record.z,
            by_profile=self.profile.value * self.scale,
            z_profile=self.profile.z,
            naive=naive,
            regression_to_mean=naive - value - everyone,
            everyone=everyone,
            minimum_detectable=DETECTABLE * error,
            placebo=self.placebo,
            coached=coached,
            controls=controls,
        )

    def _changes(self, effect: float) -> tuple[float, float]:
        """What coached agents changed by since what was shown, and what everybody would have without coaching."""
        asked, blocks = self.asked, len(self.asked.history.at)
        shown = slice(max(blocks - max(asked.shown or SHOWN, 1), 0), blocks)
        before, after = outcome(asked.history.some(shown)), outcome(asked.after.some(slice(0, self.look.blocks)))
        change = after.value - before.value
        weight = 1 / (before.variance + after.variance + self.predicted[1] * self.scale**2 + TINY)
        coached = weight * asked.coached
        return _mean(change, coached), _mean(change - effect * asked.coached, weight)


def _mean(values: Array, weight: Array) -> float:
    return float((values * weight).sum() / max(float(weight.sum()), TINY**2))


def in_own_scale(asked: Coaching) -> tuple[Coaching, float]:
    """The same, what is usual in each block taken off, in units of how far figures lie apart; and that unit."""
    seen = asked.history.seen > 0
    apart = (asked.history.value - np.median(asked.history.value[seen]))[seen]
    scale = float(np.sqrt(np.mean(apart**2))) or 1.0
    history, after = (_centred(blocks, asked.coached, scale) for blocks in (asked.history, asked.after))
    return replace(asked, history=history, after=after), scale


def _centred(blocks: Blocks, coached: Chosen, scale: float) -> Blocks:
    seen = blocks.seen
    variance = np.where(seen > 0, np.where(seen > 0, blocks.variance, 0.0) / scale**2, np.inf)
    value = np.where(seen > 0, blocks.value, 0.0)
    return Blocks(np.where(seen > 0, (value - _usual(blocks, coached, scale)) / scale, 0.0), variance, blocks.at)


def _usual(blocks: Blocks, coached: Chosen, scale: float) -> Array:
    """What is usual in each block among those who were not coached."""
    seen = blocks.seen
    weight = seen / (1 + np.where(seen > 0, blocks.variance, 0.0) / scale**2) * ~coached[:, None]
    value = np.where(seen > 0, blocks.value, 0.0)
    return np.asarray((weight * value).sum(axis=0) / np.maximum(weight.sum(axis=0), TINY))
