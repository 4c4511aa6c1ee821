"""Runs a CI configuration: `ci_recipes.py FILE SHELL TIMEOUT PROGRAM`.

Runs the scripts of the configuration with the shell of its CI system. Replaces the time limit of the wait, and the
archive that is downloaded by one with a script that runs PROGRAM. After a
failure, runs only the scripts that the CI system runs then. Passes results between the scripts as the CI system does.
Exits with the exit code of the first script that failed.
"""

import hashlib
import io
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import yaml

ENVIRONMENT_FILES = ("CM_ENV", "ENVMAN_FILE", "META_DATA_FILE")
TOOLS = {
    "envman": '[ "$1 $2 $4" = "add --key --value" ] && echo "$3=$5" >> "$ENVMAN_FILE"',
    "buildkite-agent": """case "$1 $2" in
        "meta-data set") echo "$3=$4" >> "$META_DATA_FILE" ;;
        "meta-data get") sed -n "s/^$3=//p" "$META_DATA_FILE" ;;
        annotate*) echo "annotation:"; cat ;;
        *) exit 1 ;;
    esac""",
}


class Step:
    """A script, and what the CI system does with it."""

    def __init__(self, script, name="", runs_after_failure=False, environment=None, env_file=""):
        self.script = script
        self.name = name
        self.runs_after_failure = runs_after_failure
        self.environment = environment or {}
        self.env_file = env_file  # becomes the environment of the next steps


def jenkins(text):
    steps, post = text.split("post {")
    return [
        Step(script, runs_after_failure=part is post)
        for part in (steps, post)
        for script in re.findall(r"sh '([^\n]*)'\n", part)
    ]


def teamcity(text):
    steps = re.findall(r"script \{(.*?)\n        \}", text, re.DOTALL)
    return [
        Step(
            re.sub(r"\\(.)", r"\1", re.search(r'scriptContent = "(.*)"', step).group(1)),
            runs_after_failure="RUN_ON_FAILURE" in step,
        )
        for step in steps
    ]


def github(config):
    for step in (step for step in config["jobs"]["wait"]["steps"] if "run" in step):
        yield Step(step["run"], step.get("id", ""), "!cancelled()" in step.get("if", ""), step.get("env"))


def action(config):
    """The last step shows an output, as the job that uses the action would."""
    readme = Path(os.environ["GITHUB_ACTION_PATH"], "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", readme, re.MULTILINE) == list(config["inputs"])
    assert re.findall(r"`([\w-]+)`", readme[readme.index("The outputs are") :]) == list(config["outputs"])
    values = {name: os.environ.get(f"INPUT_{name}", each.get("default")) for name, each in config["inputs"].items()}
    for step in config["runs"]["steps"]:
        environment = {name: re.sub(r"^\$\{\{ inputs\.(.*) \}\}$", lambda match: values[match.group(1)], value)
                       for name, value in step["env"].items()}
        yield Step(step["run"], step.get("id", ""), environment=environment)
    status = config["outputs"]["build-status"]["value"]
    yield Step('echo "Applivery: $STATUS"', runs_after_failure=True, environment={"STATUS": status})


def gitlab(config):
    for job in (job for name, job in config.items() if name != "variables"):
        env_file = job.get("artifacts", {}).get("reports", {}).get("dotenv", "")
        yield Step("\n".join(job["script"]), runs_after_failure=job.get("when") == "always", env_file=env_file)


def azure(config):
    for step in config["steps"]:
        environment = {k: v for k, v in step.get("env", {}).items() if v != f"$({k})"}  # those are in the environment already
        runs_after_failure = step.get("condition") == "succeededOrFailed()"
        yield Step(step["bash"], step.get("name", ""), runs_after_failure, environment)


def bitrise(config):
    for step in config["workflows"]["wait-for-applivery"]["steps"]:
        script = step["script@1"]
        yield Step(script["inputs"][0]["content"], runs_after_failure=script.get("is_always_run", False))


def circleci(config):
    for step in (step for step in config["jobs"]["wait-for-applivery"]["steps"] if step != "checkout"):
        yield Step(step["run"]["command"], runs_after_failure=step["run"].get("when") == "always")


def buildkite(config):
    for step in config["steps"]:
        allows_failure = any(other.get("allow_failure") for other in step.get("depends_on", []))
        unescaped = re.search(r"(?<!\$)(\$\$)*\$[\w{?]", step["command"])
        assert not unescaped, "Buildkite replaces $NAME before it runs the step"
        yield Step(step["command"].replace("$$", "$"), runs_after_failure=allows_failure)


def codemagic(config):
    workflow = config["workflows"]["wait-for-applivery"]
    for step in workflow["scripts"]:
        yield Step(step["script"])
    for step in workflow["publishing"]["scripts"]:
        yield Step(step["script"], runs_after_failure=True)


READERS = {
    "Jenkinsfile": jenkins,
    "teamcity.kts": teamcity,
    "ci_post_xcodebuild.sh": lambda text: [Step(text)],
    "github.yml": github,
    "action.yml": action,
    "gitlab-ci.yml": gitlab,
    "azure-pipelines.yml": azure,
    "bitrise.yml": bitrise,
    "circleci.yml": circleci,
    "buildkite.yml": buildkite,
    "codemagic.yaml": codemagic,
}


def make_archive(program):
    """Returns the URL and the SHA-256 of an archive like those of a release."""
    script = f'#!/bin/sh\nexec {program} "$@"\n'.encode()
    entry = tarfile.TarInfo("applivery/bin/applivery-builds")
    entry.size, entry.mode = len(script), stat.S_IRWXU
    with tarfile.open("release.tar.gz", "w:gz") as archive:
        archive.addfile(entry, io.BytesIO(script))
    return Path("release.tar.gz").absolute().as_uri(), hashlib.sha256(Path("release.tar.gz").read_bytes()).hexdigest()


def steps_of(path, url, checksum):
    text = path.read_text(encoding="utf-8")
    if path.name != "action.yml":
        assert "APPLIVERY_BUILDS_URL" in text and "APPLIVERY_BUILDS_SHA256" in text
    text = re.sub(r"https://downloads\.example\.com/[\w.-]*", url, text).replace("0" * 64, checksum)
    return list(READERS[path.name](yaml.safe_load(text) if path.suffix in (".yml", ".yaml") else text))


def lines_of(name):
    return Path(name).read_text(encoding="utf-8").splitlines() if name and Path(name).exists() else []


def add_outputs(step, printed, environment, outputs):
    """Reads what the step reported to the CI system."""
    for file in [os.environ[name] for name in ENVIRONMENT_FILES] + [step.env_file]:
        environment.update(line.split("=", 1) for line in lines_of(file))
    environment.update(re.findall(r"^##teamcity\[setParameter name='env\.(.*)' value='(.*)'\]$", printed, re.MULTILINE))
    if step.name:
        azure = re.findall(r"^##vso\[task\.setvariable variable=(.*);isOutput=true\](.*)$", printed, re.MULTILINE)
        outputs.update({f"$({step.name}.{name})": value for name, value in azure})
        lines = lines_of(os.environ["GITHUB_OUTPUT"])
        for i, line in enumerate(lines[:-2]):
            name, separator, delimiter = line.partition("<<")
            if separator and lines[i + 2] == delimiter:
                outputs[f"${{{{ steps.{step.name}.outputs.{name} }}}}"] = lines[i + 1]


def run(step, shell, environment):
    """Runs the script as a file, as all systems do."""
    Path("script").write_text(step.script, encoding="utf-8")
    with subprocess.Popen(
        [*shell, "script"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        printed = process.stdout.read()
    print(printed, end="", flush=True)
    return process.returncode, printed


def main():
    path, shell, timeout = Path(sys.argv[1]), sys.argv[2].split(), sys.argv[3]
    url, checksum = make_archive(sys.argv[4])
    os.environ.update(APPLIVERY_BUILDS_URL=url, APPLIVERY_BUILDS_SHA256=checksum, CI_PRIMARY_REPOSITORY_PATH=os.getcwd())
    os.environ.update(INPUT_url=url, INPUT_sha256=checksum, INPUT_timeout=timeout, RUNNER_TEMP=os.getcwd())
    os.environ["INPUT_build-id"] = os.environ["APPLIVERY_BUILD_ID"]
    recipes = Path(__file__).parents[2] / "examples" / "ci"
    os.environ["GITHUB_ACTION_PATH"] = str(recipes / "github-action")
    Path("ci").mkdir()
    shutil.copy(recipes / "install.sh", "ci")
    Path("tools").mkdir()
    for name, script in TOOLS.items():
        Path("tools", name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        Path("tools", name).chmod(stat.S_IRWXU)
    for name in (*ENVIRONMENT_FILES, "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        os.environ[name] = os.path.abspath(name)
    os.environ["PATH"] = os.path.abspath("tools") + ":" + os.environ["PATH"]
    environment, outputs, code = dict(os.environ), {}, 0
    for step in steps_of(path, url, checksum):
        if code != 0 and not step.runs_after_failure:
            continue
        assert step.script.count("--timeout 30m") + step.script.count('--timeout "$') == step.script.count(" wait ")
        step.script = step.script.replace("--timeout 30m", f"--timeout {timeout}")
        own = {name: outputs.get(value, value) for name, value in step.environment.items()}
        step_code, printed = run(step, shell, {**environment, **own})
        add_outputs(step, printed, environment, outputs)
        code = code or step_code
    sys.exit(code)


main()
