"""The builds of the service as statistics see them, and numbers of several builds."""

import collections
import datetime
import math

from approximate import About, Close

STATES = {"pending": "pending", "in_progress": "inProgress", "processed": "processed", "error": "error"}
WAITING = ("pending", "inProgress")
DAY = datetime.timedelta(days=1)
MAX_TEXT = 300
MAX_EXACT = 1000  # numbers of which a percentile is exact
MAX_SYSTEMS = 16
LARGEST = 1e15
SMALLEST = 1e-9  # smaller numbers count as 0


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


def time_text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z"


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
    number = number if number >= SMALLEST else 0
    return number if len(numbers) <= MAX_EXACT else About(number)


def change_of(before, now):
    if before is None or now is None:
        return None
    if isinstance(before, About) or isinstance(now, About):
        numbers = [value.number if isinstance(value, About) else value for value in (before, now)]
        return About(numbers[1] - numbers[0], sum(numbers))
    return Close(now - before)


def newest_of(builds, condition=lambda build: True):
    """Returns the newest build that meets the condition, or None."""
    return next(filter(condition, by_age(builds)), None)


def is_processed(build):
    return build.state == "processed"


class Build:
    """The values of a build that the statistics use."""

    def __init__(self, app, data, now):
        self.app = app
        self.id = data.get("id", "")
        self.status = bounded(data.get("status") or "")
        self.state = STATES.get(self.status, "otherState")
        self.own_os = bounded(data.get("os") or data.get("buildPlatform") or "")
        self.os = self.own_os  # limit_systems() may remove it
        self.version = text_of(data.get("versionName"))
        self.code = text_of(data.get("versionCode"))
        self.claimed = parsed(data.get("createdAt"))
        self.created = self.claimed if self.claimed and self.claimed <= now + DAY else None
        self.updated = parsed(data.get("updatedAt"))
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
            cells.update(CreatedAt=time_text(self.created), AgeSeconds=age(self.created, now))
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


def profile_key(build):
    """Returns what distinguishes two profiles."""
    return (build.app, *build.profile[:3], build.profile[3].date())


class Profile:
    def __init__(self, key, builds, now):
        self.key = key
        self.builds = len(builds)
        self.newest = newest_of(builds)
        self.expiry = min(build.profile[3] for build in builds)
        self.seconds_left = (self.expiry - now).total_seconds()
        self.days_left = (self.expiry - now) // DAY
        self.is_current = False
        # Profiles that expire next are first, then those that expired last.
        self.order = (self.seconds_left < 0, abs(self.seconds_left))


def by_age(builds):
    """Returns the builds, newest first, those without a time last."""
    dated = sorted((build for build in builds if build.created), key=lambda build: build.created, reverse=True)
    return dated + [build for build in builds if not build.created]


def limit_systems(builds):
    """Removes the system of builds for more systems than an app may have. Returns whether there are some."""
    systems = collections.defaultdict(set)
    is_limited = False
    for build in builds:
        known = systems[build.app]
        if build.os not in known and len(known) >= MAX_SYSTEMS:
            build.os = ""
            is_limited = True
        else:
            known.add(build.os)
    return is_limited


def state_cells(builds):
    counts = collections.Counter(build.state for build in builds)
    return {name: counts[name] for name in [*STATES.values(), "otherState"]}


def failure_rate(builds):
    counts = state_cells(builds)
    ended = counts["processed"] + counts["error"]
    return counts["error"] / ended if ended else None


def numbers_of(builds, member):
    return [getattr(build, member) for build in builds if getattr(build, member) is not None]


def time_cells(builds):
    cells = {}
    for name, member in (("processTime", "process_time"), ("queuedTime", "queued_time")):
        numbers = numbers_of(builds, member)
        cells.update({name + "Count": len(numbers), name + "P50": percentile(numbers, 0.5),
                      name + "P90": percentile(numbers, 0.9),
                      name + "Exact": len(numbers) <= MAX_EXACT if numbers else None})
    return cells


def grouped(builds, key):
    groups = collections.defaultdict(list)
    for build in builds:
        groups[key(build)].append(build)
    return groups


def name_of(builds):
    """Returns the first name of the app that the service sent."""
    return next((build.app_name for build in builds if build.app_name), "")


def group_key(build):
    return (build.app, build.os)


def in_order(groups):
    """Returns keys in the order of their bytes."""
    return sorted(groups, key=lambda key: [text.encode() for text in key])


def drop_unknown(row):
    def is_unknown(value):
        return value is None or (isinstance(value, str) and not value)

    return {name: value for name, value in row.items() if not is_unknown(value)}
