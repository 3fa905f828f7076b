"""Property values as JSON, and back: what JSON has no form for is an object with one member, its kind.

Kinds: ``float`` (NaN and the infinities, as text), ``bytes`` (Base64), ``date``, ``time``, ``datetime`` (ISO
8601; a time zone's name in brackets after it), ``duration`` (months, days, seconds, nanoseconds),
``point`` (SRID and coordinates). Other kinds are refused.
"""

from __future__ import annotations

import base64
import math
from typing import Any

from neo4j.spatial import CartesianPoint, Point, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time


class Zoned(str):
    """A date and time with a zone, as text, for ``datetime()`` of the server to read.

    The embedded engine forgets the zone of one that is sent as a value, and the driver cannot put one in a
    named zone.
    """


_WGS84 = (4326, 4979)


def to_json(value: Any) -> Any:
    """A value as the driver gives it, as JSON can say it.

    Raises:
        ValueError: It is of a kind that has no form here.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    if isinstance(value, (list, tuple)) and not isinstance(value, (Point, Duration)):
        return [to_json(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, DateTime):
        zone = getattr(value.tzinfo, "key", None) or getattr(value.tzinfo, "zone", None)
        return {"datetime": value.iso_format() + (f"[{zone}]" if zone else "")}
    if isinstance(value, Date):
        return {"date": value.iso_format()}
    if isinstance(value, Time):
        return {"time": value.iso_format()}
    if isinstance(value, Duration):
        return {"duration": list(value)}
    if isinstance(value, Point):
        return {"point": [value.srid, *value]}
    raise ValueError(f"a value of the kind {type(value).__name__}, which has no form in the file")


def from_json(value: Any) -> Any:
    """Undo `to_json`.

    Raises:
        ValueError: It is no form of a value.
    """
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    try:
        ((kind, told),) = value.items()
        return _READ[kind](told)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValueError("a value of a kind that this version of kb does not know") from error


def _datetime(text: str) -> DateTime | Zoned:
    clock = text.partition("T")[2]
    return Zoned(text) if any(sign in clock for sign in "Z+-[") else DateTime.from_iso_format(text)


def _point(parts: list[Any]) -> Point:
    srid, *coordinates = parts
    kind = WGS84Point if srid in _WGS84 else CartesianPoint
    return kind(coordinates)


_READ: dict[str, Any] = {
    "float": float,
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "date": Date.from_iso_format,
    "time": Time.from_iso_format,
    "datetime": _datetime,
    "duration": lambda p: Duration(months=p[0], days=p[1], seconds=p[2], nanoseconds=p[3]),
    "point": _point,
}
