"""dlt: a CSV file into SQLite through its SQLAlchemy destination. `peer_dlt.py CSV DATABASE`."""

import csv
import json
import sqlite3
import sys
from itertools import islice
from time import perf_counter

import dlt

file, database = sys.argv[1:]


@dlt.resource(name="usage", write_disposition="append")
def usage():
    with open(file, encoding="utf-8", newline="") as lines:  # noqa: PTH123
        rows = ({**row, "quantity": float(row["quantity"])} for row in csv.DictReader(lines))
        # Pages rather than rows, which its documentation recommends for speed.
        while page := list(islice(rows, 10_000)):
            yield page


pipeline = dlt.pipeline(
    pipeline_name="usage",
    pipelines_dir=f"{database}.pipelines",
    destination=dlt.destinations.sqlalchemy(credentials=f"sqlite:///{database}"),
    dataset_name="main",
)
began = perf_counter()
pipeline.run(usage())
seconds = perf_counter() - began
with sqlite3.connect(database) as connection:
    (rows,) = connection.execute("SELECT count(*) FROM usage").fetchone()
print(json.dumps({"seconds": seconds, "rows": rows}))
