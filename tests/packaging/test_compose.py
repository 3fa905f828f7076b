"""docker-compose.yml: right by the Compose schema, and the server that the tests know.

The schema is the one of the Compose Specification (Apache-2.0) that the package `check-jsonschema`
carries, so nothing is fetched. `make check` runs the same command on the file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.neo4j_maven import lts_version
from tests.shared import ROOT

COMPOSE = ROOT / "docker-compose.yml"


def check(file: Path) -> subprocess.CompletedProcess[str]:
    """Hold a file to the Compose schema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def service() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(COMPOSE)["services"]["neo4j"])


def test_the_file_keeps_the_compose_schema() -> None:
    done = check(COMPOSE)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("    healthcheck:", "    healthchek:", "healthchek"),
        ("      retries: 24", "      retries: [24]", "retries"),
        ("    volumes:\n      - neo4j-data:/data", "    volumes: neo4j-data", "volumes"),
        ("services:", "servces:", "servces"),
    ],
)
def test_a_broken_file_is_refused(right: str, wrong: str, named: str, tmp_path: Path) -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    assert text.count(right) == 1
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(text.replace(right, wrong), encoding="utf-8")
    done = check(broken)
    assert done.returncode == 1
    assert named in done.stdout


def test_compose_and_maven_run_the_same_neo4j(service: dict[str, Any]) -> None:
    assert service["image"] == f"neo4j:{lts_version()}-community"


def test_every_port_is_for_this_machine_alone(service: dict[str, Any]) -> None:
    assert service["ports"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_no_password_stands_in_the_file_and_a_missing_one_is_an_error(service: dict[str, Any]) -> None:
    assert re.fullmatch(
        r"neo4j/\$\{NEO4J_PASSWORD:\?.*NEO4J_PASSWORD.*\}", service["environment"]["NEO4J_AUTH"]
    )


def test_every_volume_used_is_declared(service: dict[str, Any]) -> None:
    declared = YAML(typ="safe").load(COMPOSE)["volumes"]
    assert {volume.partition(":")[0] for volume in service["volumes"]} == set(declared)
