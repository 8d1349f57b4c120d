"""Which pictures explain fair judgement in docs/statistics.md? One for each method, drawn from made-up numbers that do not change."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from html import escape

from floorwalker.charts.theme import FONT, LIGHT

WIDTH, HEIGHT = 680, 230
INK, FAINT, GRID, MAIN, TARGET = LIGHT.ink, LIGHT.faint, LIGHT.grid, LIGHT.main, LIGHT.target
Place = tuple[float, float]


def luck_of(seed: int) -> random.Random:
    """The same numbers on every machine."""
    return random.Random(seed)  # noqa: S311


class Picture:
    """An SVG that is put together from marks; numbers are written with one digit, so that every machine draws the same."""

    def __init__(self, title: str) -> None:
        self.marks = [f"<title>{escape(title)}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']

    def text(self, at: Place, said: str, *, colour: str = INK, anchor: str = "start", size: int = 13) -> None:
        """Words at a place."""
        self.marks.append(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" fill="{colour}" font-size="{size}" text-anchor="{anchor}">{escape(said)}</text>'
        )

    def line(self, *through: Place, colour: str = INK, width: float = 1.5, dashed: bool = False) -> None:
        """A line through some places."""
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in through)
        dashes = ' stroke-dasharray="5 4"' if dashed else ""
        self.marks.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width:.1f}"{dashes}/>'
        )

    def area(self, places: Sequence[Place], colour: str = MAIN, opacity: float = 0.25) -> None:
        """A filled shape."""
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        self.marks.append(f'<polygon points="{points}" fill="{colour}" fill-opacity="{opacity:.2f}"/>')

    def box(self, left: float, top: float, width: float, height: float, colour: str = MAIN) -> None:
        """A bar."""
        self.area([(left, top), (left + width, top), (left + width, top + height), (left, top + height)], colour, 0.8)

    def dot(self, at: Place, *, colour: str = MAIN, radius: float = 4.0, hollow: bool = False) -> None:
        """A dot; hollow where it stands for something weaker."""
        fill = "#ffffff" if hollow else colour
        self.marks.append(
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'
        )

    def svg(self) -> str:
        """The file."""
        size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}">'
        return "\n".join([head, *self.marks, "</svg>"]) + "\n"


def work() -> str:
    """Case mix: the plain average goes the other way than each kind of contact."""
    drawn = Picture("Plain averages call Ana slower; on each kind of contact she is quicker.")
    for left, heading, bars in (
        (40, "Plain average", [("Ana", 408, MAIN), ("Ben", 372, TARGET)]),
        (250, "Refunds", [("Ana", 450, MAIN), ("Ben", 510, TARGET)]),
        (460, "Address changes", [("Ana", 240, MAIN), ("Ben", 280, TARGET)]),
    ):
        drawn.text((left, 28), heading)
        for place, (name, seconds, colour) in enumerate(bars):
            height = seconds / 3.6
            x = left + 70 * place
            drawn.box(x, 195 - height, 52, height, colour)
            drawn.text((x + 26, 188 - height), f"{seconds} s", anchor="middle", size=12)
            drawn.text((x + 26, 213), name, anchor="middle", colour=FAINT)
    return drawn.svg()


def luck() -> str:
    """Shrinkage: the fewer the contacts, the nearer to what is usual."""
    rng = luck_of(3)
    drawn = Picture("Figures of few contacts are drawn far towards the usual, those of many hardly.")
    drawn.text((60, 24), "What was seen")
    drawn.text((620, 24), "What may be believed", anchor="end")
    drawn.line((60, 120), (620, 120), colour=GRID)
    drawn.text((340, 200), "grey line: what is usual for the same work", anchor="middle", colour=FAINT, size=12)
    for contacts in (15, 15, 30, 30, 60, 150, 150, 400, 400, 800):
        true = rng.gauss(0, 1)
        seen = true + rng.gauss(0, math.sqrt(60 / contacts))
        share = 1 / (1 + 60 / contacts)
        size = 2 + math.log(contacts) * 0.7
        first, second = ((x, 120 - 26 * max(-3.4, min(3.4, y))) for x, y in ((70.0, seen), (610.0, seen * share)))
        drawn.line(first, second, colour=MAIN if contacts > 100 else TARGET, width=1)
        drawn.dot(first, radius=size, hollow=True, colour=MAIN if contacts > 100 else TARGET)
        drawn.dot(second, radius=size, colour=MAIN if contacts > 100 else TARGET)
    drawn.text(
        (340, 220), "large dots: many contacts (blue); small dots: few (brown)", anchor="middle", colour=FAINT, size=12
    )
    return drawn.svg()


def matters() -> str:
    """The gap that matters: how much of what may be believed lies beyond it."""
    drawn = Picture("Of all that may be believed of a gap, 78 % lies beyond the gap that matters.")
    places = [(60 + 5.6 * step, 0.0) for step in range(101)]
    curve = [(x, 185 - 130 * math.exp(-0.5 * ((x - 400) / 75) ** 2)) for x, _ in places]
    beyond = [place for place in curve if place[0] >= 342]
    drawn.area([(beyond[0][0], 185), *beyond, (beyond[-1][0], 185)])
    drawn.line(*curve, colour=MAIN, width=2)
    drawn.line((60, 185), (620, 185), colour=FAINT)
    for x, said in ((180, "as usual"), (342, "5 % longer: the gap that matters")):
        drawn.line((x, 50), (x, 185), colour=TARGET if x > 200 else FAINT, dashed=True)
        drawn.text((x, 206), said, anchor="middle", colour=FAINT, size=12)
    drawn.text((440, 140), "78 % sure", colour=INK)
    drawn.text((60, 30), "How much longer your contacts may take than colleagues’ contacts of the same kinds")
    return drawn.svg()


def named() -> str:
    """False discoveries: whoever stands to the left of the line is named."""
    drawn = Picture("Eight people are named; of these not even one is expected to be named wrongly.")
    chances = [
        0.999,
        0.995,
        0.98,
        0.97,
        0.93,
        0.88,
        0.84,
        0.80,
        0.66,
        0.58,
        0.47,
        0.38,
        0.3,
        0.24,
        0.18,
        0.14,
        0.1,
        0.07,
    ]
    drawn.text((40, 28), "How sure one is of each person’s gap; nobody is put in order anywhere but here")
    for place, chance in enumerate(chances):
        drawn.dot((60 + 33 * place, 190 - 140 * chance), hollow=place > 7, colour=MAIN if place < 8 else FAINT)
    drawn.line((307, 45), (307, 195), colour=TARGET, dashed=True)
    drawn.text((297, 186), "named: .61 of 8 may be wrong", anchor="end", colour=FAINT, size=12)
    drawn.text((317, 60), "one more, and over one in ten might be wrong", colour=FAINT, size=12)
    return drawn.svg()


def whose() -> str:
    """The waterfall: a gap and its five parts."""
    drawn = Picture("A gap of 62 seconds: 25 the work, 20 everybody, 4 the team, 8 the person, 5 chance.")
    drawn.text((40, 28), "62 s over the target. Whose are they?")
    reached = 0.0
    for place, (name, part) in enumerate(
        (("the work", 25), ("everybody", 20), ("the team", 4), ("you", 8), ("chance", 5))
    ):
        x = 60 + 95 * place
        drawn.box(x, 195 - 2.4 * (reached + part), 62, 2.4 * part, TARGET if name == "you" else MAIN)
        reached += part
        drawn.line((x, 195 - 2.4 * reached), (x + 95, 195 - 2.4 * reached), colour=FAINT, width=1)
        drawn.text((x + 31, 189 - 2.4 * reached), f"{part} s", anchor="middle", size=12)
        drawn.text((x + 31, 214), name, anchor="middle", colour=FAINT, size=12)
    drawn.box(535, 195 - 2.4 * 62, 62, 2.4 * 62, FAINT)
    drawn.text((566, 214), "the gap", anchor="middle", colour=FAINT, size=12)
    return drawn.svg()


def team() -> str:
    """Two teams with one mean: one person far off, or all of them."""
    rng = luck_of(11)
    drawn = Picture("Two teams with the same mean: in one a single person is far off, in the other everybody is.")
    drawn.line((250, 30), (250, 190), colour=FAINT, dashed=True)
    drawn.text((250, 212), "usual", anchor="middle", colour=FAINT, size=12)
    for y, name, shift, far in ((75, "Team Birch", 0.0, 330.0), (145, "Team Cedar", 30.0, 0.0)):
        drawn.text((40, y + 5), name)
        values = [250 + shift + rng.gauss(0, 26) for _ in range(11)]
        values.append(250 + far if far else 250 + shift)
        for x in values:
            drawn.dot((x, y + rng.uniform(-9, 9)), colour=TARGET if x > 500 else MAIN)
        mean = sum(values) / len(values)
        drawn.line((mean, y - 18), (mean, y + 18), colour=INK, width=2)
    drawn.text((330, 110), "the same mean (black), but only Cedar’s is the team’s", colour=FAINT, size=12)
    drawn.text((590, 55), "one person", anchor="middle", colour=FAINT, size=12)
    return drawn.svg()


def changing() -> str:
    """The chart: days, their moving average, its limits, and the day of the alarm."""
    rng = luck_of(10)
    drawn = Picture("Days scatter; their moving average leaves its limits some days after the change.")
    for y in (70, 170):
        drawn.line((50, y), (640, y), colour=TARGET, dashed=True)
    drawn.text((52, 64), "limit that keeps to the agreed false alarms", colour=FAINT, size=12)
    average, line, alarm = 0.0, [], None
    for day in range(80):
        value = rng.gauss(0.0 if day < 55 else 1.3, 1)
        average = 0.9 * average + 0.1 * value
        x, scale = 55 + 7.3 * day, 50 / 0.63
        drawn.dot((x, max(28, min(212, 120 - 26 * value))), radius=2, colour=FAINT)
        line.append((x, 120 - scale * average))
        if alarm is None and average > 0.63:
            alarm = line[-1]
    drawn.line(*line, colour=MAIN, width=2)
    drawn.line((55 + 7.3 * 55, 30), (55 + 7.3 * 55, 205), colour=GRID)
    drawn.text((55 + 7.3 * 55, 222), "the change", anchor="middle", colour=FAINT, size=12)
    if alarm is not None:
        drawn.dot(alarm, colour=TARGET, radius=6)
        drawn.text((alarm[0] - 8, alarm[1] - 10), "have a look", anchor="end", size=12)
    return drawn.svg()


def kinds() -> str:
    """Process changes: weeks of two kinds of contact."""
    rng = luck_of(5)
    drawn = Picture("Refunds take longer for everybody since week five; address changes take what they took.")
    for y, name, jump in ((95, "Refunds", 42.0), (185, "Address changes", 0.0)):
        drawn.text((40, y - 22), name)
        for half in (0, 1):
            weeks = range(4 * half, 4 * half + 4)
            level = y - jump * half
            drawn.line((235 + 52 * weeks[0] - 15, level), (235 + 52 * weeks[-1] + 15, level), colour=FAINT, width=1)
            for week in weeks:
                drawn.dot((235 + 52 * week, level + rng.gauss(0, 5)), colour=TARGET if half and jump else MAIN)
    drawn.line((417, 25), (417, 200), colour=GRID)
    drawn.text((417, 222), "four weeks before, four weeks after", anchor="middle", colour=FAINT, size=12)
    return drawn.svg()


def starters() -> str:
    """The curve of starters: who is slow for a starter, and who is only new."""
    rng = luck_of(8)
    drawn = Picture("Starters are held against the curve of starters, not against everybody.")
    curve = [(60 + 5.6 * day, 175 - 110 * math.exp(-day / 28)) for day in range(101)]
    drawn.line((60, 175), (620, 175), colour=GRID)
    drawn.text((620, 192), "usual, once experienced", anchor="end", colour=FAINT, size=12)
    for day in (3, 6, 9, 14, 18, 24, 33, 41, 52):
        drawn.dot((60 + 5.6 * day, 175 - 110 * math.exp(-day / 28) + rng.gauss(0, 9)))
    drawn.dot((60 + 5.6 * 47, 75), colour=TARGET)
    drawn.text((60 + 5.6 * 47 + 10, 79), "longer than starters take", size=12)
    drawn.line(*curve, colour=MAIN, width=2)
    drawn.text((60, 28), "Handle time", colour=FAINT, size=12)
    drawn.text((340, 214), "days in the job", anchor="middle", colour=FAINT, size=12)
    return drawn.svg()


def answers() -> str:
    """Surveys: the share among those who answered, and what it may be among all."""
    drawn = Picture("84 % of those who answered are happy; of all customers it may be anything from 70 to 86 %.")
    for y, name, low, high, at in (
        (85, "those who answered", 82.0, 86.0, 84.0),
        (150, "all customers", 70.0, 86.0, None),
    ):
        drawn.text((40, y + 5), name)
        drawn.line((200 + 8 * (low - 50), y), (200 + 8 * (high - 50), y), colour=MAIN, width=9)
        if at is not None:
            drawn.dot((200 + 8 * (at - 50), y), colour=INK, radius=5)
        drawn.text((200 + 8 * (high - 50) + 12, y + 5), f"{low:.0f} to {high:.0f} %")
    for share in (50, 60, 70, 80, 90):
        drawn.text((200 + 8 * (share - 50), 205), f"{share} %", anchor="middle", colour=FAINT, size=12)
    drawn.text((40, 30), "If happy customers answer up to twice as often as unhappy ones")
    return drawn.svg()


PICTURES: dict[str, Callable[[], str]] = {
    f"pictures/{drawn.__name__}.svg": drawn
    for drawn in (work, luck, matters, named, whose, team, changing, kinds, starters, answers)
}
