"""What a cell of a spreadsheet shows: dates, numbers and truth values as text, by their format."""

from __future__ import annotations

import datetime as dt
import re

_TOKEN = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|[^ymdhsa]+|.", re.IGNORECASE)
_LITERAL = re.compile(r"\[[^\]]*\]|\"([^\"]*)\"|\\(.)|_.|\*.")


def shown(value: object, number_format: str = "") -> str:
    """A cell's value as its format shows it; a format that is not understood gives the plain value.

    >>> shown(3.0), shown(0.25, "0%"), shown(7, "000"), shown(dt.datetime(2024, 5, 1), "dd.mm.yyyy")
    ('3', '25%', '007', '01.05.2024')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format or "General")
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return _date(value, number_format or "")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(getattr(value, "text", value))  # a formula of an array keeps its text in a field


def _number(value: float, form: str) -> str:
    form = form.split(";", maxsplit=1)[0]
    if form.rstrip().endswith("%"):
        return f"{value * 100:.{_decimals(form)}f}%"
    if re.fullmatch(r"0{2,}", form) and float(value).is_integer():
        return f"{int(value):0{len(form)}d}"
    if re.fullmatch(r"(?:#,##)?0\.0+", form):
        return f"{value:.{_decimals(form)}f}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _decimals(form: str) -> int:
    match = re.search(r"\.(0+)", form)
    return len(match[1]) if match else 0


def _date(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    plain = _LITERAL.sub(lambda m: m[1] or m[2] or "", form.split(";", maxsplit=1)[0])
    tokens = _TOKEN.findall(plain)
    if not re.search(r"[ymdhs]", plain, re.IGNORECASE) or "am/pm" in plain.lower():
        tokens = []
    if not tokens:
        midnight = isinstance(value, dt.datetime) and value.time() == dt.time()
        return value.date().isoformat() if isinstance(value, dt.datetime) and midnight else (
            value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
        )  # fmt: skip
    parts: list[str] = []
    after_hour = False
    for n, token in enumerate(tokens):
        small = token.lower()
        code = _CODES.get(small)
        before_seconds = any(t.lower() in ("s", "ss") for t in tokens[n + 1 : n + 3])
        if small in ("m", "mm") and (after_hour or before_seconds):
            code = "%M"
        if code is None:
            parts.append(token)
            continue
        after_hour = small in ("h", "hh") or (after_hour and small not in _CODES)
        try:
            text = value.strftime(code)
        except ValueError:
            return str(value)
        parts.append(text.lstrip("0") or "0" if len(small) == 1 else text)
    return "".join(parts)


_CODES = {
    "yyyy": "%Y", "yy": "%y", "mmmm": "%B", "mmm": "%b", "mm": "%m", "m": "%m", "dddd": "%A",
    "ddd": "%a", "dd": "%d", "d": "%d", "hh": "%H", "h": "%H", "ss": "%S", "s": "%S",
}  # fmt: skip
