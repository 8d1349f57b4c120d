"""How is Floorwalker started with `python -m floorwalker`? As on the command line."""

from floorwalker.cli import main

main()
