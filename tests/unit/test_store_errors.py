"""The driver's errors as kb tells them."""

from __future__ import annotations

import pytest
from neo4j.exceptions import ServiceUnavailable

from kb.errors import StoreUnavailable
from kb.store.translate import translated


def lose_the_connection(because: BaseException) -> None:
    with translated("the server", "the server does not answer"):
        try:
            raise because
        except type(because) as error:
            raise ServiceUnavailable("connection lost") from error


def test_ctrl_c_that_the_driver_takes_for_a_lost_connection_stays_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt):
        lose_the_connection(KeyboardInterrupt())


def test_a_lost_connection_is_told_in_one_sentence() -> None:
    with pytest.raises(StoreUnavailable, match="the server does not answer"):
        lose_the_connection(ConnectionResetError())
