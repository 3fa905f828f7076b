"""A Neo4j server assembled from Maven Central, for machines with Java but no Docker engine.

Neo4j Community is on Maven Central as a whole. `tests/neo4j/pom.xml` names it and its LTS version; where
the Java that is there is new enough, the newest release is taken instead (`VERSIONS`). Java is that of
`JAVA_HOME`, else `java` on the path. Maven copies some 220 jars (137 MB) once into `.neo4j-test/` of the
clone, which git ignores. A server gets
a home folder of its own there, free ports on 127.0.0.1 and a password of its own, and both go when
it stops. Several may run at once.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from xml.etree import ElementTree

from tests.shared import ROOT

POM = ROOT / "tests" / "neo4j" / "pom.xml"
FOLDER = ROOT / ".neo4j-test"
OLDEST_JAVA = 17  # what Neo4j 5.26 is compiled for
# Newer releases, with the oldest Java that each runs on; the tests pass on it as on the pom's own version.
VERSIONS = {21: "2026.08.1"}
DOWNLOAD_SECONDS = 900
START_SECONDS = 180  # 9 s on two idle cores, 35 s where others keep them busy

# Neo4j reaches into these packages of the JDK; its own start script passes the same.
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")

CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{bolt_port}
server.bolt.advertised_address=127.0.0.1:{bolt_port}
server.http.listen_address=127.0.0.1:{http_port}
server.http.advertised_address=127.0.0.1:{http_port}
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
"""


class NotDownloaded(Exception):
    """Maven could not bring the server's jars; the message holds the end of what it said."""


class ServerFailed(Exception):
    """The server did not start; the message holds the end of its log."""


def lts_version() -> str:
    """The version of Neo4j in the pom, such as ``5.26.30``."""
    found = ElementTree.parse(POM).findtext(
        "m:properties/m:neo4j.version", namespaces={"m": "http://maven.apache.org/POM/4.0.0"}
    )
    assert found, f"{POM} has no property neo4j.version"
    return found


def version_for(java: int) -> str:
    """The newest version of Neo4j that the tests know and that runs on a Java, such as 17 or 25."""
    runs = [oldest for oldest in VERSIONS if oldest <= java]
    return VERSIONS[max(runs)] if runs else lts_version()


def neo4j_version() -> str:
    """The version that the tests run on here."""
    return version_for(java_version()[0] or OLDEST_JAVA)


def java() -> str:
    """The command that starts Java: that of `JAVA_HOME`, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home, "bin"))) if home else None
    return found or "java"


def java_version() -> tuple[int | None, str]:
    """The number of the Java that is there, None without one, and what it says of itself."""
    try:
        shown = subprocess.run(
            [java(), "-XX:-UsePerfData", "-version"], capture_output=True, text=True, check=False
        ).stderr
    except OSError:
        return None, ""
    version = re.search(r'version "(\d+)', shown)
    return int(version[1]) if version else None, shown.strip()


def why_not() -> str | None:
    """Why no server can be assembled on this machine, or None if one can."""
    missing = [tool for tool in (java(), "mvn") if shutil.which(tool) is None]
    if missing:
        return f"{' and '.join(missing)} not found"
    version, shown = java_version()
    if version is None or version < OLDEST_JAVA:
        return f"Java {OLDEST_JAVA} or newer is needed, `java -version` says {shown!r}"
    return None


def jars() -> Path:
    """The folder of the server's jars, downloaded if it is not there.

    It is named after the pom's content and the version, so a changed one brings its own. Downloading goes to
    a folder beside it that takes its name in one step: an interrupted one leaves nothing half done.

    Raises:
        NotDownloaded: Maven failed, perhaps for want of a network.
    """
    version = neo4j_version()
    # The pom's own version alone keeps the name that it always had.
    named = POM.read_bytes() + (b"" if version == lts_version() else version.encode())
    target = FOLDER / f"jars-{hashlib.sha256(named).hexdigest()[:12]}"
    if target.is_dir():
        return target
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="download-") as download:
        goal = [
            "dependency:copy-dependencies",
            f"-DoutputDirectory={download}/jars",
            "-DincludeScope=runtime",
            f"-Dneo4j.version={version}",
        ]
        try:
            _run(["mvn", "--quiet", "--batch-mode", "--file", str(POM), *goal], DOWNLOAD_SECONDS)
        except subprocess.SubprocessError as error:
            output = error.output if isinstance(error, subprocess.CalledProcessError) else ""
            raise NotDownloaded(f"Maven could not download Neo4j ({error})\n{output[-2000:]}") from error
        try:
            Path(download, "jars").rename(target)
        except OSError:
            if not target.is_dir():  # otherwise another test session was faster
                raise
    return target


def _run(command: list[str], seconds: float, **environment: str) -> None:
    """Run a command to its end; a `subprocess.SubprocessError` if it fails or takes too long."""
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=True,
        env=os.environ | environment,
    )


def entry_point(folder: Path) -> str:
    """The class that starts the server: its name differs between 5.26 and the releases of 2026."""
    with zipfile.ZipFile(folder / f"neo4j-{neo4j_version()}.jar") as jar:
        return jar.read("META-INF/services/org.neo4j.server.startup.EntryPoint").decode().split()[0]


def free_ports(count: int) -> list[int]:
    """Ports that are free on 127.0.0.1, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _answers(http_port: int) -> bool:
    """Whether the server's HTTP port answers; it is opened last, when Bolt is open already."""
    connection = http.client.HTTPConnection("127.0.0.1", http_port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def running() -> Iterator[tuple[int, int, str]]:
    """Start a server, stop it at the end, and remove its home.

    Yields:
        The Bolt port, the HTTP port and the password of the user `neo4j`.

    Raises:
        NotDownloaded: See `jars`.
        ServerFailed: The server did not start.
    """
    folder = jars()
    bolt_port, http_port = free_ports(2)
    password = secrets.token_urlsafe(12)
    home = Path(tempfile.mkdtemp(prefix="server-", dir=FOLDER))
    try:
        conf, temporary, log = home / "conf", home / "tmp", home / "console.log"
        conf.mkdir()
        temporary.mkdir()
        (conf / "neo4j.conf").write_text(
            CONFIGURATION.format(bolt_port=bolt_port, http_port=http_port), encoding="utf-8"
        )
        # Java's own temporary files go to the home too, so that they are removed with it.
        run = [java(), "-XX:+UseSerialGC", "-XX:-UsePerfData", f"-Djava.io.tmpdir={temporary}"]
        run += ["-cp", f"{folder}/*"]
        setting = ["org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password]
        try:
            _run([*run, "-Xmx128m", *setting], 60, NEO4J_HOME=str(home), NEO4J_CONF=str(conf))
        except subprocess.CalledProcessError as error:
            raise ServerFailed(f"The initial password was not set:\n{error.output[-2000:]}") from error
        run += [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
        run += ["-Xmx768m", entry_point(folder), f"--home-dir={home}", f"--config-dir={conf}"]
        with log.open("wb") as output:
            supervisor = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("supervise.py")), str(home), *run],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C must reach pytest alone, which then stops the server
            )
        assert supervisor.stdin is not None
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(http_port):
                if supervisor.poll() is not None or time.monotonic() > deadline:
                    tail = log.read_text(encoding="utf-8", errors="replace")[-4000:]
                    raise ServerFailed(f"Neo4j {neo4j_version()} did not start; its log ends with:\n{tail}")
                time.sleep(0.2)
            yield bolt_port, http_port, password
        finally:
            supervisor.stdin.close()
            supervisor.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)
