"""The engines to measure on: the embedded one, and a Neo4j server where one can be had."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for tests.neo4j_maven

from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from tests import neo4j_maven


@contextmanager
def engines(*, neo4j: bool = True) -> Iterator[dict[str, Store]]:
    """Empty stores by the engine's name.

    Args:
        neo4j: Also a Neo4j server, put together from Maven Central as the tests do; where Java or
            Maven is missing that is said, and left out.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        embedded = Settings(KB_DB=Path(folder) / "db", NEO4J_URI=None)
        stores = {"embedded": stack.enter_context(open_store(embedded))}
        missing = neo4j_maven.why_not() if neo4j else "not asked for"
        if missing is None:
            neo4j_maven.jars()
            bolt, _, password = stack.enter_context(neo4j_maven.running())
            server = Settings(NEO4J_URI=f"bolt://127.0.0.1:{bolt}", NEO4J_PASSWORD=SecretStr(password))
            stores["neo4j"] = stack.enter_context(open_store(server))
        else:
            print(f"no Neo4j: {missing}", file=sys.stderr)
        yield stores
