"""Compares what a desk's database holds before and after."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

# What a program writes about itself, or makes again from the rest.
ITS_OWN = ("sqlite_", "fts", "vec", "meta", "journal")


def read(database):
    """Each table's columns and rows, from a copy with its journal."""
    with tempfile.TemporaryDirectory() as work:
        for ending in ("", "-wal"):
            file = Path(f"{database}{ending}")
            if file.is_file():
                shutil.copy(file, Path(work) / f"copy.db{ending}")
        connection = sqlite3.connect(Path(work) / "copy.db")
        connection.text_factory = bytes
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        tables = {}
        for (name,) in connection.execute(named).fetchall():
            table = name.decode()
            columns = [row[1].decode() for row in connection.execute(f'PRAGMA table_info("{table}")')]
            tables[table] = (columns, set(connection.execute(f'SELECT * FROM "{table}"').fetchall()))
        connection.close()
        return tables


def lost(before, after):
    """Rows that were there and are not, by table; new columns and new rows do not count."""
    told = []
    for table, (columns, rows) in before.items():
        if table.startswith(ITS_OWN) or any(part in table for part in ("_fts", "_data", "_idx", "_docsize", "_config")):
            continue
        if table not in after:
            told.append(f"the table {table}")
            continue
        new_columns, new_rows = after[table]
        if any(column not in new_columns for column in columns):
            told.append(f"columns of {table}")
            continue
        places = [new_columns.index(column) for column in columns]
        there = {tuple(row[place] for place in places) for row in new_rows}
        gone = rows - there
        if gone:
            told.append(f"{len(gone)} of {len(rows)} rows of {table}, such as {str(next(iter(gone)))[:120]}")
    return told


def make_newer(database):
    """As if a program of the far future had written the file."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 2100010101")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
