// title = "Where a fix would help most"
// topic = "Causes"
// description = "Causes by how many effects they reach in what people tell, and how many chains that one person told whole run through them."
// params.depth = { type = "int", help = "how far, in links", default = 4, min = 1, max = 4 }
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 1000 }
// columns.effects = "number of issues and other effects it leads to within that depth"
// columns.chains = "number of chains of two links or more, each told whole by one person, on which it comes before the end"
// columns.interviews = "number of interviews in which it is told as a cause"
// columns.fixes = "number of different fixes that somebody tells of it; 0 where a fix is still wanted"
MATCH (a:Concept)-[:CAUSES]->(:Concept)
WITH DISTINCT a
MATCH p = (a)-[:CAUSES*1..4]->(:Concept)
WHERE length(p) <= $depth
  AND all(r IN relationships(p) WHERE size(r.interviews) > 0)
WITH nodes(p) AS stops, relationships(p) AS steps, [n IN nodes(p) | n.name] AS chain
WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
WITH stops, CASE WHEN size(steps) > 1 AND any(who IN steps[0].people WHERE all(r IN steps WHERE who IN r.people))
                 THEN 1 ELSE 0 END AS whole
// What a cause reaches is told by the chains that begin with it; those told whole count for each of their causes.
UNWIND range(0, CASE whole WHEN 1 THEN size(stops) - 2 ELSE 0 END) AS at
WITH stops[at] AS c, last(stops) AS e, whole
WITH c, count(DISTINCT e.name) AS effects, sum(whole) AS chains
MATCH (c)-[r:CAUSES]->(:Concept)
UNWIND r.interviews AS interview
WITH c, effects, chains, count(DISTINCT interview) AS interviews
OPTIONAL MATCH (c)-[h:HAS_FIX]->(f:Concept) WHERE size(h.interviews) > 0
RETURN c.name AS cause, c.kind AS kind, effects, chains, interviews, count(f) AS fixes
ORDER BY effects DESC, chains DESC, interviews DESC, cause
LIMIT $limit
