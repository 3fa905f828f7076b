// title = "Feedback loops"
// topic = "Causes"
// description = "Chains of causes that lead back to where they began, each loop once, and who told it whole."
// params.depth = { type = "int", help = "longest loop, in links", default = 5, min = 2, max = 7 }
// columns.told = "whole: one person told every link; stitched: no one person is known to have told them all; catalogue: a link that nobody told, but a catalogue states"
// columns.loop = "the concepts of the loop, the alphabetically first one at both ends"
// columns.links = "number of links in the loop"
// columns.told_by = "interviews in which one person told every link; none if it is stitched from several people"
// columns.catalogues = "catalogues that state a link; they count as nobody"
// returns = "graph"
MATCH (a:Concept)-[:CAUSES]->(:Concept)
WITH DISTINCT a
MATCH p = (a)-[:CAUSES*2..7]->(a)
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
