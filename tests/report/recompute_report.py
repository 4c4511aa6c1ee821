"""recompute_report.py PROGRAM [BUILDS...]: compares each figure of `report` (JSON, CSV, OpenMetrics) and of `overview`
(JSON) with the figures that figures.py computes of the same builds. BUILDS are sizes of further apps, such as 20000."""

import csv
import io
import json
import re
import sys

import figures
import workspaces
from service import Service

SAMPLE = re.compile(r'([a-z_]+)(?:\{(.*)\})? (\S+)')
LABEL = re.compile(r'([a-z]+)="((?:[^"\\]|\\.)*)"')

KEYS = {"groups": ["app", "os"], "days": ["app", "os", "day"], "weeks": ["app", "os", "week"],
        "versions": ["app", "os", "newestVersionName"], "failures": ["errorCode", "app", "os", "newestId"],
        "branches": ["branch"], "uploaders": ["uploader"], "unread": ["app"],
        "profiles": ["app", "bundleIdentifier", "team", "signingType", "expires"]}


class Differences:
    """Prints the first few differences of a workspace."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.count = 0

    def expect(self, place, actual, expected):
        if not expected == actual:  # the classes of figures.py define only ==
            self.count += 1
            if self.count <= 20:
                print(f"{self.workspace}: {place}: {actual!r} instead of {expected!r}")

    def expect_members(self, place, actual, expected):
        for name in sorted({*actual, *expected}, key=str):
            self.expect(f"{place} {name}", actual.get(name), expected.get(name))

    def expect_rows(self, table, actual, expected):
        """Compares rows without regard to their order."""
        self.expect(f"number of {table}", len(actual), len(expected))
        expected = {key_of(table, row): row for row in expected}
        for row in actual:
            self.expect_members(f"{table} {key_of(table, row)}", row, expected.get(key_of(table, row), {}))


def key_of(table, row):
    return tuple(row.get(name, "") for name in KEYS[table])


def check_json(differences, report, expected):
    tables = expected.tables()
    for table, rows in tables.items():
        differences.expect_rows(table, report[table], rows)
    differences.expect("complete", report["complete"], True)
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


class Cell:
    """A cell of CSV with the value of a JSON document."""

    def __init__(self, name, value):
        self.value = figures.Age(value) if name.endswith("AgeSeconds") else value

    def __eq__(self, text):
        if text is None or isinstance(self.value, figures.Age):
            return text is not None and self.value == int(text)
        if isinstance(self.value, float):
            return float(text) == self.value
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
    differences.expect_members("OpenMetrics", samples_of(text), expected.samples())


def check_overview(differences, overview, data):
    expected = figures.Figures(data, figures.parsed(overview["at"]), figures.parsed(overview["since"]))
    rows = {(row["app"], row.get("os", "")): row for row in overview["rows"]}
    differences.expect("rows of the overview", sorted(rows), sorted(expected.groups))
    for row in expected.overview_rows():
        differences.expect_members(f"overview {row['app']}", rows.get((row["app"], row.get("os", "")), {}), row)
    differences.expect_members("totals", overview["totals"], expected.overview_totals(len(data)))


def check(name, apps, program):
    differences = Differences(name)
    data = {app: content.builds for app, content in apps.items()}
    with Service(apps) as service:
        report = json.loads(service.run(program, "report", "-o", "json"))
        expected = figures.Figures(data, figures.parsed(report["generatedAt"]))
        check_json(differences, report, expected)
        check_csv(differences, service.run(program, "report", "-o", "csv"), report)
        check_metrics(differences, service.run(program, "report", "-o", "openmetrics"), expected)
        for since in ("2000-01-01", "30d"):
            overview = json.loads(service.run(program, "overview", "-o", "json", "--since", since))
            check_overview(differences, overview, data)
    print(f"{name}: {sum(map(len, data.values()))} builds, {differences.count} differences")
    return differences.count


def main(program, *counts):
    end = workspaces.now()
    contents = {"odd": workspaces.odd(end), "year change": workspaces.year_change(end),
                "many values": workspaces.many_values(end)}
    for apps, count in ((1, 0), (1, 1), (1, 12), (1, 300), (30, 40), *((1, int(count)) for count in counts)):
        contents[f"{apps} apps of {count} builds"] = workspaces.plain(apps, count, end)
    if sum(check(name, apps, program) for name, apps in contents.items()) > 0:
        raise SystemExit("the figures differ")


main(*sys.argv[1:])
