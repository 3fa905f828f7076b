// title = "Feedback loops"
// topic = "Causes"
// description = "Chains of causes that lead back to where they began, and who told the loop whole."
// params.depth = { type = "int", help = "longest loop, in links", default = 5, min = 2, max = 8 }
// columns.told_by = "interviews in which one person told every link; none if it is stitched from several people"
// returns = "graph"
MATCH (a:Concept)-[:CAUSES]->(:Concept)
WITH DISTINCT a
MATCH p = (a)-[:CAUSES*2..8]->(b:Concept)
WHERE b.name = a.name AND length(p) <= $depth
  AND all(n IN nodes(p) WHERE n.name >= a.name)
  AND all(n IN tail(nodes(p)) WHERE size([m IN tail(nodes(p)) WHERE m.name = n.name]) = 1)
WITH p, [n IN nodes(p) | n.name] AS loop, relationships(p) AS links
WITH p, loop, links, [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS tellers
WITH p, loop, links, tellers,
     [i IN links[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
RETURN loop, size(links) AS links, CASE WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       told_by, tellers, [r IN links | head(r.quotes)] AS quotes, p AS path
ORDER BY size(links), loop
