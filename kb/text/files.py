"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kb.errors import ExportError


def write_file(path: Path, content: str | bytes) -> None:
    """Replace `path` by `content` in one step, so that no reader ever sees half a figure.

    Raises:
        ExportError: If the folder is missing or not writable.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            # mkstemp gives a file to its owner alone; a figure has the rights any new file has.
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{path} cannot be written ({reason}); choose another place with -o.") from error
