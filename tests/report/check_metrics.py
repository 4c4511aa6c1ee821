"""check_metrics.py PROGRAM METRICS: checks that Prometheus and its clients read the metrics of `report` and of the
example applivery-metrics. Needs promtool and prometheus_client."""

import os
import subprocess
import sys

import workspaces
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as prometheus_families
from service import App, Service

FILTERS = [[], ["--branch", 'a"b\\c\nd'], ["--param", 'name=a"b', "--since", "30d", "--status", "error"]]


def is_described(family):
    """OpenMetrics describes a counter without its suffix, which the older format does not know."""
    is_counter = family.name.endswith("_total")
    return is_counter or (family.documentation and family.type not in ("unknown", "untyped"))


def faults_of(text):
    """Returns what the parsers reject."""
    faults = []
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    lines = (checked.stdout + checked.stderr).splitlines()
    faults += [f"promtool: {line}" for line in lines if line and not line.endswith("_total no help text")]
    for name, parse in (("OpenMetrics", openmetrics_families), ("text", prometheus_families)):
        try:
            families = list(parse(text))
        except ValueError as error:
            faults.append(f"parser of {name}: {error}")
            continue
        faults += [f"parser of {name}: {family.name} has no HELP or no TYPE" for family in families
                   if not is_described(family)]
        faults += [f"parser of {name}: HELP of {family.name} has an escape: {family.documentation}"
                   for family in families if '\\"' in family.documentation]
    return faults


def texts(program, metrics):
    end = workspaces.now()
    contents = {"hostile": workspaces.hostile(end), "no builds": {"app": App([])},
                "one app": workspaces.plain(1, 40, end)}
    for name, apps in contents.items():
        with Service(apps) as service:
            for arguments in FILTERS:
                yield f"{name} {arguments}", service.run(program, "report", "-o", "openmetrics", *arguments)
    with Service({"integrations": App(workspaces.Generator(1, "app", end).builds(300, 10))}) as service:
        environment = {**os.environ, "APPLIVERY_APP_TOKEN": "token-of-the-checks", "APPLIVERY_BASE_URL": service.url}
        result = subprocess.run([metrics], env=environment, capture_output=True, text=True, check=True)
        yield "applivery-metrics", result.stdout


def main(program, metrics):
    faults = [f"{name}: {fault}" for name, text in texts(program, metrics) for fault in faults_of(text)]
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main(*sys.argv[1:])
