#!/usr/bin/python3
"""Holds the OpenAPI document, in both languages, against the default rules of Spectral and Redocly:
no error and no warning. Installs both first, by the lock file beside, where they are not there yet.

Run: tests/openapi/lint.py --jishi build/release/jishi
Closes with 'N passed, N failed'; exit 0 when none failed, else 1.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NODE = ROOT / "tools/node"  # runs a command with a Node that is new enough
TOOLS = ROOT / "build/deps/openapi-lint"  # where they are installed
INSTALLED = TOOLS / "installed"  # the lock file by which they were
TIMEOUT_S = 100
# Neither says anywhere that it ran, nor asks whether there is a newer one.
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


class Failed(Exception):
    """A linter could not be installed or run."""


def run(*words):
    words = [str(NODE), *words] if NODE.exists() else list(words)
    try:
        return subprocess.run(words, cwd=TOOLS, env={**os.environ, **QUIET}, timeout=TIMEOUT_S,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"{words[0]}: {error}") from error


def install():
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, TOOLS / name)
    lock = (HERE / "package-lock.json").read_text("utf-8")
    if INSTALLED.exists() and INSTALLED.read_text("utf-8") == lock:
        return
    print("正在安装检查工具…… / installing the linters ...", file=sys.stderr, flush=True)
    done = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise Failed("npm ci 没有成功，请检查网络和 npm 的设置，并确认 Node 不低于 20.19。\n"
                     "npm ci failed: check the network and npm's settings, and that Node is "
                     f"20.19 or newer.\n{said}")
    INSTALLED.write_text(lock, "utf-8")


def told(tool, done):
    """The JSON that a linter printed."""
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")[:500]
        raise Failed(f"{tool} did not lint (exit {done.returncode}): {said}") from error


def spectral(document):
    done = run("node_modules/.bin/spectral", "lint", str(document), "--ruleset",
               str(HERE / "spectral.yaml"), "--format", "json", "--quiet")
    return [f"{one['code']} at {'.'.join(map(str, one['path']))}: {one['message']}"
            for one in told("spectral", done)]


def redocly(document):
    done = run("node_modules/.bin/redocly", "lint", str(document), "--config",
               str(HERE / "redocly.yaml"), "--format", "json", "--max-problems", "1000")
    return [f"{one['ruleId']} at {one['location'][0]['pointer']}: {one['message']}"
            for one in told("redocly", done)["problems"]]


def spoilt(openapi):
    """The document with a fault that either linter knows: a path parameter that is not told."""
    path = next(path for path in openapi["paths"] if "{" in path)
    operation = next(iter(openapi["paths"][path].values()))
    operation["parameters"] = [one for one in operation["parameters"] if one.get("in") != "path"]
    return openapi


def lint(jishi, folder):
    """(what was held, what is wrong with it) of each test."""
    for language in ("zh", "en"):
        document = folder / f"{language}.json"
        document.write_bytes(subprocess.run([jishi, "openapi", "--lang", language],
                                            timeout=TIMEOUT_S, check=True,
                                            stdout=subprocess.PIPE).stdout)
        for tool in (spectral, redocly):
            yield f"{tool.__name__}, {language}", tool(document)
    openapi = json.loads((folder / "en.json").read_text("utf-8"))
    (folder / "spoilt.json").write_text(json.dumps(spoilt(openapi)), "utf-8")
    for tool in (spectral, redocly):
        found = tool(folder / "spoilt.json")
        yield f"{tool.__name__}, a fault", [] if found else ["was not found"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program whose document it is")
    arguments = parser.parse_args()
    passed = failed = 0
    try:
        install()
        with tempfile.TemporaryDirectory(prefix="jishi-openapi-") as folder:
            for name, findings in lint(os.path.abspath(arguments.jishi), Path(folder)):
                passed, failed = passed + (not findings), failed + bool(findings)
                for finding in findings:
                    print(f"{name}: {finding}", flush=True)
    except (Failed, subprocess.SubprocessError) as error:
        failed += 1
        print(error, flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
