"""Links the two lists of FEBRL 4 by Splink on DuckDB and prints what it found, as one line of JSON.

    match.py A.csv B.csv [--without COLUMN]

The rows are those of the files, trimmed; empty cells are missing. Blocks, training and threshold are those under "The
same customer once" in bench/README.md. Reading the files and counting what was right are not in the time.
"""

import argparse
import json
import logging
import resource
import time

import pandas
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THREADS = 2
THRESHOLD = 0.95

BLOCKS = [
    ("given_name", "surname"),
    ("date_of_birth",),
    ("postcode", "given_name"),
    ("postcode", "surname"),
    ("suburb", "surname"),
    ("suburb", "given_name"),
    ("address_1",),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--without")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    first, second = read(asked.first), read(asked.second)
    truth = {entity(row) for row in first.rec_id} & {entity(row) for row in second.rec_id}
    wall, cpu = time.time(), time.process_time()
    candidates, found = link(first, second, asked.without)
    took = {"wall": time.time() - wall, "cpu": time.process_time() - cpu}
    pairs = list(zip(found.rec_id_l, found.rec_id_r))
    right = sum(entity(one) == entity(other) for one, other in pairs)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = {"compared": candidates, "linked": len(pairs), "right": right, "due": len(truth)}
    print(json.dumps(took | figures | {"peak_mb": peak_mb}))


def read(path):
    table = pandas.read_csv(path, dtype=str, skipinitialspace=True)
    table.columns = [name.strip() for name in table.columns]
    return table.apply(lambda column: column.str.strip().replace("", None))


def entity(row):
    """rec-1070-org and rec-1070-dup-0 are one person."""
    return row.split("-")[1]


def link(first, second, without):
    blocks = [block_on(*columns) for columns in BLOCKS]
    comparisons = [
        compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
        compare.NameComparison("surname").configure(term_frequency_adjustments=True),
        compare.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        compare.ExactMatch("street_number"),
        compare.JaroWinklerAtThresholds("address_1", [0.95, 0.85]),
        compare.JaroWinklerAtThresholds("suburb", [0.95, 0.85]),
    ]
    if without != "soc_sec_id":
        blocks.append(block_on("soc_sec_id"))
        comparisons.append(compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]))
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
    )
    api = DuckDBAPI()
    api._con.execute(f"SET threads = {THREADS}")
    tables = [api.register(first, dataset_display_name="first"), api.register(second, dataset_display_name="second")]
    linker = Linker(tables, settings)
    sure = [block_on("given_name", "surname", "date_of_birth"), block_on("address_1", "date_of_birth")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in [("date_of_birth",), ("postcode",)]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    judged = linker.inference.predict().as_pandas_dataframe()
    return len(judged), judged[judged.match_probability >= THRESHOLD]


if __name__ == "__main__":
    main()
