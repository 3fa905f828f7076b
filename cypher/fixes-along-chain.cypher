// title = "Fixes along the chains to an issue"
// topic = "Fixes"
// description = "For each issue on a causal chain, what fixed it, the furthest from the end first: what is fixed early cannot go on to cause the rest."
// params.effect = { type = "code", help = "the issue at the end", required = true }
// params.cause = { type = "code", help = "the cause at the beginning; without it, all chains" }
// params.depth = { type = "int", help = "longest chain, in links", default = 5, min = 1, max = 8, literal = true }
// steps.stops = "stops"
// columns.links_before = "number of links from this issue to the one at the end, on the shortest way; 0 is the end itself"
// columns.interviews = "number of interviews in which somebody tells the fix"
// columns.people = "number of people who tell the fix; a speaker who cannot be told from others is not counted"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
CALL {
  // kb finds the issues on the chains, with the shortest way of each to the end.
  UNWIND coalesce($stops, []) AS found
  RETURN found.issue AS name, found.links_before AS links_before
  UNION ALL
  // Where nobody did ($stops is null, as in Neo4j Browser), all chains are walked, up to 20,000 of them.
  UNWIND CASE WHEN $stops IS NULL THEN $effect ELSE [] END AS effect
  MATCH (e:Concept {name: effect})
  MATCH p = (e)<-[:/*:causal*/CAUSES*0../*$depth*/5]-(c:Concept)
  WHERE $cause IS NULL OR c.name IN $cause
  WITH [n IN nodes(p) | n.name] AS chain
  WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
  WITH chain LIMIT 20000
  UNWIND range(0, size(chain) - 1) AS at
  RETURN chain[at] AS name, min(at) AS links_before
}
MATCH (i:Concept {name: name})
MATCH q = (i)-[r:HAS_FIX]->(f:Concept)
RETURN links_before, i.name AS issue, f.name AS fix, size(r.interviews) AS interviews, size(r.people) AS people,
       r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, q AS path
ORDER BY links_before DESC, issue, interviews DESC, fix
