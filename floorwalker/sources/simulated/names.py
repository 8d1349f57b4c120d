"""What are the invented people, teams and places of the floor called?"""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.ingest.source import Site

_FIRST = (
    "Wren Sorrel Bryony Tansy Alder Linnet Fennel Juniper Larch Merrin Teasel Osier Clover Bracken Yarrow Sage Hazel Rowan "
    "Marlow Pepper Saffron Briar Heron Indigo Jasper Kestrel Laurel Maple Nettle Opal Plum Quill Robin Senna Thistle Umber "
    "Violet Willow Xanthe Yew Zinnia Aster Basil Cedar Dahlia Elder Fern Ginger Heath Iris Jonquil Kelp Lark Myrtle Nutmeg "
    "Olive Poppy Quince Reed Sable Thyme Ursin Verbena Woad Amber Birch Campion Damson Ember Flax Garnet Holly Ivory Jade "
    "Kale Lilac Moss Nigella Orris Pansy Quartz Rue Sedge Tulip Umbel Vetch Whin Almond Beech Cicely Dill Erica Furze Gale "
    "Hyssop Ilex Jet Kapok Lovage Mallow"
).split()
_LAST = (
    "Tallow Quillby Fernsworth Dapplegate Hobbin Marlpit Crumhorn Pebbleton Wickering Oakapple Brindlow Thimblecroft Sallowfen "
    "Muddiford Cobblestane Larkrise Hayrick Pottering Winnow Fallowdale Gatterby Inkpen Jollibone Kettlewick Lanternby Mossop "
    "Nibley Ottershaw Puddock Quarrel Rushlight Saltmarch Tuffet Underhay Vellum Wagtail Yaffle Zephyrs Applecart Barleymow "
    "Candlewick Drumble Eiderby Farthingale Gimlet Hollowell Idlewild Jackstraw Kindling Limpetby Millrace Nutcombe Oxlip "
    "Pennywhistle Quickset Ribstone Snowdrift Thatchby Upfold Vintry Whistledown Yellowham Applethwick Bellwether Chaffinch "
    "Dovetail Elmsett Foxglove Goosegrass Harebell Ironbark Juneberry Knapweed Lapwing Meadowby Nightjar Orchardby Pondweed "
    "Quaymist Ropewalk Stonecrop Teaclipper Umbrage Vinegrove Waxwing Yarnspin Ashpole Bramblewick Copperpot Dewpond Eavesby "
    "Fiddlehead Grindstone Hopscotch Inglenook Jugglery Kiteley Lamplight Mistlethrush Noonday"
).split()
_BIRDS = (
    "Kingfisher Avocet Dunlin Goldcrest Lapwing Nuthatch Osprey Plover Redstart Siskin Tern Whimbrel Bittern Curlew Dipper "
    "Egret Fieldfare Grebe Heron Jackdaw Kestrel Linnet Merlin Nightjar Oriole Petrel Rook Skylark Turnstone Wagtail"
).split()
_KINDS = (
    "Northern Coastal Silver Forest River Island Golden Highland Marsh Eastern Meadow Harbour Moorland Western Valley Copper "
    "Winter Southern Summit Morning Orchard Lakeside Amber Cliff Evening Garden Prairie Desert"
).split()

# What evaluators are called after: nobody on the floor has these names.
_MEASURES = (
    "Touchstone Plumbline Hallmark Yardstick Evenhand Truepenny Goodmeasure Straightedge Assayer Fairscale Levelwell Tallystick"
).split()

PLACES = (
    Site("Cardiff", "Europe/London", "GB"),
    Site("Lisbon", "Europe/Lisbon", "PT"),
    Site("Toronto", "America/Toronto", "CA"),
    Site("Athens", "Europe/Athens", "GR"),
    Site("Auckland", "Pacific/Auckland", "NZ"),
    Site("Denver", "America/Denver", "US"),
    Site("Durban", "Africa/Johannesburg", "ZA"),
    Site("Pune", "Asia/Kolkata", "IN"),
)
SECOND_SITE_FROM_AGENTS = 150
AGENTS_A_FURTHER_SITE = 300


@dataclass(frozen=True)
class Share:
    """One site and how many of the floor's people work there."""

    site: Site
    agents: int


def agent_name(number: int) -> str:
    """The name of the person with that number: all different, a middle letter once the pairs are used up."""
    firsts, lasts = len(_FIRST), len(_LAST)
    row, column = divmod(number % (firsts * lasts), firsts)
    # 37 shares no factor with the list's length, so each first name meets each last name once.
    last = _LAST[(37 * column + row) % lasts]
    again = number // (firsts * lasts)
    return f"{_FIRST[column]} {chr(64 + again)}. {last}" if again else f"{_FIRST[column]} {last}"


def evaluator_name(number: int) -> str:
    """The name of the evaluator with that number."""
    again, last = divmod(number, len(_MEASURES))
    return f"{_FIRST[(5 * number + 7 * again) % len(_FIRST)]} {_MEASURES[last]}"


def team_name(number: int) -> str:
    """The name of the team with that number: a bird, later a kind of bird."""
    again, bird = divmod(number, len(_BIRDS))
    return _BIRDS[bird] if again == 0 else f"{_KINDS[again - 1]} {_BIRDS[bird]}"


def divide_among_sites(agents: int) -> tuple[Share, ...]:
    """The sites of a floor of that size: one for a small floor, more as it grows, people shared evenly."""
    count = 1 if agents < SECOND_SITE_FROM_AGENTS else min(len(PLACES), 2 + agents // AGENTS_A_FURTHER_SITE)
    return tuple(
        Share(site, agents * (number + 1) // count - agents * number // count)
        for number, site in enumerate(PLACES[:count])
    )
