"""Runs one engine over the workload and prints what it took, as lines of JSON.

    run.py prepare ENGINE --data FOLDER --cache FOLDER
    run.py each    ENGINE --data FOLDER --cache FOLDER --segments N --limit SECONDS
    run.py once    ENGINE ...

`prepare` loads the files into the engine's own tables. `each` asks one query for each segment and stops after the
limit; `once` asks for all segments together, into a table with one row a customer and one column a segment. Loading and
checking are not in the time.
"""

import argparse
import json
import pathlib
import time

import engines
import sql


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["prepare", "each", "once"])
    parser.add_argument("engine", choices=sorted(engines.ENGINES))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--segments", type=int, default=200)
    parser.add_argument("--limit", type=float, default=600)
    asked = parser.parse_args()
    engine = engines.ENGINES[asked.engine](asked.data.resolve(), asked.cache.resolve())
    try:
        if asked.what == "prepare":
            prepare(engine)
            return
        engine.connect()
        segments = sql.read_segments(asked.segments)
        print(json.dumps(each(engine, segments, asked.limit) if asked.what == "each" else once(engine, segments)))
    finally:
        engine.close()


def prepare(engine):
    wall, cpu = time.time(), engine.cpu()
    engine.prepare()
    print(json.dumps({"wall": time.time() - wall, "cpu": engine.cpu() - cpu}))


def each(engine, segments, limit):
    say = sql.OneByOne(engine.dialect)
    checks, failed = [], []
    wall, cpu = time.time(), engine.cpu()
    for place, segment in enumerate(segments):
        left = limit - (time.time() - wall)
        if left <= 0:
            break
        try:
            checks.append([int(number) for number in engine.ask(say.query(segment), left)])
        except engine.gave_up as fault:
            if limit <= time.time() - wall:
                break
            failed.append(f"segment {place}: {str(fault).splitlines()[0]}")
            checks.append(None)
    return {
        "done": len(checks),
        "wall": time.time() - wall,
        "cpu": engine.cpu() - cpu,
        "peak_mb": engine.peak_mb(),
        "checks": checks,
        "failed": failed,
    }


def once(engine, segments):
    say = sql.AllAtOnce(engine.dialect, segments)
    wall, cpu = time.time(), engine.cpu()
    engine.make_matrix(say)
    took = {"done": len(segments), "wall": time.time() - wall, "cpu": engine.cpu() - cpu, "peak_mb": engine.peak_mb()}
    numbers = [int(number) for query in say.check_queries(engine.matrix) for number in engine.ask(query, None)]
    checks = [numbers[place : place + 3] for place in range(0, len(numbers), 3)]
    return took | {"checks": checks, "failed": []}


if __name__ == "__main__":
    main()
