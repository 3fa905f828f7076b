// title = "Where chains to an issue begin"
// topic = "Causes"
// description = "Causes of an issue, however far back, for which nobody told a cause in turn; without an issue, of all issues. What only a loop leads to has no beginning: see feedback-loops."
// params.issue = { type = "code", help = "the issue or other effect; without it, every one" }
// params.depth = { type = "int", help = "how far back, in links", default = 4, min = 1, max = 8, literal = true }
// steps.roots = "roots"
// columns.effects = "number of issues and other effects it leads to within that depth; only the one asked for, where one is"
// columns.links = "number of links to the nearest of them"
// columns.nearest_chain = "the shortest chain to the nearest effect"
// columns.told = "how the nearest chain is told: whole by one person, stitched from several, or with a link that only a catalogue states"
// columns.told_by = "interviews in which one person told every link of that chain"
// columns.catalogues = "catalogues that state a link of it; they count as nobody"
// returns = "graph"
CALL {
  // kb finds the beginnings, with the shortest chain of each to its nearest effect.
  UNWIND coalesce($roots, []) AS found
  RETURN found.effects AS effects, found.chain AS chain
  UNION ALL
  // Where nobody did ($roots is null, as in Neo4j Browser), all chains are walked.
  // Of what people tell of, only a cause that somebody tells counts: a catalogue's word alone is nobody's.
  MATCH (c:Concept)-[out:/*:causal*/CAUSES]->(:Concept)
  WHERE $roots IS NULL
  WITH c, sum(CASE WHEN size(out.interviews) > 0 THEN 1 ELSE 0 END) AS tells
  OPTIONAL MATCH (c)<-[in_:/*:causal*/CAUSES]-(:Concept)
  WITH c, tells, count(in_) AS links, sum(CASE WHEN size(in_.interviews) > 0 THEN 1 ELSE 0 END) AS named
  WHERE named = 0 AND (links = 0 OR tells > 0)
  MATCH p = (c)-[:/*:causal*/CAUSES*1../*$depth*/4]->(e:Concept)
  WHERE $issue IS NULL OR e.name IN $issue
  WITH c, e.name AS effect, [n IN nodes(p) | n.name] AS chain
  WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
  WITH c, effect, chain ORDER BY size(chain), effect, chain
  WITH c, count(DISTINCT effect) AS effects, collect(chain) AS chains
  RETURN effects, chains[0] AS chain
}
UNWIND range(0, size(chain) - 2) AS at
MATCH (a:Concept {name: chain[at]})
MATCH (a)-[r:/*:causal*/CAUSES]->(b:Concept {name: chain[at + 1]})
WITH effects, chain, at, a, r, b ORDER BY chain, at
WITH effects, chain, collect(a) AS causes, collect(r) AS rels, collect(b) AS ends
WITH effects, chain, causes, rels, ends,
     [who IN rels[0].people WHERE all(r IN rels WHERE who IN r.people)] AS tellers
WITH effects, chain, causes, rels, ends,
     [i IN rels[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
RETURN chain[0] AS cause, causes[0].kind AS kind, effects, size(rels) AS links, chain AS nearest_chain,
       told_by,
       CASE WHEN any(r IN rels WHERE size(r.interviews) = 0) THEN 'catalogue'
            WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       reduce(found = [], r IN rels | found + [x IN coalesce(r.catalogues, []) WHERE NOT x IN found]) AS catalogues,
       reduce(walk = [causes[0]], at IN range(0, size(rels) - 1) | walk + [rels[at], ends[at]]) AS path
ORDER BY told = 'catalogue', effects DESC, links, cause
