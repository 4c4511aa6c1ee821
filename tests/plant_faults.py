#!/usr/bin/env python3
"""Mutation testing: inserts small faults into src/library, one at a time, and lists undetected faults. Not part of the suite.

    tests/plant_faults.py [COUNT] [SEED] [PATTERN]

Works in a copy below build/faults. A fault that does not compile is replaced by another fault. PATTERN is a regular
expression for file names, such as json/.
"""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COPY = ROOT / "build" / "faults"
BUILD = COPY / "build"
LONGEST_RUN = 300  # seconds; a time-out counts as detected

# Patterns and their replacements.
FAULTS = [
    (r" == ", " != "), (r" != ", " == "), (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" && ", " || "), (r" \|\| ", " && "), (r"\btrue\b", "false"), (r"\bfalse\b", "true"), (r" \+ ", " - "),
    (r" - ", " + "), (r"\+\+", "--"), (r"(?<=[( ])!(?=[a-z(])", ""), (r"\b0\b", "1"), (r"\b1\b", "2"),
    (r"(?<=return )std::nullopt", "{}"), (r" \+= ", " = "), (r"std::min\b", "std::max"), (r"std::max\b", "std::min"),
    (r"0x([0-9a-f])", r"0x1\1"), (r"\bcontinue;", "break;"),
]
NOT_CODE = re.compile(r"^\s*(//|#|\*|using |namespace |static_assert|template)")


def places(pattern):
    """Yields all possible faults: file, line, column, old text, new text."""
    for path in sorted((ROOT / "src" / "library").rglob("*.cpp")):
        name = str(path.relative_to(ROOT))
        if not re.search(pattern, name) or name.endswith("simdjson_parser.cpp"):
            continue
        for number, line in enumerate(path.read_text().splitlines()):
            code = line.split("//")[0]
            if NOT_CODE.match(line) or not code.strip():
                continue
            for old, new in FAULTS:
                for match in re.finditer(old, code):
                    yield name, number, match.start(), match.group(), match.expand(new)


def run(*command):
    return subprocess.run(command, cwd=COPY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def passes():
    """Runs the quick tests first, then all, each time in shards that run at the same time."""
    tests = str(BUILD / "tests" / "applivery_tests")
    slow = "-*Walk*:*ManyCalls*:*FaultMatrix*:Transport*:Exchange*"
    return all(passes_in_shards(tests, "--gtest_fail_fast", "--gtest_filter=" + tests_of_run) for tests_of_run in (slow, "*"))


def passes_in_shards(*command):
    count = os.cpu_count() + 1  # many tests wait more than they compute
    shards = [subprocess.Popen(command, cwd=COPY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, "GTEST_TOTAL_SHARDS": str(count), "GTEST_SHARD_INDEX": str(index)})
              for index in range(count)]
    deadline = time.monotonic() + LONGEST_RUN
    while time.monotonic() < deadline:
        codes = [shard.poll() for shard in shards]
        if any(codes) or None not in codes:
            break
        time.sleep(0.05)
    passed = all(shard.poll() == 0 for shard in shards)
    for shard in shards:
        shard.kill()
        shard.wait()
    return passed


def build():
    return run("cmake", "--build", str(BUILD), "--target", "applivery_tests").returncode == 0


def plant(name, number, column, old, new):
    path = COPY / name
    lines = (ROOT / name).read_text().splitlines(keepends=True)
    line = lines[number]
    lines[number] = line[:column] + new + line[column + len(old):]
    path.write_text("".join(lines))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    pattern = sys.argv[3] if len(sys.argv) > 3 else "."
    for path in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines():
        (COPY / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, COPY / path)
    run("cmake", "-S", str(COPY), "-B", str(BUILD), "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
        "-DAPPLIVERY_BUILD_EXAMPLES=OFF", "-DAPPLIVERY_ALL_TESTS=OFF")
    if not build() or not passes():
        sys.exit("the tests fail without a fault")
    candidates = list(places(pattern))
    chance.shuffle(candidates)
    planted, missed = 0, []
    for fault in candidates:
        if planted == count:
            break
        name, number, column, old, new = fault
        plant(*fault)
        if build():
            planted += 1
            noticed = not passes()
            print(f"{'detected' if noticed else 'MISSED  '} {name}:{number + 1}:{column + 1} {old!r} -> {new!r}", flush=True)
            if not noticed:
                missed.append(fault)
        shutil.copy(ROOT / name, COPY / name)
    print(f"{planted - len(missed)} of {planted} detected")


if __name__ == "__main__":
    main()
