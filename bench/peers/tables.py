"""Reads a table as people do in Python and prints how many rows it found, as one line of JSON.

    tables.py duckdb FILE.csv DATABASE    its reader, and an insert into a table on disk
    tables.py pandas FILE.csv             into a frame in memory, columns of time as times
    tables.py openpyxl FILE.xlsx          every cell, in its reading mode
"""

import json
import sys


def by_duckdb(path, database):
    import duckdb

    connection = duckdb.connect(database)
    connection.execute("SET threads = 2")
    connection.execute("CREATE TABLE events AS SELECT * FROM read_csv(?)", [path])
    rows = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    connection.close()
    return rows


def by_pandas(path):
    import pandas

    return len(pandas.read_csv(path, parse_dates=["time"]))


def by_openpyxl(path):
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True)
    # The header is no row of the table.
    rows = sum(1 for row in workbook.active.iter_rows(values_only=True) if any(row)) - 1
    workbook.close()
    return rows


if __name__ == "__main__":
    how = {"duckdb": by_duckdb, "pandas": by_pandas, "openpyxl": by_openpyxl}[sys.argv[1]]
    print(json.dumps({"rows": how(*sys.argv[2:])}))
