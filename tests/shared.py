"""The folder of real interviews and facts beside the clone, for development and CI only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]  # the clone
SHARED = ROOT.parent / "shared"


def is_set(name: str) -> bool:
    """Whether an environment variable says yes: set, and not to nothing, `0`, `false` or `no`."""
    return os.environ.get(name, "").strip().lower() not in {"", "0", "false", "no"}


def shared_path(*parts: str) -> Path:
    """The path of a file or folder in `../shared`.

    Args:
        parts: The path's parts below the folder, such as ``"facts", "codes.csv"``.

    Skips the test, with the reason, where it is missing; fails it if the variable `CI` is set.
    Call it inside a test or a fixture. At import time (parametrisation) use ``SHARED.glob(...)``
    and have one test ask for the folder with this function, so that its absence is told.
    """
    path = SHARED.joinpath(*parts)
    if not path.exists():
        reason = f"{path} is missing: the real interviews are not part of the clone"
        if is_set("CI"):
            pytest.fail(f"{reason}, and CI must have them")
        pytest.skip(reason)
    return path


def patience(seconds: float) -> float:
    """How long to wait for what takes at most so long on a machine that does nothing else."""
    busy = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0
    return seconds * max(1.0, 2 * busy)
