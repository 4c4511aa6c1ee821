"""The metrics that `report -o openmetrics` must contain."""

import math

from approximate import Close, Since, Until
from builds import age, failure_rate, numbers_of, state_cells, time_cells
from figures import KINDS

BOUNDS = [digit * 10 ** power for power in range(6) for digit in (1, 2, 5)] + [10 ** 6]


def samples_of(figures):
    """Returns the expected samples of OpenMetrics by name and labels."""
    samples = {}

    def add(name, labels, value):
        if value is not None:
            samples[("applivery_" + name, *sorted(labels.items()))] = value

    add("report_complete", {}, 0 if figures.unread else 1)
    for app in figures.unread:
        add("app_unread", {"app": app}, 1)
    for row in figures.app_rows():
        add("app_read", {"app": row["app"], "name": row["appName"]}, 1 if row["read"] else 0)
    for (app, system), build in figures.newest_processed.items():
        if build.created:
            labels = {"app": app, "os": system}
            add("newest_processed_build_age_seconds", labels, Since(age(build.created, figures.now)))
            add("newest_processed_build_created_timestamp_seconds", labels, Close(build.created.timestamp()))
    for key, builds in figures.groups.items():
        add_group(figures, add, {"app": key[0], "os": key[1]}, builds)
    for profile in figures.profiles:
        app, bundle, team, signing, expires = profile.key
        add("provisioning_profile_time_left_seconds", {
            "app": app, "bundle": bundle, "team": team, "signing": signing, "expires": expires.isoformat(),
            "current": "true" if profile.is_current else "false"}, Until(profile.seconds_left))
    for row in figures.previous_rows():
        add_comparison(figures, add, row)
    for table in figures.incomplete:
        add("report_table_incomplete", {"table": table}, 1)
    return samples


def add_group(figures, add, labels, builds):
    for state, count in state_cells(builds).items():
        name = {"inProgress": "in_progress", "otherState": "other"}.get(state, state)
        add("builds", {**labels, "state": name}, count)
    for kind in KINDS[1:]:
        found = [attention for attention in figures.attentions
                 if attention[:3] == (kind, labels["app"], labels["os"])]
        add("attention", {**labels, "kind": kind}, len(found))
    oldest = figures.oldest_waiting(builds)
    if oldest and oldest.created:
        add("oldest_waiting_build_age_seconds", labels, Since(age(oldest.created, figures.now)))
    times = numbers_of(builds, "process_time")
    for bound in BOUNDS:
        text = f"{bound:.1f}" if bound < 1e6 else f"{bound:.0e}"
        add("build_process_time_bucket", {**labels, "le": text}, sum(time <= bound for time in times))
    add("build_process_time_bucket", {**labels, "le": "+Inf"}, len(times))
    add("build_process_time_count", labels, len(times))
    add("build_process_time_sum", labels, Close(math.fsum(times)))


def add_comparison(figures, add, row):
    now = figures.groups.get((row["app"], row["os"]), [])
    times = time_cells(now)
    compared = {"builds": (row["builds"], len(now), row["buildsChange"]),
               "failure_ratio": (row["failureRate"], failure_rate(now), row["failureRateChange"]),
               **{f"process_time_{name.lower()}": (row[f"processTime{name}"], times[f"processTime{name}"],
                                                   row[f"processTime{name}Change"]) for name in ("P50", "P90")}}
    labels = {"app": row["app"], "os": row["os"]}
    for name, (before, after, change) in compared.items():
        add(f"period_{name}", {**labels, "period": "previous"}, before)
        add(f"period_{name}", {**labels, "period": "current"}, after)
        add(f"period_{name}_change", labels, change)
