"""Generated builds for checks of `report` and `overview`. The same arguments give the same builds."""

import datetime
import random

from service import App

NAMES = ["Meridian", "\u5546\u5e97\u30a2\u30d7\u30ea", "\u062a\u0637\u0628\u064a\u0642 \u0627\u0644\u0628\u0646\u0643",
         "\u05d1\u05e0\u05e7 \u05d0\u05d7\u05d3", "\ubaa8\ub4e0 \uc571",
         "Ma\u00f1ana \U0001f469\u200d\U0001f469\u200d\U0001f466",
         "</title></style><script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"a&lt;",
         "{{constructor}} --> ]]> \u202eevil\u202c", "w" * 200, "A b\u0000c\x1b[31m"]
BRANCHES = ["main", "develop", "release/4.x", "feature/\u5730\u56f3",
            "\u0641\u0631\u0639/\u0631\u0626\u064a\u0633\u064a"]
PEOPLE = [{"id": "1", "firstName": "Ada", "lastName": "Byron"}, {"id": "2", "email": "lin@example.com"},
          {"id": "3", "firstName": "\u5c71\u7530", "lastName": ""}, {"id": "4"}, {"firstName": " "}]
STATES = ["processed"] * 80 + ["error"] * 12 + ["in_progress"] * 4 + ["pending"] * 3 + ["paused"]
DAY = datetime.timedelta(days=1)


def time_text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z"


def now():
    """Returns the time in whole seconds."""
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


class Generator:
    """Generates the builds of one app."""

    def __init__(self, seed, name, end, systems=("ios", "android")):
        self.random = random.Random(seed)
        self.seed = seed
        self.name = name
        self.end = end
        self.systems = systems

    def build(self, position, created):
        pick = self.random.choice
        state = pick(STATES)
        system = pick(self.systems)
        build = {
            "id": f"{self.seed:04x}{position:08x}",
            "status": state,
            "os": system,
            "versionName": f"{4 - position // 900}.{99 - position // 10 % 100}.{position % 3}",
            "versionCode": str(1_000_000 - position),
            "applicationInfo": {"name": self.name},
            "createdAt": time_text(created),
            "size": self.random.randrange(20_000_000, 110_000_000),
            "processTime": round(self.random.lognormvariate(3.5, 0.6), 1),
            "queuedTime": self.random.randrange(0, 40),
            "uploadedBy": pick(PEOPLE),
            "deployer": {"name": "ci", "info": {
                "branch": pick(BRANCHES) + pick(["", "", "\n"]), "commit": f"{self.random.getrandbits(160):040x}",
                "commitMessage": "Change a text", "buildUrl": f"https://ci.example.com/runs/{position}",
                "ciUrl": pick(["https://ci.example.com", "javascript:alert(1)"]),
                "repositoryUrl": "https://code.example.com/app", "buildNumber": str(position), "tag": ""}},
        }
        if self.random.random() < 0.9:
            build["updatedAt"] = time_text(created + datetime.timedelta(seconds=self.random.lognormvariate(5, 1)))
        if state == "error":
            code = self.random.randrange(5000, 5012)
            build["errorCode"] = str(code)
            build["error"] = f"The provisioning profile does not match the bundle identifier ({code})"
        if system == "ios":
            build["info"] = {"ios": {"plist": {"CFBundleIdentifier": f"com.example.app{self.seed}"},
                                     "mobileprovision": self.profile(position)}}
        return build

    def profile(self, position):
        expiry = self.end - datetime.timedelta(hours=5) + (position % 3) * DAY * (11 if self.seed % 2 else 200)
        return {"ExpirationDate": time_text(expiry), "TeamIdentifier": "TEAM123456",
                "TeamName": f"Team {self.seed % 4}", "signingType": self.random.choice(["ad-hoc", "enterprise"])}

    def builds(self, count, days):
        """Returns builds of the given number of days, newest first."""
        step = datetime.timedelta(days=days) / max(count, 1)
        jitter = step.total_seconds()
        return [self.build(i, self.end - i * step - datetime.timedelta(seconds=self.random.uniform(0, jitter)))
                for i in range(count)]


def plain(apps, count, end, days=200):
    """Returns a workspace of apps with `count` builds each."""
    return {f"app-{number:02}": App(Generator(number, NAMES[number % 6], end).builds(count, days))
            for number in range(1, apps + 1)}


def hostile(end):
    """Returns apps with texts of all kinds, an app that cannot be read, and one without builds."""
    apps = {}
    for number, name in enumerate(NAMES):
        generator = Generator(number, name, end, ("ios", "android", "macos"))
        builds = generator.builds(60, 120)
        for build in builds[::7]:
            build.update(versionName=name, versionCode=name, errorCode=name, error=name * 3, os=name[:30])
            build["deployer"]["info"].update(branch=name, commit=name, buildUrl=f"https://ci.example.com/{name}")
            build["uploadedBy"] = {"firstName": name, "lastName": name}
        for build in builds[::9]:
            build["info"] = {"ios": {"plist": {"CFBundleIdentifier": name}, "mobileprovision": {
                "ExpirationDate": time_text(end + 12 * DAY), "TeamName": name, "signingType": name}}}
        apps[f"app-{number:02}"] = App(builds)
    apps["unread"] = App(Generator(90, "unread", end).builds(150, 30), failing_page=2)
    apps["empty"] = App([])
    return apps


def incomplete(end):
    """Returns apps of which some cannot be read, some have no builds, and some no new builds."""
    apps = {**plain(3, 50, end), "refused": App(Generator(91, "refused", end).builds(20, 9), failing_page=1),
            "cut-off": App(Generator(92, "cut off", end).builds(250, 9), failing_page=2), "empty": App([])}
    for number in range(3):
        apps[f"old-{number}"] = App(Generator(80 + number, f"old {number}", end - 90 * DAY).builds(150, 99))
    for name in ("app-02", "empty", "refused", "old-1"):
        apps[name].name = f"{NAMES[1]} {name}"
    return apps


def odd(end):
    """Returns builds whose values are missing, repeated, extreme or of other types, from several years."""
    generator = Generator(77, NAMES[1], end)
    builds = generator.builds(400, 1500)
    changes = [
        {"processTime": 0}, {"processTime": -3}, {"processTime": 1e308}, {"processTime": 1e16}, {"processTime": 1e-12},
        {"processTime": None}, {"queuedTime": 1e308}, {"queuedTime": None}, {"queuedTime": 0.1}, {"size": "123456789"},
        {"size": None}, {"size": 9_000_000_000_000_000}, {"versionName": None}, {"versionName": "  1.0\n"},
        {"versionName": "v" * 300}, {"versionName": "v" * 301}, {"status": None}, {"status": "Processed"},
        {"os": None}, {"os": None, "buildPlatform": "ps5"}, {"os": "windows"}, {"errorCode": None, "status": "error"},
        {"errorCode": " 5001\n", "status": "error"}, {"error": None, "status": "error"}, {"uploadedBy": "person-7"},
        {"uploadedBy": None}, {"deployer": None}, {"deployer": {"name": "x"}}, {"applicationInfo": None},
        {"info": {"ios": {"mobileprovision": {"ExpirationDate": time_text(end - 3 * DAY)}}}},
        {"info": {"ios": {"mobileprovision": {"ExpirationDate": "2019-08-24T14:15:22Z", "TeamIdentifier": "T"}}}},
        {"info": {"ios": {"mobileprovision": {"ExpirationDate": None}}}},
        {"createdAt": None}, {"createdAt": "soon"}, {"createdAt": time_text(end + 2 * DAY)},
        {"createdAt": "1971-01-01T00:00:00Z"},
    ]
    for position, change in enumerate(changes):
        for build in builds[position * 5 + 2:position * 5 + 4]:
            build.update(change)
    for build in builds[200:210]:
        build["createdAt"] = builds[200]["createdAt"]
    builds[0]["createdAt"] = time_text(end + DAY / 2)
    return {"odd": App(builds)}


def year_change(end):
    """Returns builds of the days around each change of the year, of which some belong to the week 53."""
    generator = Generator(53, NAMES[0], end)
    builds = []
    for year in range(end.year, end.year - 7, -1):
        first = datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc)
        builds += [generator.build(year * 100 + i, first + (6 - i) * DAY / 2) for i in range(14)]
        builds += [generator.build(year * 100 + 20 + i, first - (i + 1) * datetime.timedelta(milliseconds=1))
                   for i in range(2)]
    return {"years": App(sorted(builds, key=lambda build: build["createdAt"], reverse=True))}


def many_values(end):
    """Returns more systems, codes, versions, days, weeks, profiles, branches and uploaders than a report keeps."""
    generator = Generator(31, NAMES[2], end, tuple(f"system-{i}" for i in range(20)))
    builds = generator.builds(2500, 1600)
    for position, build in enumerate(builds):
        build["deployer"]["info"]["branch"] = f"branch-{position * position % 211}"
        build["uploadedBy"] = {"id": f"person-{position % 67}"}
        build["info"] = {"ios": {"plist": {"CFBundleIdentifier": f"com.example.{position % 131}"}, "mobileprovision": {
            "ExpirationDate": time_text(end + (position % 131 - 30) * DAY), "TeamName": "Team"}}}
        if build["status"] == "error":
            build["errorCode"] = str(5000 + position % 157)
    return {"many": App(builds)}
