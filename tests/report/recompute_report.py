"""recompute_report.py PROGRAM [BUILDS...]: compares each figure of `report` (JSON, CSV, OpenMetrics) and of `overview`
(JSON) with the figures of another program about the same builds. BUILDS are sizes of further apps, such as 20000."""

import csv
import io
import json
import re
import sys

import metric_figures
import overview_figures
import workspaces
from approximate import Since
from builds import parsed
from figures import Figures
from service import Service

SAMPLE = re.compile(r'([a-z0-9_]+)(?:\{(.*)\})? (\S+)')
LABEL = re.compile(r'([a-z]+)="((?:[^"\\]|\\.)*)"')

# Tables of a report, and the columns that distinguish their rows.
KEYS = {"groups": ["app", "os"], "days": ["app", "os", "day"], "weeks": ["app", "os", "week"],
        "versions": ["app", "os", "newestVersionName"], "failures": ["errorCode", "app", "os", "newestId"],
        "branches": ["branch"], "uploaders": ["uploader"], "unread": ["app"], "attention": ["kind", "app", "os"],
        "apps": ["app"], "newestProcessed": ["app", "os"], "previous": ["app", "os"],
        "profiles": ["app", "bundleIdentifier", "team", "signingType", "expires"]}
ORDERED = ("groups", "attention", "apps")


class Differences:
    """Prints the first few differences of a workspace."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.count = 0

    def expect(self, place, actual, expected):
        if not expected == actual:  # the classes of approximate.py define only ==
            self.count += 1
            if self.count <= 20:
                print(f"{self.workspace}: {place}: {actual!r} instead of {expected!r}")

    def expect_members(self, place, actual, expected):
        for name in sorted({*actual, *expected}, key=str):
            self.expect(f"{place} {name}", actual.get(name), expected.get(name))

    def expect_rows(self, table, actual, expected):
        self.expect(f"number of {table}", len(actual), len(expected))
        if table in ORDERED:
            self.expect(f"order of {table}", *([key_of(table, row) for row in rows] for rows in (actual, expected)))
        expected = {key_of(table, row): row for row in expected}
        for row in actual:
            self.expect_members(f"{table} {key_of(table, row)}", row, expected.get(key_of(table, row), {}))


def key_of(table, row):
    return tuple(row.get(name, "") for name in KEYS[table])


def check_json(differences, report, expected):
    tables = expected.tables()
    for table, rows in tables.items():
        differences.expect_rows(table, report[table], rows)
    differences.expect("complete", report["complete"], not expected.unread)
    differences.expect("incompleteTables", sorted(report["incompleteTables"]), sorted(expected.incomplete))


def check_csv(differences, text, report):
    """Compares the cells with the values of a JSON document that was written before."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for table in KEYS:
        cells = [row for row in rows if row["table"] == table]
        differences.expect(f"number of {table} in CSV", len(cells), len(report[table]))
        for actual, expected in zip(cells, report[table]):
            actual = {name: value for name, value in actual.items() if value and name != "table"}
            expected = {name: Cell(name, value) for name, value in expected.items()}
            differences.expect_members(f"CSV {table}", actual, expected)
    incomplete = [row["incompleteTable"] for row in rows if row["table"] == "incompleteTables"]
    differences.expect("incomplete tables in CSV", incomplete, report["incompleteTables"])


class Cell:
    """A cell of CSV with the value of a JSON document."""

    def __init__(self, name, value):
        self.value = Since(value) if name.endswith("AgeSeconds") else value
        self.is_for_people = name == "sentence"  # contains ages

    def __eq__(self, text):
        if text is None or self.is_for_people:
            return text is not None
        if isinstance(self.value, bool):
            return text == ("true" if self.value else "false")
        if isinstance(self.value, float):
            return self.value == float(text)
        value = str(self.value)
        return text == ("'" + value if isinstance(self.value, str) and value[0] in "=+-@" else value)

    def __repr__(self):
        return repr(self.value)


def samples_of(text):
    """Returns the samples of an OpenMetrics text by name and labels."""
    samples = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, labels, value = SAMPLE.fullmatch(line).groups()
        pairs = ((label, re.sub(r"\\(.)", r"\1", content)) for label, content in LABEL.findall(labels or ""))
        key = (name, *sorted(pairs))
        if key in samples:
            raise SystemExit(f"repeated sample {key}")
        samples[key] = float(value)
    return samples


def check_metrics(differences, text, expected):
    differences.expect_members("OpenMetrics", samples_of(text), metric_figures.samples_of(expected))


def check_overview(differences, service, program, options):
    overview = json.loads(service.run(program, "overview", "-o", "json", *options))
    times = [parsed(overview.get(name)) for name in ("at", "since", "previousSince")]
    unread = service.unread()  # has no rows
    data = {app: [] if app in unread else builds for app, builds in service.readable_builds().items()}
    expected = Figures(data, *times, unread=unread, names=service.names())
    rows = overview_figures.rows_of(expected)
    names = [[(row["app"], row.get("os", "")) for row in table] for table in (overview["rows"], rows)]
    differences.expect("rows of the overview", *names)
    for name, actual, row in zip(names[0], overview["rows"], rows):
        differences.expect_members(f"overview {name}", actual, row)
    differences.expect_members("totals", overview["totals"], overview_figures.totals_of(expected))
    differences.expect("unread apps of the overview", [error["app"] for error in overview["errors"]], unread)


def check_report(differences, service, program, options):
    def text(output):
        return service.run(program, "report", "-o", output, *options)

    report = json.loads(text("json"))
    times = [parsed(report.get(name)) for name in ("generatedAt", "since", "previousSince")]
    expected = Figures(service.readable_builds(), *times, unread=service.unread(),
                               names=service.names())
    check_json(differences, report, expected)
    check_csv(differences, text("csv"), report)
    check_metrics(differences, text("openmetrics"), expected)


def check(name, apps, program):
    differences = Differences(name)
    with Service(apps) as service:
        for options in ([], ["--since", "30d"], ["--since", "30d", "--previous"]):
            check_report(differences, service, program, options)
        for options in (["--since", "2000-01-01"], ["--since", "30d", "--previous"]):
            check_overview(differences, service, program, options)
    builds = sum(len(app.builds) for app in apps.values())
    print(f"{name}: {builds} builds, {differences.count} differences")
    return differences.count


def main(program, *counts):
    end = workspaces.now()
    contents = {"odd": workspaces.odd(end), "year change": workspaces.year_change(end),
                "many values": workspaces.many_values(end), "incomplete": workspaces.incomplete(end)}
    for apps, count in ((1, 0), (1, 1), (1, 12), (1, 300), (30, 40), *((1, int(count)) for count in counts)):
        contents[f"{apps} apps of {count} builds"] = workspaces.plain(apps, count, end)
    if sum(check(name, apps, program) for name, apps in contents.items()) > 0:
        raise SystemExit("the figures differ")


main(*sys.argv[1:])
