"""The engines: how each is loaded, asked and measured. Libraries run in this process, servers as its children."""

import json
import os
import pathlib
import pwd
import resource
import shutil
import subprocess
import time

import sql

CORES = os.cpu_count() or 1
PEOPLE = ["customer_id", "age", "gender", "prefecture", "industry", "plan", "created_at"]


class Engine:
    """A library in this process."""

    gave_up = ()

    def __init__(self, data, cache):
        self.people = data / "customers.parquet"
        self.events = data / "events_ct.parquet"
        self.home = cache / data.name / type(self).__name__.lower()
        self.home.mkdir(parents=True, exist_ok=True)

    def cpu(self):
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    def peak_mb(self):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def close(self):
        pass


class DuckDb(Engine):
    """Tables in DuckDB's own file."""

    dialect = sql.DuckDb()
    matrix = "matrix"

    def connect(self):
        import duckdb

        self.connection = duckdb.connect(str(self.home / "workload.duckdb"))
        self.connection.execute(f"SET threads = {CORES}")
        self.connection.execute("SET memory_limit = '8GB'")
        self.connection.execute(f"SET temp_directory = '{self.home / 'spilled'}'")
        self.connection.execute("SET preserve_insertion_order = false")

    def prepare(self):
        (self.home / "workload.duckdb").unlink(missing_ok=True)
        self.connect()
        for name, path in (("people", self.people), ("events", self.events)):
            self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")
        self.connection.close()

    def ask(self, query, _seconds):
        return self.connection.execute(query).fetchone()

    def make_matrix(self, say):
        for name, query in say.tables():
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
        self.connection.execute(f"CREATE TEMP TABLE {self.matrix} AS {say.matrix()}")


class ChDb(Engine):
    """ClickHouse's engine in this process, over a MergeTree sorted by kind, customer and time."""

    dialect = sql.ClickHouse()
    matrix = "w.matrix"
    events_table = (
        "customer_id UInt32, ts Int64, type UInt8, item UInt16, amount Int32) "
        "ENGINE = MergeTree ORDER BY (type, customer_id, ts"
    )
    people_table = (
        "customer_id UInt32, age UInt8, gender UInt8, prefecture UInt8, industry UInt8, plan UInt8, created_at Int64) "
        "ENGINE = MergeTree ORDER BY (customer_id"
    )
    # Long queries are wanted here, and missing partners of a join are zeros.
    settings = (
        f" SETTINGS max_threads = {CORES}, max_query_size = 100000000, max_ast_elements = 10000000, "
        "max_expanded_ast_elements = 10000000, max_memory_usage = 9000000000"
    )

    def connect(self):
        from chdb import session

        self.session = session.Session(str(self.home / "tables"))

    def prepare(self):
        shutil.rmtree(self.home / "tables", ignore_errors=True)
        self.connect()
        self.session.query("CREATE DATABASE w ENGINE = Atomic")
        for name, table, path in (
            ("people", self.people_table, self.people),
            ("events", self.events_table, self.events),
        ):
            self.session.query(f"CREATE TABLE w.{name} ({table})")
            self.session.query(f"INSERT INTO w.{name} SELECT * FROM file('{path}', Parquet)")
            self.session.query(f"OPTIMIZE TABLE w.{name} FINAL")

    def ask(self, query, _seconds):
        answer = self.session.query(self.here(query) + self.settings, "JSONCompact")
        return json.loads(str(answer))["data"][0]

    def make_matrix(self, say):
        self.session.query("DROP TABLE IF EXISTS w.matrix")
        # Tables of aggregates in memory, as DuckDB has them too.
        for name, query in say.tables():
            self.session.query(f"DROP TABLE IF EXISTS w.{name}")
            self.session.query(f"CREATE TABLE w.{name} ENGINE = Memory AS {self.here(query)}{self.settings}")
        matrix = say.matrix()
        for name, _ in say.tables():
            matrix = matrix.replace(f"JOIN {name} ON", f"JOIN w.{name} AS {name} ON")
        self.session.query(f"CREATE TABLE w.matrix ENGINE = Memory AS {self.here(matrix)}{self.settings}")

    def here(self, query):
        return query.replace("FROM events", "FROM w.events").replace("FROM people", "FROM w.people")


class Server(Engine):
    """A database server started for the occasion, with its data in the cache."""

    def __init__(self, data, cache):
        super().__init__(data, cache)
        self.process = None

    def pids(self):
        """The server and its living children."""
        found = [self.process.pid]
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return found + [int(pid) for pid in children.read_text().split()]

    def cpu(self):
        """Of the server, its living children and those that have ended."""
        if self.process is None:
            return 0.0
        ticks = 0
        for pid in self.pids():
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            except FileNotFoundError:
                continue
            own = fields[11:13] if pid != self.process.pid else fields[11:15]
            ticks += sum(map(int, own))
        return ticks / os.sysconf("SC_CLK_TCK")

    def peak_mb(self):
        """Of the largest of its processes; what they share counts in each."""
        peaks = [0]
        for pid in self.pids():
            for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    peaks.append(int(line.split()[1]) // 1024)
        return max(peaks)

    def as_csv(self, path):
        """The rows of a Parquet file as CSV without a header, made once."""
        import duckdb

        csv = self.home.parent / path.with_suffix(".csv").name
        if not csv.exists():
            duckdb.sql(f"COPY (SELECT * FROM read_parquet('{path}')) TO '{csv}.part' (HEADER false)")
            csv.with_suffix(".csv.part").rename(csv)
        return csv

    def wait_for(self, attempt, faults):
        for _ in range(600):
            try:
                return attempt()
            except faults:
                if self.process.poll() is not None:
                    raise SystemExit("the server ended before it could be asked") from None
                time.sleep(0.1)
        raise SystemExit("the server did not begin to answer within a minute")

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None


class Postgres(Server):
    """Indexes by customer and by kind, the latter with all columns; one helper process a query."""

    dialect = sql.Dialect()

    def __init__(self, data, cache):
        super().__init__(data, cache)
        import psycopg2

        self.gave_up = psycopg2.Error
        # The server refuses to run as root.
        self.user = "nobody" if os.geteuid() == 0 else None

    def start(self):
        socket = f"/tmp/kizashi-bench-{os.getpid()}"
        os.mkdir(socket, 0o700)
        if self.user:
            os.chown(socket, pwd.getpwnam(self.user).pw_uid, -1)
        self.socket = socket
        options = {"shared_buffers": "1GB", "work_mem": "256MB", "jit": "off", "max_wal_size": "8GB",
                   "max_parallel_workers_per_gather": "1", "unix_socket_directories": socket,
                   "listen_addresses": ""}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = [self.program("postgres"), "-D", str(self.home / "cluster"), *settings]
        with open(self.home / "server.log", "ab") as log:
            self.process = subprocess.Popen(command, user=self.user, stdout=log, stderr=log)

    def program(self, name):
        places = [shutil.which(name), *sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))]
        found = [str(place) for place in places if place]
        if not found:
            raise SystemExit(f"`{name}` is not installed; install PostgreSQL 15 or later")
        return found[-1]

    def connect(self):
        import psycopg2

        if self.process is None:
            self.start()
        reach = {"host": self.socket, "user": "bench", "dbname": "postgres"}
        self.connection = self.wait_for(lambda: psycopg2.connect(**reach), psycopg2.OperationalError)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()

    def prepare(self):
        csvs = [self.as_csv(self.people), self.as_csv(self.events)]
        shutil.rmtree(self.home / "cluster", ignore_errors=True)
        (self.home / "cluster").mkdir()
        if self.user:
            os.chown(self.home / "cluster", pwd.getpwnam(self.user).pw_uid, -1)
        make = [self.program("initdb"), "-D", str(self.home / "cluster"), "-U", "bench", "--no-sync",
                "--locale=C", "--encoding=UTF8"]
        subprocess.run(make, check=True, user=self.user, stdout=subprocess.DEVNULL)
        self.connect()
        small = ", ".join(f"{name} smallint" for name in PEOPLE[1:-1])
        ask = self.cursor.execute
        ask(f"CREATE TABLE people (customer_id bigint PRIMARY KEY, {small}, created_at bigint)")
        ask("CREATE TABLE events (customer_id bigint NOT NULL, ts bigint NOT NULL, type smallint NOT NULL, "
            "item int NOT NULL, amount int NOT NULL)")
        for name, csv in zip(("people", "events"), csvs):
            with open(csv, encoding="utf-8") as rows:
                self.cursor.copy_expert(f"COPY {name} FROM STDIN CSV", rows)
        ask("CREATE INDEX ON events (customer_id, ts)")
        ask("CREATE INDEX ON events (type, ts) INCLUDE (customer_id, item, amount)")
        ask("VACUUM ANALYZE events")
        ask("ANALYZE people")

    def ask(self, query, seconds):
        self.cursor.execute(f"SET statement_timeout = {int(min(seconds, 120) * 1000) + 1}")
        self.cursor.execute(query)
        return self.cursor.fetchone()

    def close(self):
        if self.process is not None:
            self.process.send_signal(2)
            self.process.wait()
            self.process = None
            shutil.rmtree(self.socket, ignore_errors=True)


class MariaDb(Server):
    """InnoDB with indexes by customer and by kind, the latter with all columns."""

    dialect = sql.MariaDb()

    def __init__(self, data, cache):
        super().__init__(data, cache)
        import pymysql

        self.gave_up = pymysql.Error

    def start(self):
        server = shutil.which("mariadbd")
        if server is None:
            raise SystemExit("`mariadbd` is not installed; install mariadb-server 10.11 or later")
        self.socket = f"/tmp/kizashi-bench-{os.getpid()}.sock"
        command = [server, "--no-defaults", f"--datadir={self.home / 'tables'}", f"--socket={self.socket}",
                   "--skip-networking", "--innodb-buffer-pool-size=2G", "--local-infile=1",
                   "--innodb-flush-log-at-trx-commit=0", f"--pid-file={self.home / 'pid'}"]
        as_root = ["--user=root"] if os.geteuid() == 0 else []
        with open(self.home / "server.log", "ab") as log:
            self.process = subprocess.Popen(command + as_root, stdout=log, stderr=log)

    def connect(self):
        import pymysql

        if self.process is None:
            self.start()
        reach = {"unix_socket": self.socket, "user": "root", "local_infile": True, "autocommit": True}
        self.connection = self.wait_for(lambda: pymysql.connect(**reach), pymysql.OperationalError)
        self.cursor = self.connection.cursor()
        self.cursor.execute("CREATE DATABASE IF NOT EXISTS w")
        self.cursor.execute("USE w")

    def prepare(self):
        csvs = [self.as_csv(self.people), self.as_csv(self.events)]
        shutil.rmtree(self.home / "tables", ignore_errors=True)
        as_root = ["--user=root"] if os.geteuid() == 0 else []
        make = ["mariadb-install-db", "--no-defaults", f"--datadir={self.home / 'tables'}",
                "--auth-root-authentication-method=normal", "--skip-test-db", *as_root]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        self.connect()
        small = ", ".join(f"{name} SMALLINT" for name in PEOPLE[1:-1])
        ask = self.cursor.execute
        ask(f"CREATE TABLE people (customer_id BIGINT PRIMARY KEY, {small}, created_at BIGINT)")
        ask("CREATE TABLE events (customer_id BIGINT NOT NULL, ts BIGINT NOT NULL, type SMALLINT NOT NULL, "
            "item INT NOT NULL, amount INT NOT NULL, KEY (customer_id, ts))")
        for name, csv in zip(("people", "events"), csvs):
            ask(f"LOAD DATA LOCAL INFILE '{csv}' INTO TABLE {name} FIELDS TERMINATED BY ','")
        ask("ALTER TABLE events ADD KEY (type, ts, customer_id, item, amount)")
        ask("ANALYZE TABLE events, people")
        self.cursor.fetchall()

    def ask(self, query, seconds):
        self.cursor.execute(f"SET SESSION max_statement_time = {max(1, min(seconds, 120)):.0f}")
        self.cursor.execute(query)
        return self.cursor.fetchone()


ENGINES = {"duckdb": DuckDb, "chdb": ChDb, "postgres": Postgres, "mariadb": MariaDb}
