"""Is this database the rest of a move that was cut off? It has a table of that name until it is whole."""

from __future__ import annotations

from floorwalker.errors import ConfigError

MARK = "floorwalker_move_is_not_whole"


def refuse_half_moved(where: str) -> None:
    """ConfigError where the database that Django uses was not moved as a whole."""
    from django.db import connection

    with connection.cursor() as cursor:
        if MARK in connection.introspection.table_names(cursor):
            raise ConfigError(
                "this database is not whole: moving to it was cut off",
                where=where,
                mend="set FLOORWALKER_DATABASE_URL to the one before, and run `floorwalker move-database` again",
            )
