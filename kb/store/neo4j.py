"""A Neo4j server: reached by its address."""

from __future__ import annotations

import ssl
from typing import Any

import neo4j

from kb.errors import StoreUnavailable
from kb.settings import Settings
from kb.store.bolt import Store
from kb.store.bound import Watched
from kb.store.server import BY_TAG, Server, terminate
from kb.store.translate import one_line, translated

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_ANSWER_SECONDS = 7.0  # for a server to answer and take the login; a waking one takes 2 s
_LISTEN_SECONDS = 3.0  # the server looks every 2 s which transactions have passed their bound


class Neo4j(Server):
    """A server that somebody else runs.

    It ends a transaction that has passed the bound sent along with it; asking for the end as well
    is quicker by up to 2 s. A statement that does not listen (a list comprehension over millions)
    runs on there: nothing but its administrator can end it.

    Args:
        driver: Connected driver; closed with this.
        database: Name of the database.
        name: How messages name the server.
    """

    embedded = False

    def __init__(self, driver: neo4j.Driver, database: str, name: str) -> None:
        self.name = name
        self.database = database
        self.unanswered = unanswered(name)
        self._driver = driver
        # What one session wrote the next one reads, whichever member of a cluster answers it.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def driver(self, access: str) -> neo4j.Driver:  # noqa: ARG002  # the session says it to the server
        """The driver."""
        return self._driver

    def session(self, access: str) -> neo4j.Session:
        """A session that reads at least what this process has written or seen."""
        return self._driver.session(
            database=self.database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def connect(self) -> None:
        """See that the server answers, and what there is to see now.

        A process that reads after another one has loaded must see what that wrote, though a member of a
        cluster that lags behind may answer it. An empty transaction on the leader tells how far all is;
        where there is no leader just now, reading what there is beats not reading.
        """
        try:
            with self.session(neo4j.WRITE_ACCESS) as session, session.begin_transaction() as tx:
                tx.run("RETURN 1").consume()
                tx.commit()
        except (
            neo4j.exceptions.ServiceUnavailable,
            neo4j.exceptions.SessionExpired,
            neo4j.exceptions.NotALeader,
            neo4j.exceptions.TransientError,
        ):
            self._driver.verify_connectivity()

    def end(self, statement: str, tag: str, access: str, work: Watched[Any]) -> bool:  # noqa: ARG002
        """Ask the server to end a statement, and wait a little for it."""
        Watched(lambda _: terminate(self._driver, self.database, BY_TAG, tag))
        return work.wait(_LISTEN_SECONDS)

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()


def open_neo4j(settings: Settings) -> Store:
    """Connect to the server that ``NEO4J_URI`` names.

    Raises:
        StoreUnavailable: It does not answer, or refuses the login.
    """
    uri = settings.neo4j_uri or ""
    shown = without_login(uri)
    if shown != uri.partition("?")[0]:
        raise StoreUnavailable(
            f"NEO4J_URI holds a login: make it {shown}, and set NEO4J_USERNAME and NEO4J_PASSWORD instead."
        )
    name = f"Neo4j at {shown}"
    if uri.partition("://")[0] not in _SCHEMES:
        # The driver would try http:// too, the address of Neo4j Browser, with a library kb does not need.
        raise _no_address(shown, f"it begins with none of {', '.join(_SCHEMES)}")
    try:
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(settings.neo4j_username, settings.neo4j_password.get_secret_value()),
            # The server remarks on labels that no node has yet; a user of kb can do nothing about it.
            notifications_min_severity="OFF",
            connection_acquisition_timeout=30,
            connection_timeout=10,
            max_transaction_retry_time=15,
        )
    except (ValueError, neo4j.exceptions.ConfigurationError) as error:
        raise _no_address(shown, one_line(error)) from error
    server = Neo4j(driver, settings.neo4j_database, name)
    try:
        with translated(name, unanswered(name)):
            # In a thread: the driver waits for each of a connection's steps anew.
            asked = Watched(lambda _: server.connect())
            if not asked.wait(_ANSWER_SECONDS):
                raise StoreUnavailable(unanswered(name))
            asked.result()
    except StoreUnavailable as error:
        Watched(lambda _: driver.close())  # which waits for a server that says nothing
        raise (
            _encrypted(error, shown) or _encrypted(_without_routing(uri), shown) or error
        ) from error.__cause__
    except BaseException:
        Watched(lambda _: driver.close())
        raise
    return Store(server, timeout=settings.timeout)


def without_login(uri: str) -> str:
    """An address as it may be shown: without a login and without what follows a question mark.

    >>> without_login("bolt://ada:se/c@ret@localhost:7687?x=1")
    'bolt://localhost:7687'
    """
    scheme, mark, _ = uri.partition("://")
    host = uri.rpartition("@")[2] if "@" in uri else uri.removeprefix(scheme + mark)
    return (f"{scheme}{mark}{host}" if mark else host or uri).partition("?")[0]


def unanswered(name: str) -> str:
    """The sentence for a server that cannot be reached."""
    return f"{name} does not answer; start the server, or unset NEO4J_URI to use the embedded engine."


def _without_routing(uri: str) -> BaseException | None:
    """Why the server itself cannot be reached: of a cluster's routers the driver tells only that none can."""
    if not uri.startswith("neo4j+"):
        return None
    try:
        driver = neo4j.GraphDatabase.driver(uri.replace("neo4j", "bolt", 1), connection_timeout=2)
        asked = Watched(lambda _: driver.verify_connectivity())
        if asked.wait(1.5):
            asked.result()
            driver.close()
        else:
            Watched(lambda _: driver.close())  # which waits for a server that says nothing
    except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError, OSError, ValueError) as error:
        return error
    return None


def _encrypted(error: BaseException | None, uri: str) -> StoreUnavailable | None:
    """The sentence for a server that speaks with another encryption than the address says, if that was it."""
    scheme, _, rest = uri.partition("://")
    plain = scheme.partition("+")[0]
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if cause is None or scheme == plain:
        return None
    if "certificate" in str(cause).lower():
        return StoreUnavailable(
            f"The certificate of {uri} is signed by nobody this machine trusts; where you know the server, "
            f"make NEO4J_URI {plain}+ssc://{rest}."
        )
    return StoreUnavailable(
        f"{uri} does not speak encrypted; make NEO4J_URI {plain}://{rest}, or let the server encrypt."
    )


def _no_address(uri: str, why: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"NEO4J_URI is {uri!r}, which is no address of a Neo4j server ({why}); "
        "it looks like bolt://localhost:7687 or neo4j+s://….databases.neo4j.io."
    )
