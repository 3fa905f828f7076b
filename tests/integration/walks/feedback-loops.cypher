MATCH (a:Concept)-[:CAUSES]->(:Concept)
WITH DISTINCT a
MATCH p = (a)-[:CAUSES*2..8]->(a)
WHERE length(p) <= $depth
  AND all(n IN tail(nodes(p)) WHERE n.name >= a.name)
WITH p, [n IN nodes(p) | n.name] AS loop, relationships(p) AS links
WHERE none(at IN range(1, size(loop) - 2) WHERE loop[at] IN loop[at + 1..])
WITH p, loop, links, [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS tellers
WITH p, loop, links, tellers,
     [i IN links[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
RETURN loop, size(links) AS links,
       CASE WHEN any(r IN links WHERE size(r.interviews) = 0) THEN 'catalogue'
            WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       told_by, tellers, [r IN links | head(r.quotes)] AS quotes,
       reduce(found = [], r IN links | found + [c IN coalesce(r.catalogues, []) WHERE NOT c IN found]) AS catalogues,
       p AS path
ORDER BY links, loop
