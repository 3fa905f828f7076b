"""Run a server for as long as the tests live: ``python supervise.py FOLDER COMMAND…``.

The tests hold the other end of this process's standard input. When it closes, because they are done
or because they were killed, the server is stopped and its folder removed. So not even ``kill -9``
on pytest leaves a server behind. Runs on its own: it imports nothing of the tests.
"""

from __future__ import annotations

import select
import shutil
import subprocess
import sys


def main(folder: str, *command: str) -> int:
    """Run `command` until it ends or standard input closes; remove `folder` in the second case.

    Returns:
        The exit code of the command.
    """
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    abandoned = False
    while server.poll() is None and not abandoned:
        abandoned = bool(select.select([sys.stdin], [], [], 0.2)[0])
    if abandoned:
        server.kill()  # a clean stop takes Neo4j some seconds to save what is thrown away here
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return server.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
