"""Recomputes the figures of `report` and `overview` from the builds of the service, by the rules of the guide.

Keeps all builds in memory and sorts them. The program reads them once, in bounded memory."""

import collections
import datetime
import math

STATES = {"pending": "pending", "in_progress": "inProgress", "processed": "processed", "error": "error"}
DAY = datetime.timedelta(days=1)
MAX_TEXT = 300
MAX_EXACT = 1000  # numbers of which a percentile is exact
MAX_SYSTEMS, MAX_CODES, MAX_EXAMPLES = 16, 100, 3
MAX_DAYS, MAX_WEEKS, MAX_VERSIONS, MAX_PROFILES, MAX_TEXTS = 400, 160, 12, 50, 50
LARGEST = 1e15
BOUNDS = [digit * 10 ** power for power in range(6) for digit in (1, 2, 5)] + [10 ** 6]


class About:
    """A number with a relative error of at most 1%."""

    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return other is not None and abs(self.number - other) <= 0.01 * self.number + 1e-9

    def __repr__(self):
        return f"about {self.number}"


class Close(float):
    """A number of another calculation, which may round otherwise."""

    def __eq__(self, other):
        return other is not None and math.isclose(self, other, rel_tol=1e-12)

    __hash__ = float.__hash__


class Age(int):
    """An age in seconds in a document without its time, written at most a minute later."""

    def __eq__(self, other):
        return other is not None and 0 <= float(other) - int(self) <= 60

    __hash__ = int.__hash__


def text_of(value):
    text = "" if value is None else str(value).strip(" \t\r\n\v\f")
    return bounded(text)


def bounded(text):
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT - 1] + "\u2026"


def dig(value, *names):
    """Returns a nested member, or None if one of the objects is absent."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def parsed(text):
    try:
        form = "%Y-%m-%dT%H:%M:%S.%fZ" if "." in text else "%Y-%m-%dT%H:%M:%SZ"
        return datetime.datetime.strptime(text, form).replace(tzinfo=datetime.timezone.utc)
    except (TypeError, ValueError):
        return None


def age(time, now):
    return max(int((now.replace(microsecond=0) - time.replace(microsecond=0)).total_seconds()), 0)


def week_text(day):
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(day):
    return day - datetime.timedelta(days=day.weekday())


def percentile(numbers, share):
    """Returns the nearest rank."""
    if not numbers:
        return None
    number = sorted(numbers)[max(math.ceil(share * len(numbers)), 1) - 1]
    return number if len(numbers) <= MAX_EXACT else About(number)


class Build:
    """The values of a build that the statistics use."""

    def __init__(self, app, data, now):
        self.app = app
        self.id = data.get("id", "")
        self.status = bounded(data.get("status") or "")
        self.state = STATES.get(self.status, "otherState")
        self.os = bounded(data.get("os") or data.get("buildPlatform") or "")
        self.version = text_of(data.get("versionName"))
        self.code = text_of(data.get("versionCode"))
        self.claimed = parsed(data.get("createdAt"))
        self.created = self.claimed if self.claimed and self.claimed <= now + DAY else None
        self.size = None if data.get("size") is None else int(data["size"])
        self.error = text_of(data.get("error"))
        self.error_code = text_of(data.get("errorCode"))
        self.app_name = text_of(dig(data, "applicationInfo", "name"))
        self.branch = text_of(dig(data, "deployer", "info", "branch"))
        self.uploader = uploader_of(data.get("uploadedBy"))
        time, wait = data.get("processTime"), data.get("queuedTime")
        self.process_time = min(time, LARGEST) if self.state == "processed" and time and time > 0 else None
        is_final = self.state in ("processed", "error")
        self.queued_time = min(wait, LARGEST) if is_final and wait is not None and wait >= 0 else None
        self.profile = profile_of(data)

    @property
    def day(self):
        return self.created.date() if self.created else None

    def cells(self, prefix, now):
        cells = {"VersionName": self.version, "VersionCode": self.code, "Status": self.status, "Id": self.id}
        if self.created:
            cells["CreatedAt"] = self.created.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.created.microsecond // 1000:03}Z"
            cells["AgeSeconds"] = age(self.created, now)
        return {prefix + name: value for name, value in cells.items()}


def uploader_of(person):
    if isinstance(person, str):
        return text_of(person)
    first, last = text_of(dig(person, "firstName")), text_of(dig(person, "lastName"))
    return " ".join(filter(None, [first, last])) or text_of(dig(person, "email")) or text_of(dig(person, "id"))


def profile_of(data):
    """Returns bundle identifier, team, signing type and expiry."""
    provision = dig(data, "info", "ios", "mobileprovision")
    expiry = parsed(dig(provision, "ExpirationDate"))
    if not expiry:
        return None
    return (text_of(dig(data, "info", "ios", "plist", "CFBundleIdentifier")),
            text_of(dig(provision, "TeamName")) or text_of(dig(provision, "TeamIdentifier")),
            bounded(dig(provision, "signingType") or ""), expiry)


def by_age(builds):
    """Returns the builds, newest first, those without a time last."""
    dated = sorted((build for build in builds if build.created), key=lambda build: build.created, reverse=True)
    return dated + [build for build in builds if not build.created]


def limit_systems(builds):
    """Removes the system of builds for more systems than an app may have."""
    systems = collections.defaultdict(set)
    for build in builds:
        known = systems[build.app]
        if build.os not in known and len(known) >= MAX_SYSTEMS:
            build.os = ""
        known.add(build.os)


def state_cells(builds):
    counts = collections.Counter(build.state for build in builds)
    return {name: counts[name] for name in [*STATES.values(), "otherState"]}


def time_cells(builds):
    cells = {}
    for name, member in (("processTime", "process_time"), ("queuedTime", "queued_time")):
        numbers = [getattr(build, member) for build in builds if getattr(build, member) is not None]
        cells.update({name + "Count": len(numbers), name + "P50": percentile(numbers, 0.5),
                      name + "P90": percentile(numbers, 0.9)})
    return cells


def grouped(builds, key):
    groups = collections.defaultdict(list)
    for build in builds:
        groups[key(build)].append(build)
    return groups


class Figures:
    """The expected tables of a report about builds in the order of the service's list."""

    def __init__(self, apps, now, since=None):
        self.now = now
        self.builds = [Build(app, data, now) for app, builds in apps.items() for data in builds]
        if since:
            self.builds = [build for build in self.builds if build.claimed and build.claimed >= since]
        limit_systems(self.builds)
        self.groups = grouped(self.builds, lambda build: (build.app, build.os))
        self.incomplete = set()

    def tables(self):
        tables = {"groups": self.group_rows(), "days": self.day_rows(), "weeks": self.week_rows(),
                  "versions": self.version_rows(), "failures": self.failure_rows(),
                  "branches": self.count_rows("branches", "branch"),
                  "uploaders": self.count_rows("uploaders", "uploader"), "profiles": self.profile_rows()}
        return {name: [drop_unknown(row) for row in rows] for name, rows in tables.items()}

    def group_rows(self):
        rows = []
        for (app, system), builds in sorted(self.groups.items(), key=lambda item: item[0]):
            newest = by_age(builds)
            processed = [build for build in newest if build.state == "processed"]
            waiting = [build for build in newest if build.state in ("pending", "inProgress")]
            dated = [build for build in waiting if build.created]
            oldest = dated[-1] if dated else next(iter(waiting), None)
            row = {"app": app, "appName": next((build.app_name for build in builds if build.app_name), ""),
                   "os": system, "builds": len(builds), **state_cells(builds), **newest[0].cells("newest", self.now),
                   **(processed[0].cells("newestProcessed", self.now) if processed else {}), "waiting": len(waiting),
                   "failures": sum(build.state == "error" for build in builds), **time_cells(builds)}
            if oldest:
                cells = oldest.cells("", self.now)
                row.update(waitingSince=cells.get("CreatedAt"), waitingId=oldest.id)
            rows.append(row)
        return rows

    def day_rows(self):
        rows = []
        for (app, system), builds in self.groups.items():
            days = grouped([build for build in builds if build.created], lambda build: build.day)
            kept = sorted(days)[-MAX_DAYS:]
            if len(kept) < len(days):
                self.incomplete.add("days")
            rows += [{"app": app, "os": system, "day": day.isoformat(), **state_cells(days[day])} for day in kept]
        return rows

    def week_rows(self):
        rows = []
        for (app, system), builds in self.groups.items():
            weeks = grouped([build for build in builds if build.created], lambda build: monday_of(build.day))
            kept = sorted(weeks)[-MAX_WEEKS:]
            rows += [{"app": app, "os": system, "week": week_text(week), **time_cells(weeks[week])} for week in kept]
        return rows

    def version_rows(self):
        rows = []
        for (app, system), builds in self.groups.items():
            newest = {}
            for build in by_age(builds):
                newest.setdefault(build.version, build)
            rows += [{"app": app, "os": system, **build.cells("newest", self.now), "sizeBytes": build.size}
                     for build in list(newest.values())[:MAX_VERSIONS]]
        return rows

    def failure_rows(self):
        failures = grouped([build for build in self.builds if build.state == "error"], lambda build: build.error_code)
        kept = list(failures)[:MAX_CODES]  # the codes that came first
        return [{"errorCode": code, "count": len(failures[code]), "app": build.app, "os": build.os,
                 **build.cells("newest", self.now), "error": build.error}
                for code in kept for build in by_age(failures[code])[:MAX_EXAMPLES]]

    def count_rows(self, table, member):
        counts = collections.Counter(getattr(build, member) for build in self.builds if getattr(build, member))
        if len(counts) > MAX_TEXTS:
            self.incomplete.add(table)
        return [{member: text, "count": count, "countError": 0}
                for text, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].encode()))[:MAX_TEXTS]]

    def profile_rows(self):
        profiles = grouped([build for build in self.builds if build.profile],
                           lambda build: (build.app, *build.profile[:3], build.profile[3].date()))
        newest = by_age([by_age(builds)[0] for builds in profiles.values()])[:MAX_PROFILES]
        if len(newest) < len(profiles):
            self.incomplete.add("profiles")
        rows = []
        for (app, bundle, team, signing, expires), builds in profiles.items():
            build = by_age(builds)[0]
            if build in newest:
                rows.append({"daysLeft": (expires - self.now.date()).days, "expires": expires.isoformat(), "app": app,
                             "bundleIdentifier": bundle, "team": team, "signingType": signing, "builds": len(builds),
                             "newestVersionName": build.version, "newestId": build.id})
        return rows

    def samples(self):
        """Returns the expected samples of OpenMetrics by name and labels."""
        samples = {("applivery_report_complete",): 1}

        def add(name, labels, value):
            samples[(name, *sorted(labels.items()))] = value

        for (app, system), builds in self.groups.items():
            labels = {"app": app, "os": system}
            for state, count in state_cells(builds).items():
                name = {"inProgress": "in_progress", "otherState": "other"}.get(state, state)
                add("applivery_builds", {**labels, "state": name}, count)
            self.add_ages(add, labels, builds)
            times = [build.process_time for build in builds if build.process_time is not None]
            histogram = "applivery_build_process_time"
            for bound in BOUNDS:
                add(histogram + "_bucket", {**labels, "le": f"{bound:.1f}" if bound < 1e6 else f"{bound:.0e}"},
                    sum(time <= bound for time in times))
            add(histogram + "_bucket", {**labels, "le": "+Inf"}, len(times))
            add(histogram + "_count", labels, len(times))
            add(histogram + "_sum", labels, Close(math.fsum(times)))
        for row in self.profile_rows():
            labels = {"app": row["app"], "bundle": row["bundleIdentifier"], "team": row["team"],
                      "signing": row["signingType"], "expires": row["expires"]}
            add("applivery_provisioning_profile_time_left_seconds", labels, row["daysLeft"] * 86400)
        return samples

    def add_ages(self, add, labels, builds):
        dated = [build for build in builds if build.created]
        processed = [build.created for build in dated if build.state == "processed"]
        waiting = [build.created for build in dated if build.state in ("pending", "inProgress")]
        if processed:
            newest = "applivery_newest_processed_build_"
            add(newest + "age_seconds", labels, Age(age(max(processed), self.now)))
            add(newest + "created_timestamp_seconds", labels, Close(max(processed).timestamp()))
        if waiting:
            add("applivery_oldest_waiting_build_age_seconds", labels, Age(age(min(waiting), self.now)))

    def overview_rows(self):
        rows = []
        for group in self.group_rows():
            builds = self.groups[group["app"], group["os"]]
            row = {"builds": len(builds), "failed": group["failures"], "waiting": group["waiting"], "app": group["app"],
                   "appName": group["appName"], "os": group["os"], "newest": self.brief(by_age(builds), lambda _: True),
                   "newestProcessed": self.brief(by_age(builds), lambda build: build.state == "processed"),
                   "oldestWaiting": self.brief([build for build in builds if build.id == group.get("waitingId")],
                                               lambda _: True)}
            if group["processTimeCount"] > 0:
                row["processTime"] = {"count": group["processTimeCount"], "p50": group["processTimeP50"],
                                      "p90": group["processTimeP90"], "exact": group["processTimeCount"] <= MAX_EXACT,
                                      "unit": "undocumented"}
            rows.append(drop_unknown(row))
        return rows

    def brief(self, builds, condition):
        build = next(filter(condition, builds), None)
        if not build:
            return None
        cells = build.cells("", self.now)
        return drop_unknown({name[0].lower() + name[1:]: value for name, value in cells.items()})

    def overview_totals(self, apps):
        return {"apps": apps, "appsUnread": 0, "builds": len(self.builds),
                "failed": sum(build.state == "error" for build in self.builds),
                "waiting": sum(build.state in ("pending", "inProgress") for build in self.builds)}


def drop_unknown(row):
    def is_unknown(value):
        return value is None or (isinstance(value, str) and not value)

    return {name: value for name, value in row.items() if not is_unknown(value)}

