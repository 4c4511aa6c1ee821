"""The rows and totals that `overview -o json` must contain."""

from approximate import AnyText
from builds import (WAITING, change_of, drop_unknown, failure_rate, in_order, is_processed, name_of, newest_of,
                    state_cells, time_cells)


def rows_of(figures):
    """Returns the rows of all apps but the unread, most urgent first, as the user named the apps."""
    keys = []
    for app in figures.apps:
        own = in_order(figures.groups) + in_order(set(figures.previous) - set(figures.groups))
        own = [key for key in own if key[0] == app]
        keys += own or ([(app, "")] if app not in figures.unread else [])
    return [row_of(figures, *key) for key in sorted(keys, key=figures.rank)]


def row_of(figures, app, system):
    builds, before = figures.groups.get((app, system), []), figures.previous.get((app, system), [])
    attentions = [{"kind": kind, "message": AnyText()} for kind, of_app, of_system, _ in figures.attentions
                  if (of_app, of_system) == (app, system)]
    row = {"app": app, "name": figures.names.get(app), "os": system, **counts_of(builds), "readAt": AnyText(),
           "attention": attentions or None, "processTime": times_of(builds)}
    if builds:
        row.update(appName=name_of(builds), newest=brief_of(figures, newest_of(builds)),
                   newestProcessed=brief_of(figures, newest_of(builds, is_processed)),
                   oldestWaiting=brief_of(figures, figures.oldest_waiting(builds)))
    if figures.previous_since:
        row.update(comparison_of(before, builds))
    return drop_unknown(row)


def brief_of(figures, build):
    if not build:
        return None
    cells = build.cells("", figures.now)
    return drop_unknown({name[0].lower() + name[1:]: value for name, value in cells.items()})


def totals_of(figures):
    totals = {"apps": len(figures.apps), "appsUnread": len(figures.unread), **counts_of(figures.builds)}
    if figures.previous_since:
        before = [build for builds in figures.previous.values() for build in builds]
        totals.update(comparison_of(before, figures.builds, has_times=False))
    return totals


def counts_of(builds):
    return {"builds": len(builds), "failed": state_cells(builds)["error"],
            "waiting": sum(build.state in WAITING for build in builds)}


def times_of(builds):
    cells = time_cells(builds)
    if cells["processTimeCount"] == 0:
        return None
    return {"count": cells["processTimeCount"], "p50": cells["processTimeP50"], "p90": cells["processTimeP90"],
            "exact": cells["processTimeExact"], "unit": "undocumented"}


def comparison_of(before, builds, has_times=True):
    """Returns the figures of the period before, and the differences."""
    counts, old_counts = counts_of(builds), counts_of(before)
    times, old_times = times_of(builds), times_of(before)
    change = {"builds": counts["builds"] - old_counts["builds"], "failed": counts["failed"] - old_counts["failed"],
              "failureRate": change_of(failure_rate(before), failure_rate(builds))}
    if has_times and times and old_times:
        change["processTime"] = {name: change_of(old_times[name], times[name]) for name in ("p50", "p90")}
    previous = {**old_counts, "processTime": old_times if has_times else None}
    return {"previous": drop_unknown(previous), "change": drop_unknown(change)}
