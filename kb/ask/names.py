"""Which concepts a user means: a code, a label as written, or an issue of a catalogue."""

from __future__ import annotations

from kb.errors import UsageError
from kb.store.bolt import Store
from kb.text.nearest import did_you_mean


def concept_names(store: Store, wanted: str) -> list[str]:
    """The concepts that a user names, with those that fall under them.

    A name is a concept's, a label as written, a codebook alias, or, of a catalogue's issue, its id
    (``I6.1``), its name or words of it (``data drift``). Case does not count.

    Returns:
        Names of concepts: the one named first, then the codes that fall under it, by name.

    Raises:
        UsageError: No concept in the graph goes by that (names the nearest), or several do.
    """
    found = _named(store, wanted)
    narrower = store.read(
        "UNWIND $names AS name MATCH (b:Concept {name: name}) MATCH (b)<-[:BROADER*1..2]-(a:Concept) "
        "RETURN DISTINCT a.name AS n ORDER BY n",
        {"names": found},
    ).rows
    return list(dict.fromkeys([*found, *(row["n"] for row in narrower)]))


def _named(store: Store, wanted: str) -> list[str]:
    rows = store.read(
        "MATCH (c:Concept) RETURN c.name AS name, c.ref AS ref, c.catalogue AS catalogue ORDER BY name"
    ).rows
    names = [row["name"] for row in rows]
    if wanted in names:
        return [wanted]
    from kb.ingest.stored import kept_codebook  # most names are as the graph has them

    canonical = kept_codebook(store).canonical(wanted)
    if canonical in names:
        return [str(canonical)]
    written = store.read(
        "MATCH (:Turn)-[r:CODED_AS]->(c:Concept) WHERE r.label = $label "
        "RETURN DISTINCT c.name AS n ORDER BY n",
        {"label": wanted},
    ).rows
    if written:
        return [row["n"] for row in written]
    same = [name for name in names if name.casefold() == wanted.casefold()]
    if len(same) == 1:
        return same
    issues = {row["name"]: row["ref"] for row in rows if row["catalogue"]}
    found = _issues(issues, wanted)
    if len(found) == 1:
        return found
    if found:
        raise UsageError(
            f"{wanted!r} could be {', '.join(map(repr, found[:-1]))} or {found[-1]!r}; name one of them."
        )
    if not names:
        raise UsageError("The graph is empty; load something first with `kb load PATH`.")
    hint = did_you_mean(wanted, names) or " `kb query code-use` lists the codes."
    raise UsageError(f"There is no code or concept {wanted!r} in the graph.{hint}")


def _issues(issues: dict[str, str], wanted: str) -> list[str]:
    """The catalogue issues that go by a name; the first way of naming that finds any decides.

    Args:
        issues: Their names with their ids.
        wanted: An id, the name without the id, or words of it, side by side or apart.
    """
    from kb.codebook import fold
    from kb.codebook.labels import words

    asked = fold(wanted).casefold()
    parts = words(wanted)
    in_name = {name: words(name.removesuffix(f"({ref})")) for name, ref in issues.items()}
    ways = (
        [name for name, ref in issues.items() if ref.casefold() == asked],
        [name for name in issues if in_name[name] == parts],
        [name for name in issues if _side_by_side(parts, in_name[name])],
        [name for name in issues if parts and set(parts) <= set(in_name[name])],
    )
    return next((found for found in ways if found), [])


def _side_by_side(parts: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(parts)
    return size > 0 and any(whole[at : at + size] == parts for at in range(len(whole) - size + 1))
