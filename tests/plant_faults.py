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
    (r" \+= ", " = "), (r"std::min\b", "std::max"), (r"std::max\b", "std::min"),
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


def failed_test():
    """Returns the name of the first test that fails, or None. Runs the quick tests first."""
    slow = "-*Walk*:*ManyCalls*:*FaultMatrix*:Transport*:Exchange*"
    return failed_in_shards("--gtest_filter=" + slow) or failed_in_shards("--gtest_filter=*")


def failed_in_shards(filter_flag):
    """Runs the tests in parallel processes until one fails. Returns the name of the failed test, or None."""
    count = os.cpu_count() + 1  # many tests wait more than they compute
    logs = [open(COPY / f"shard.{index}", "w+") for index in range(count)]
    shards = [subprocess.Popen([BUILD / "tests" / "applivery_tests", "--gtest_fail_fast", "--gtest_brief=1", filter_flag],
                               cwd=COPY, stdout=log, stderr=log,
                               env={**os.environ, "GTEST_TOTAL_SHARDS": str(count), "GTEST_SHARD_INDEX": str(index)})
              for index, log in enumerate(logs)]
    deadline = time.monotonic() + LONGEST_RUN
    while time.monotonic() < deadline:
        codes = [shard.poll() for shard in shards]
        if any(codes) or None not in codes:
            break
        time.sleep(0.05)
    if all(shard.poll() == 0 for shard in shards):
        return None
    for shard in shards:
        shard.kill()
        shard.wait()
    output = ""
    for log in logs:
        log.seek(0)
        output += log.read()
        log.close()
    failures = re.findall(r"\[  FAILED  \] ([^ ,]+\.[^ ,]+)", output)
    return failures[0] if failures else "a crash or a time-out"


def build():
    return run("cmake", "--build", str(BUILD), "--target", "applivery_tests", "--parallel").returncode == 0


def plant(name, number, column, old, new):
    path = COPY / name
    lines = (ROOT / name).read_text().splitlines(keepends=True)
    line = lines[number]
    lines[number] = line[:column] + new + line[column + len(old):]
    path.write_text("".join(lines))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    generator = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    pattern = sys.argv[3] if len(sys.argv) > 3 else "."
    for path in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines():
        (COPY / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, COPY / path)
    run("cmake", "-S", str(COPY), "-B", str(BUILD), "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
        "-DAPPLIVERY_BUILD_TESTS=ON")
    if not build() or failed_test():
        sys.exit("the tests fail without a fault")
    candidates = list(places(pattern))
    generator.shuffle(candidates)
    planted, missed = 0, []
    for fault in candidates:
        if planted == count:
            break
        name, number, column, old, new = fault
        plant(*fault)
        if build():
            planted += 1
            test = failed_test()
            verdict = f"detected by {test}" if test else "MISSED"
            print(f"{name}:{number + 1}:{column + 1} {old!r} -> {new!r}: {verdict}", flush=True)
            if not test:
                missed.append(fault)
        shutil.copy(ROOT / name, COPY / name)
    print(f"{planted - len(missed)} of {planted} detected")


if __name__ == "__main__":
    main()
