// title = "Where chains to an issue begin"
// topic = "Causes"
// description = "Causes of an issue, however far back, for which nobody told a cause in turn; without an issue, of all issues."
// params.issue = { type = "code", help = "the issue; without it, every issue counts" }
// params.depth = { type = "int", help = "how far back, in links", default = 5, min = 1, max = 8 }
// columns.issues = "number of issues it leads to within that depth"
// columns.links = "links to the nearest of them"
// columns.told = "how the nearest chain is told: whole by one person, stitched from several, or with a link that only a catalogue states"
// columns.told_by = "interviews in which one person told every link of the nearest chain"
// columns.catalogues = "catalogues that state a link of it; they count as nobody"
// returns = "graph"
MATCH (c:Concept)-[:CAUSES]->(:Concept)
WHERE NOT (c)<-[:CAUSES]-(:Concept)
WITH DISTINCT c
MATCH p = (c)-[:CAUSES*1..8]->(e:Concept)
WHERE length(p) <= $depth AND ($issue IS NULL OR e.name IN $issue)
  AND all(n IN nodes(p) WHERE size([m IN nodes(p) WHERE m.name = n.name]) = 1)
WITH c, e, p ORDER BY length(p), e.name, [n IN nodes(p) | n.name]
WITH c, count(DISTINCT e.name) AS issues, collect(p) AS paths
WITH c, issues, paths[0] AS p
WITH c, issues, p, relationships(p) AS rels
WITH c, issues, p, rels, [who IN rels[0].people WHERE all(r IN rels WHERE who IN r.people)] AS tellers
WITH c, issues, p, rels,
     [i IN rels[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
RETURN c.name AS cause, c.kind AS kind, issues, size(rels) AS links, [n IN nodes(p) | n.name] AS nearest_chain,
       told_by,
       CASE WHEN any(r IN rels WHERE size(r.interviews) = 0) THEN 'catalogue'
            WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       reduce(found = [], r IN rels | found + [x IN coalesce(r.catalogues, []) WHERE NOT x IN found]) AS catalogues,
       p AS path
ORDER BY told = 'catalogue', issues DESC, links, cause
