"""The segments of the workload in SQL: one query for each segment, or shared aggregates for all of them.

Tables: `people` (customer_id, age, gender, prefecture, industry, plan, created_at) and `events` (customer_id, ts, type,
item, amount), times in milliseconds. A window of D days holds ts > NOW - D days.
"""

import json
import pathlib

DAY = 86_400_000
NOW = 1_793_491_200_000
JAPAN = 9 * 3_600_000
TODAY = (NOW + JAPAN) // DAY
FOR_EVER = 100_000


def read_segments(count):
    path = pathlib.Path(__file__).parent.parent / "workload" / "segments.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()[:count]]


def back(days):
    """The instant so many days ago."""
    return max(0, NOW - days * DAY)


class Dialect:
    """What the engines spell differently. This one is DuckDB and PostgreSQL."""

    def __init__(self, divide="/"):
        self.divide = divide

    def count_if(self, where):
        return f"count(*) FILTER (WHERE {where})"

    def aggregate_if(self, name, column, where):
        return f"{name}({column}) FILTER (WHERE {where})"

    def distinct_if(self, column, where):
        return f"count(DISTINCT {column}) FILTER (WHERE {where})"

    def whole(self, column):
        return f"CAST({column} AS BIGINT)"

    def local_day(self):
        return f"(ts + {JAPAN}) {self.divide} {DAY}"

    # Small sets of small numbers are quickest as bits; an engine without them counts distinct values.
    def items_if(self, where):
        return self.distinct_if("item", where)

    def days_if(self, where):
        return self.distinct_if(self.local_day(), where)


class DuckDb(Dialect):
    def __init__(self):
        super().__init__(divide="//")

    def items_if(self, where):
        return f"bit_count(bit_or(1::BIGINT << least(item, 61)) FILTER (WHERE {where}))"

    def days_if(self, where):
        age = f"least({TODAY} - {self.local_day()}, 120)::INT"
        return f"bit_count(bit_or(1::HUGEINT << {age}) FILTER (WHERE {where}))"


class ClickHouse(Dialect):
    def count_if(self, where):
        return f"countIf({where})"

    def aggregate_if(self, name, column, where):
        return f"{name}If({column}, {where})"

    def distinct_if(self, column, where):
        return f"uniqExactIf({column}, {where})"

    def whole(self, column):
        return f"toInt64({column})"

    def local_day(self):
        return f"intDiv(ts + {JAPAN}, {DAY})"

    def items_if(self, where):
        return f"bitCount(groupBitOrIf(bitShiftLeft(toUInt64(1), least(item, 61)), {where}))"

    def days_if(self, where):
        age = f"least({TODAY} - {self.local_day()}, 120)"
        return f"bitCount(groupBitOrIf(bitShiftLeft(toUInt128(1), {age}), {where}))"


class MariaDb(Dialect):
    def __init__(self):
        super().__init__(divide="DIV")

    def count_if(self, where):
        return f"sum(CASE WHEN {where} THEN 1 ELSE 0 END)"

    def aggregate_if(self, name, column, where):
        return f"{name}(CASE WHEN {where} THEN {column} END)"

    def distinct_if(self, column, where):
        return f"count(DISTINCT CASE WHEN {where} THEN {column} END)"

    def whole(self, column):
        return f"CAST({column} AS SIGNED)"


def checks(dialect, column):
    """Members, the sum of their numbers, and of their squares modulo 1,000,003."""
    number = dialect.whole(column)
    square = f"({number} * {number}) % 1000003"
    return f"count(*), coalesce(sum({number}), 0), coalesce(sum({square}), 0)"


def of_person(head, rest):
    """A condition on the row of a customer, or None when it is about events."""
    if head == "between":
        return f"(p.{rest[0]} BETWEEN {rest[1]} AND {rest[2]})"
    if head == "in":
        return f"(p.{rest[0]} IN ({', '.join(map(str, rest[1]))}))"
    if head == "known_less_than":
        return f"(p.created_at > {back(rest[0])})"
    return None


def logic(segment, leaf):
    """Puts a segment together from what `leaf` makes of its ends."""
    head, *rest = segment
    if head in ("and", "or"):
        return "(" + f" {head.upper()} ".join(logic(part, leaf) for part in rest) + ")"
    if head == "not":
        return f"(NOT {logic(rest[0], leaf)})"
    return of_person(head, rest) or leaf(head, rest)


def matching(kind, item=None, since=None):
    """Which events: of a kind, perhaps of one item, perhaps after an instant."""
    parts = [] if kind is None else [f"type = {kind}"]
    parts += [] if item is None else [f"item = {item}"]
    parts += [] if since is None else [f"ts > {since}"]
    return " AND ".join(parts) or "1 = 1"


class OneByOne:
    """One query for each segment; every leaf is a set of customers."""

    def __init__(self, dialect):
        self.dialect = dialect

    def query(self, segment):
        where = logic(segment, lambda head, rest: f"(p.customer_id IN ({self.members(head, rest)}))")
        return f"SELECT {checks(self.dialect, 'p.customer_id')} FROM people p WHERE {where}"

    def grouped(self, where, having):
        return f"SELECT customer_id FROM events WHERE {where} GROUP BY customer_id HAVING {having}"

    def members(self, head, rest):
        say = self.dialect
        if head == "count":
            kind, item, days, least = rest
            where = matching(kind, item, back(days))
            if least == 1:
                return f"SELECT customer_id FROM events WHERE {where}"
            return self.grouped(where, f"count(*) >= {least}")
        if head == "sum":
            kind, item, days, above = rest
            return self.grouped(matching(kind, item, back(days)), f"sum(amount) > {above}")
        if head in ("last", "first"):
            kind, at_least, less_than = rest
            edge = "max(ts)" if head == "last" else "min(ts)"
            having = f"{edge} > {back(less_than)} AND {edge} <= {back(at_least)}"
            return self.grouped(matching(kind), having)
        if head == "trend":
            kind, item, days, percent, base = rest
            now, before = say.count_if(f"ts > {back(days)}"), say.count_if(f"ts <= {back(days)}")
            having = f"{now} * 100 <= {before} * {percent} AND {before} >= {base}"
            return self.grouped(matching(kind, item, back(2 * days)), having)
        if head == "then":
            first, second, within, days = rest
            return (
                f"SELECT customer_id FROM ({latest_before(first, second, back(days))}) s "
                f"WHERE type = {second} AND earlier > 0 AND ts - earlier <= {within * DAY}"
            )
        if head == "none_since":
            first, second, days = rest
            last = [f"max(CASE WHEN type = {kind} THEN ts ELSE 0 END)" for kind in (first, second)]
            where = f"type IN ({first}, {second}) AND ts > {back(days)}"
            return self.grouped(where, f"{last[0]} > 0 AND {last[1]} <= {last[0]}")
        if head == "distinct":
            kind, days, least = rest
            return self.grouped(matching(kind, None, back(days)), f"count(DISTINCT item) >= {least}")
        kind, days, least = rest
        days_of = f"count(DISTINCT {say.local_day()})"
        return self.grouped(matching(kind, None, back(days)), f"{days_of} >= {least}")


def latest_before(first, second, since=None):
    """Events of two kinds, each with the time of the latest of the first kind up to it."""
    after = "" if since is None else f" AND ts > {since}"
    return (
        f"SELECT customer_id, type, ts, max(CASE WHEN type = {first} THEN ts ELSE 0 END) OVER (PARTITION BY "
        "customer_id ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS earlier "
        f"FROM events WHERE type IN ({first}, {second}){after}"
    )


class AllAtOnce:
    """Each different aggregate once for all segments, by the kind of event it looks at; then one row a customer."""

    def __init__(self, dialect, segments):
        self.dialect = dialect
        # Kind (None: any) -> aggregate -> the name of its column, with the earliest instant each looks at.
        self.aggregates = {}
        self.earliest = {}
        # (first, second) -> within -> the name of the column with the latest first step that counts.
        self.steps = {}
        self.conditions = [logic(segment, self.leaf) for segment in segments]

    def column(self, kind, since, aggregate):
        known = self.aggregates.setdefault(kind, {})
        name = known.setdefault(aggregate, f"a_{'any' if kind is None else kind}_{len(known)}")
        self.earliest[kind] = min(self.earliest.get(kind, NOW), since)
        return f"coalesce({name}, 0)"

    def counted(self, kind, item, days, until=0):
        inside = matching(None, item, back(days)) + (f" AND ts <= {back(until)}" if until else "")
        return self.column(kind, back(days), self.dialect.count_if(inside))

    def leaf(self, head, rest):
        say = self.dialect
        if head == "count":
            kind, item, days, least = rest
            return f"({self.counted(kind, item, days)} >= {least})"
        if head == "sum":
            kind, item, days, above = rest
            summed = say.aggregate_if("sum", "amount", matching(None, item, back(days)))
            return f"({self.column(kind, back(days), summed)} > {above})"
        if head in ("last", "first"):
            kind, at_least, less_than = rest
            edge = self.column(kind, 0, "max(ts)" if head == "last" else "min(ts)")
            return f"({edge} > {back(less_than)} AND {edge} <= {back(at_least)})"
        if head == "trend":
            kind, item, days, percent, base = rest
            now, before = self.counted(kind, item, days), self.counted(kind, item, 2 * days, days)
            return f"({now} * 100 <= {before} * {percent} AND {before} >= {base})"
        if head == "then":
            first, second, within, days = rest
            columns = self.steps.setdefault((first, second), {})
            name = columns.setdefault(within, f"s_{first}_{second}_{within}")
            return f"(coalesce({name}, 0) > {back(days)})"
        if head == "none_since":
            first, second, days = rest
            last = [self.column(kind, 0, "max(ts)") for kind in (first, second)]
            return f"({last[0]} > {back(days)} AND {last[1]} <= {last[0]})"
        kind, days, least = rest
        inside = matching(None, None, back(days))
        counted = say.items_if(inside) if head == "distinct" else say.days_if(inside)
        return f"({self.column(kind, back(days), counted)} >= {least})"

    def tables(self):
        """(name, query) of every table of aggregates, one row a customer."""
        found = []
        for kind, columns in self.aggregates.items():
            named = ", ".join(f"{aggregate} AS {name}" for aggregate, name in columns.items())
            where = matching(kind, None, self.earliest[kind] or None)
            query = f"SELECT customer_id, {named} FROM events WHERE {where} GROUP BY customer_id"
            found.append((f"g_{'any' if kind is None else kind}", query))
        for (first, second), columns in self.steps.items():
            found.append((f"q_{first}_{second}", self.step_query(first, second, columns)))
        return found

    def step_query(self, first, second, columns):
        """Pairs each second step with the latest first step before it. (ASOF joins: DuckDB, ClickHouse.)"""
        say = self.dialect
        named = ", ".join(
            f"{say.aggregate_if('max', 'a.ts', f'b.ts - a.ts <= {within * DAY}')} AS {name}"
            for within, name in columns.items()
        )
        of_kind = "(SELECT customer_id, ts FROM events WHERE type = {})"
        return (
            f"SELECT b.customer_id AS customer_id, {named} FROM {of_kind.format(second)} b "
            f"ASOF JOIN {of_kind.format(first)} a ON b.customer_id = a.customer_id AND b.ts > a.ts "
            "GROUP BY b.customer_id"
        )

    def matrix(self):
        """One row a customer, one column a segment."""
        joins = "".join(
            f" LEFT JOIN {name} ON p.customer_id = {name}.customer_id" for name, _ in self.tables()
        )
        columns = ", ".join(f"{where} AS m{place}" for place, where in enumerate(self.conditions))
        return f"SELECT p.customer_id AS customer_id, {columns} FROM people p{joins}"

    def check_queries(self, table, at_once=100):
        """Queries that give three numbers for each segment, some segments at a time."""
        say, number = self.dialect, self.dialect.whole("customer_id")
        square = f"({number} * {number}) % 1000003"
        for begin in range(0, len(self.conditions), at_once):
            columns = []
            for place in range(begin, min(begin + at_once, len(self.conditions))):
                columns.append(say.count_if(f"m{place}"))
                for summed in (number, square):
                    columns.append(f"coalesce({say.aggregate_if('sum', summed, f'm{place}')}, 0)")
            yield f"SELECT {', '.join(columns)} FROM {table}"
