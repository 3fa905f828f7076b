// title = "Fixes along the chains to an issue"
// topic = "Fixes"
// description = "For each issue on a causal chain, what fixed it: the earlier in the chain, the more it saves."
// params.effect = { type = "code", help = "the issue at the end", required = true }
// params.cause = { type = "code", help = "the cause at the beginning; without it, all chains" }
// params.depth = { type = "int", help = "longest chain, in links", default = 5, min = 1, max = 8 }
// columns.links_before = "links from the issue to the end of the chain, on the shortest way"
// columns.interviews = "number of interviews in which somebody tells the fix"
// columns.people = "number of people who tell the fix"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
UNWIND $effect AS name
MATCH (e:Concept {name: name})
MATCH p = (e)<-[:CAUSES*0..8]-(c:Concept)
WHERE length(p) <= $depth AND ($cause IS NULL OR c.name IN $cause)
  AND all(n IN nodes(p) WHERE size([m IN nodes(p) WHERE m.name = n.name]) = 1)
UNWIND range(0, length(p)) AS at
WITH nodes(p)[at] AS i, at
WITH i, min(at) AS links_before
MATCH q = (i)-[r:HAS_FIX]->(f:Concept)
RETURN links_before, i.name AS issue, f.name AS fix, size(r.interviews) AS interviews, size(r.people) AS people,
       r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, q AS path
ORDER BY links_before DESC, issue, interviews DESC, fix
