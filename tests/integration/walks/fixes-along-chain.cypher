UNWIND $effect AS name
MATCH (e:Concept {name: name})
MATCH p = (e)<-[:CAUSES*0..8]-(c:Concept)
WHERE length(p) <= $depth AND ($cause IS NULL OR c.name IN $cause)
WITH nodes(p) AS stops, [n IN nodes(p) | n.name] AS chain
WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
UNWIND range(0, size(stops) - 1) AS at
WITH stops[at] AS i, at
WITH i, min(at) AS links_before
MATCH q = (i)-[r:HAS_FIX]->(f:Concept)
RETURN links_before, i.name AS issue, f.name AS fix, size(r.interviews) AS interviews, size(r.people) AS people,
       r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, q AS path
ORDER BY links_before DESC, issue, interviews DESC, fix
