"""sqlite-utils: a CSV file into SQLite. `peer_sqlite_utils.py CSV DATABASE`."""

import csv
import json
import sys
from time import perf_counter

import sqlite_utils

file, database = sys.argv[1:]
began = perf_counter()
with open(file, encoding="utf-8", newline="") as lines:  # noqa: PTH123
    table = sqlite_utils.Database(database)["usage"]
    table.insert_all(
        ({**row, "quantity": float(row["quantity"])} for row in csv.DictReader(lines)), batch_size=10_000
    )
print(json.dumps({"seconds": perf_counter() - began, "rows": table.count}))
