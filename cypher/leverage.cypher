// title = "Where a fix would help most"
// topic = "Causes"
// description = "Causes by how many effects they reach in what people tell, and how many chains that one person told whole run through them."
// params.depth = { type = "int", help = "how far, in links", default = 4, min = 1, max = 8, literal = true }
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 1000 }
// steps.reached = "reach"
// columns.effects = "number of issues and other effects it leads to within that depth"
// columns.chains = "number of chains of two links or more, each told whole by one person, on which it comes before the end"
// columns.interviews = "number of interviews in which it is told as a cause"
// columns.fixes = "number of different fixes that somebody tells of it; 0 where a fix is still wanted"
CALL {
  // kb finds what each cause reaches, and counts the chains told whole that it is on.
  UNWIND coalesce($reached, []) AS found
  RETURN found.cause AS cause, found.effects AS effects, found.chains AS chains
  UNION ALL
  // Where nobody did ($reached is null, as in Neo4j Browser), all chains are walked.
  MATCH (a:Concept)-[:/*:causal*/CAUSES]->(:Concept)
  WHERE $reached IS NULL
  WITH DISTINCT a
  MATCH p = (a)-[:/*:causal*/CAUSES*1../*$depth*/4]->(:Concept)
  WHERE all(r IN relationships(p) WHERE size(r.interviews) > 0)
  WITH [n IN nodes(p) | n.name] AS chain, relationships(p) AS steps
  WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
  WITH chain, CASE WHEN size(steps) > 1 AND any(who IN steps[0].people WHERE all(r IN steps WHERE who IN r.people))
                   THEN 1 ELSE 0 END AS whole
  // What a cause reaches is told by the chains that begin with it; those told whole count for each of their causes.
  UNWIND range(0, CASE whole WHEN 1 THEN size(chain) - 2 ELSE 0 END) AS at
  WITH chain[at] AS cause, last(chain) AS effect, whole
  RETURN cause, count(DISTINCT effect) AS effects, sum(whole) AS chains
}
MATCH (c:Concept {name: cause})
WITH c, effects, chains
MATCH (c)-[r:/*:causal*/CAUSES]->(:Concept)
UNWIND r.interviews AS interview
WITH c, effects, chains, count(DISTINCT interview) AS interviews
OPTIONAL MATCH (c)-[h:HAS_FIX]->(f:Concept) WHERE size(h.interviews) > 0
RETURN c.name AS cause, c.kind AS kind, effects, chains, interviews, count(f) AS fixes
ORDER BY effects DESC, chains DESC, interviews DESC, cause
LIMIT $limit
