MATCH (a:Concept)-[:CAUSES]->(:Concept)
WITH DISTINCT a
MATCH p = (a)-[:CAUSES*1..8]->(:Concept)
WHERE length(p) <= $depth
  AND all(r IN relationships(p) WHERE size(r.interviews) > 0)
WITH nodes(p) AS stops, relationships(p) AS steps, [n IN nodes(p) | n.name] AS chain
WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
WITH stops, CASE WHEN size(steps) > 1 AND any(who IN steps[0].people WHERE all(r IN steps WHERE who IN r.people))
                 THEN 1 ELSE 0 END AS whole
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
