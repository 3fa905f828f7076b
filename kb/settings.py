"""Where the graph is: from the environment, under the names that Neo4j Aura's own ``.env`` uses.

``NEO4J_URI`` set means a Neo4j server; otherwise the embedded engine keeps its files in the folder
``KB_DB`` (default ``.kb`` in the current folder, so that each study has its own).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr

DEFAULT_FOLDER = Path(".kb")
DEFAULT_TIMEOUT = 60.0  # seconds
DEFAULT_FILE_TIMEOUT = 120.0  # seconds


class Settings(BaseModel):
    """What `kb.store.open_store` needs to know; what is passed counts over the environment.

    Attributes:
        neo4j_uri: ``bolt://`` or ``neo4j://`` address of a server; None for the embedded engine.
        neo4j_username, neo4j_password, neo4j_database: The server's login and database.
        db: Folder of the embedded engine.
        timeout: Seconds after which a read is ended; 0 for no bound.
        file_timeout: Seconds after which the reading of a file is ended; 0 for no bound.
    """

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    neo4j_uri: str | None = Field(default=None, validation_alias="NEO4J_URI")
    neo4j_username: str = Field(default="neo4j", validation_alias="NEO4J_USERNAME")
    neo4j_password: SecretStr = Field(default=SecretStr(""), validation_alias="NEO4J_PASSWORD")
    neo4j_database: str = Field(default="neo4j", validation_alias="NEO4J_DATABASE")
    db: Path = Field(default=DEFAULT_FOLDER, validation_alias="KB_DB")
    timeout: float = Field(default=DEFAULT_TIMEOUT, ge=0, allow_inf_nan=False, validation_alias="KB_TIMEOUT")
    file_timeout: float = Field(
        default=DEFAULT_FILE_TIMEOUT, ge=0, allow_inf_nan=False, validation_alias="KB_FILE_TIMEOUT"
    )

    def __init__(self, **values: Any) -> None:
        # A folder that is named counts, whatever server the environment names.
        if {"db", "KB_DB"} & values.keys() and not {"neo4j_uri", "NEO4J_URI"} & values.keys():
            values["neo4j_uri"] = None
        for name, field in type(self).model_fields.items():
            variable = str(field.validation_alias)
            unset = name == "db" and not os.environ.get(variable)  # empty would be the current folder
            if variable in os.environ and not unset and not {name, variable} & values.keys():
                values[variable] = os.environ[variable]
        super().__init__(**values)

    @property
    def embedded(self) -> bool:
        """Whether the embedded engine is meant."""
        return not self.neo4j_uri
