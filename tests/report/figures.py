"""Recomputes the tables of `report` from the builds of the service, by the rules of the guide.

Keeps all builds in memory and sorts them. The program reads them once, in bounded memory."""

import collections
import datetime
import math

from approximate import About, AnyText
from builds import (DAY, MAX_SYSTEMS, WAITING, Build, Profile, age, by_age, change_of, drop_unknown, failure_rate,
                    group_key, grouped, in_order, is_processed, limit_systems, monday_of, name_of, newest_of,
                    percentile, profile_key, state_cells, time_cells, time_text, week_text)

KINDS = ("unread", "failed", "stuck", "expiring")
MAX_CODES, MAX_EXAMPLES = 100, 3
MAX_DAYS, MAX_WEEKS, MAX_VERSIONS, MAX_PROFILES, MAX_TEXTS = 400, 160, 12, 50, 50
PAGE = 100
FEWEST_MEASURED, SHORTEST_LIMIT, LONGEST_LIMIT, UNMEASURED_LIMIT = 20, 300, 86400, 3600
EXPIRING_DAYS = 30


class Figures:
    """The expected figures about apps, a dictionary of lists of builds in the order of the service.

    `unread` are the apps that could not be read completely. `names` are the names that the user shows, by app."""

    def __init__(self, apps, now, since=None, previous_since=None, *, unread=(), names=None):
        self.apps = apps
        self.names = names or {}
        self.now = now
        self.since = since
        self.previous_since = previous_since
        self.unread = unread
        builds = [Build(app, data, now) for app, builds in apps.items() for data in builds]
        self.all_builds = builds
        if since:
            builds = [build for build in builds if build.claimed and build.claimed >= (previous_since or since)]
        self.incomplete = {"groups"} if limit_systems(builds) else set()
        is_earlier = [bool(previous_since and build.claimed < since) for build in builds]
        self.builds = [build for build, earlier in zip(builds, is_earlier) if not earlier]
        self.previous = grouped([build for build, earlier in zip(builds, is_earlier) if earlier], group_key)
        self.groups = grouped(self.builds, group_key)
        self.profiles = self.kept_profiles()
        self.newest_processed = self.newest_processed_builds()
        self.attentions = self.sorted_attentions()

    def tables(self):
        tables = {"groups": self.group_rows(), "days": self.day_rows(), "weeks": self.week_rows(),
                  "versions": self.version_rows(), "failures": self.failure_rows(),
                  "branches": self.count_rows("branches", "branch"),
                  "uploaders": self.count_rows("uploaders", "uploader"), "profiles": self.profile_rows(),
                  "unread": [{"app": app, "error": AnyText()} for app in self.unread],
                  "attention": self.attention_rows(), "apps": self.app_rows(),
                  "newestProcessed": self.newest_processed_rows(), "previous": self.previous_rows()}
        return {name: [drop_unknown(row) for row in rows] for name, rows in tables.items()}

    def group_rows(self):
        return [self.group_row(app, system) for app, system in self.groups_by_urgency()]

    def group_row(self, app, system):
        builds = self.groups[app, system]
        waiting = [build for build in builds if build.state in WAITING]
        oldest = self.oldest_waiting(builds)
        processed = self.newest_processed.get((app, system))
        row = {"app": app, "appName": self.names.get(app) or name_of(builds), "os": system,
               "builds": len(builds), **state_cells(builds), **newest_of(builds).cells("newest", self.now),
               **(processed.cells("newestProcessed", self.now) if processed else {}), "waiting": len(waiting),
               "failures": state_cells(builds)["error"], **time_cells(builds), "failureRate": failure_rate(builds)}
        if oldest:
            row.update(waitingSince=oldest.cells("", self.now).get("CreatedAt"), waitingId=oldest.id)
        return row

    def oldest_waiting(self, builds):
        waiting = [build for build in by_age(builds) if build.state in WAITING]
        dated = [build for build in waiting if build.created]
        return dated[-1] if dated else next(iter(waiting), None)

    def newest_processed_builds(self):
        """Returns the newest processed build by app and system. With `since`, also older builds of the first page."""
        newest = {key: newest_of(builds, is_processed) for key, builds in self.groups.items()}
        newest = {key: build for key, build in newest.items() if build}
        if self.since:
            for app in self.apps:
                processed = [build for build in self.all_builds if build.app == app and build.state == "processed"]
                for build in processed[:PAGE] if app not in self.unread else []:
                    if sum(key[0] == app for key in newest) < MAX_SYSTEMS:
                        newest.setdefault((app, build.own_os), build)
        return newest

    def is_partial(self, first, length):
        begin = datetime.datetime.combine(first, datetime.time(), datetime.timezone.utc)
        return begin + length > self.now or bool(self.since and begin < self.since)

    def day_rows(self):
        rows = []
        for (app, system), builds in self.groups.items():
            days = grouped([build for build in builds if build.created], lambda build: build.day)
            kept = sorted(days)[-MAX_DAYS:]
            if len(kept) < len(days):
                self.incomplete.add("days")
            rows += [{"app": app, "os": system, "day": day.isoformat(), "partial": self.is_partial(day, DAY),
                      **state_cells(days[day])} for day in kept]
        return rows

    def week_rows(self):
        rows = []
        for (app, system), builds in self.groups.items():
            weeks = grouped([build for build in builds if build.created], lambda build: monday_of(build.day))
            kept = sorted(weeks)[-MAX_WEEKS:]
            if len(kept) < len(weeks):
                self.incomplete.add("weeks")
            for week in kept:
                row = {"app": app, "os": system, "week": week_text(week), "partial": self.is_partial(week, 7 * DAY),
                       **time_cells(weeks[week]), **state_cells(weeks[week]), "failureRate": failure_rate(weeks[week])}
                sized = newest_of(weeks[week], lambda build: is_processed(build) and build.size is not None)
                if sized:
                    row.update(sizeBytes=sized.size, sizeVersionName=sized.version,
                               sizeCreatedAt=time_text(sized.created))
                rows.append(row)
        return rows

    def version_rows(self):
        rows = []
        for (app, system), builds in self.groups.items():
            newest = {}
            for build in by_age(builds):
                newest.setdefault(build.version, build)
            if len(newest) > MAX_VERSIONS:
                self.incomplete.add("versions")
            rows += [{"app": app, "os": system, **build.cells("newest", self.now), "sizeBytes": build.size}
                     for build in list(newest.values())[:MAX_VERSIONS]]
        return rows

    def failure_rows(self):
        failures = grouped([build for build in self.builds if build.state == "error"], lambda build: build.error_code)
        kept = list(failures)[:MAX_CODES]  # the codes that came first
        if len(kept) < len(failures):
            self.incomplete.add("failures")
        return [{"errorCode": code, "count": len(failures[code]), "app": build.app, "os": build.os,
                 **build.cells("newest", self.now), "error": build.error}
                for code in kept for build in by_age(failures[code])[:MAX_EXAMPLES]]

    def count_rows(self, table, member):
        counts = collections.Counter(getattr(build, member) for build in self.builds if getattr(build, member))
        if len(counts) > MAX_TEXTS:
            self.incomplete.add(table)
        return [{member: text, "count": count, "countError": 0}
                for text, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].encode()))[:MAX_TEXTS]]

    def kept_profiles(self):
        """Returns the profiles of the newest processed builds, and of the others those that expire next."""
        builds_of = grouped([build for build in self.builds if build.profile], profile_key)
        profiles = [Profile(key, builds, self.now) for key, builds in builds_of.items()]
        newest = [newest_of(builds, is_processed) for builds in self.groups.values()]
        current = {profile_key(build) for build in newest if build and build.profile}
        for profile in profiles:
            profile.is_current = profile.key in current
        profiles.sort(key=lambda profile: profile.key)
        profiles.sort(key=lambda profile: profile.order)
        others = [profile for profile in profiles if not profile.is_current][:MAX_PROFILES]
        kept = [profile for profile in profiles if profile.is_current or profile in others]
        if len(kept) < len(profiles):
            self.incomplete.add("profiles")
        return kept

    def profile_rows(self):
        rows = []
        for profile in self.profiles:
            app, bundle, team, signing, expires = profile.key
            rows.append({"daysLeft": profile.days_left, "expires": expires.isoformat(),
                         "expiresAt": time_text(profile.expiry), "current": profile.is_current, "app": app,
                         "bundleIdentifier": bundle, "team": team, "signingType": signing, "builds": profile.builds,
                         "newestVersionName": profile.newest.version, "newestId": profile.newest.id})
        return rows

    def stuck_limit(self, app):
        """Returns the age in seconds from which a waiting build of the app is stuck."""
        seconds = [(build.updated - build.claimed).total_seconds() for build in self.builds
                   if build.app == app and build.state == "processed" and build.updated and build.claimed]
        seconds = [number for number in seconds if number >= 0]
        if len(seconds) < FEWEST_MEASURED:
            return UNMEASURED_LIMIT
        limit = percentile(seconds, 0.99)
        is_estimate = isinstance(limit, About)
        limit = math.ceil(min(max(limit.number if is_estimate else limit, SHORTEST_LIMIT), LONGEST_LIMIT))
        return About(limit, limit + 100) if is_estimate else limit

    def sorted_attentions(self):
        """Returns kind, app, system and cells of all that needs a hand, most urgent first."""
        attentions = [(0, "unread", app, "", {"error": AnyText()}) for app in self.unread]
        limits = {app: self.stuck_limit(app) for app in self.apps}
        for app, system in in_order(self.groups):
            builds = self.groups[app, system]
            newest, oldest = newest_of(builds), self.oldest_waiting(builds)
            processed = newest_of(builds, is_processed)
            if newest.state == "error":
                urgency = -newest.created.timestamp() if newest.created else math.inf
                attentions.append((urgency, "failed", app, system, {
                    **newest.cells("build", self.now), "errorCode": newest.error_code, "error": newest.error}))
            limit = limits[app]
            seconds = limit.number if isinstance(limit, About) else limit
            if oldest and oldest.created and age(oldest.created, self.now) > seconds:
                attentions.append((oldest.created.timestamp(), "stuck", app, system, {
                    **oldest.cells("build", self.now), "limitSeconds": limit}))
            key = profile_key(processed) if processed and processed.profile else None
            profile = next((profile for profile in self.profiles if profile.key == key), None)
            if profile and profile.days_left < EXPIRING_DAYS:
                attentions.append((profile.expiry.timestamp(), "expiring", app, system, {
                    **processed.cells("build", self.now), "daysLeft": profile.days_left,
                    "expiresAt": time_text(profile.expiry)}))
        attentions.sort(key=lambda attention: (KINDS.index(attention[1]), attention[0]))
        return [attention[1:] for attention in attentions]

    def attention_rows(self):
        return [{"kind": kind, "app": app, "os": system, "sentence": AnyText(), **cells}
                for kind, app, system, cells in self.attentions]

    def rank(self, key):
        """Returns the position of the first attention of an app and system."""
        return next((i for i, (kind, app, system, _) in enumerate(self.attentions)
                     if app == key[0] and (kind == "unread" or system == key[1])), len(self.attentions))

    def groups_by_urgency(self):
        return sorted(in_order(self.groups), key=self.rank)

    def app_rows(self):
        """Returns the apps in the order of their first attention, and then the others in the order of the user."""
        urgent = list(dict.fromkeys(app for _, app, _, _ in self.attentions))
        rows = []
        for app in urgent + [app for app in self.apps if app not in urgent]:
            newest = newest_of([build for key, build in self.newest_processed.items() if key[0] == app])
            named = [build for key in in_order(self.groups) if key[0] == app for build in self.groups[key]]
            named += [build for build in self.all_builds if build.app == app and build.state == "processed"]
            rows.append({"app": app, "appName": self.names.get(app) or name_of(named) or app,
                         "read": app not in self.unread, "builds": sum(build.app == app for build in self.builds),
                         **(newest.cells("newestProcessed", self.now) if newest else {})})
        return rows

    def newest_processed_rows(self):
        return [{"app": app, "os": system, **build.cells("newestProcessed", self.now)}
                for (app, system), build in self.newest_processed.items()]

    def previous_rows(self):
        if not self.previous_since:
            return []
        rows = []
        for key in {**self.groups, **self.previous}:
            before, now = self.previous.get(key, []), self.groups.get(key, [])
            times, new_times = time_cells(before), time_cells(now)
            row = {"app": key[0], "os": key[1], "builds": len(before), **state_cells(before),
                   "failureRate": failure_rate(before), **times, "buildsChange": len(now) - len(before),
                   "errorChange": state_cells(now)["error"] - state_cells(before)["error"],
                   "failureRateChange": change_of(failure_rate(before), failure_rate(now))}
            for name in ("processTimeP50", "processTimeP90", "queuedTimeP50", "queuedTimeP90"):
                row[name + "Change"] = change_of(times[name], new_times[name])
            rows.append(row)
        return rows
