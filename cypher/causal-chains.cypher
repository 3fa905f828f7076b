// title = "Causal chains to an issue"
// topic = "Causes"
// description = "Every path of causes to an issue, from one cause or from all, and who told it whole."
// params.effect = { type = "code", help = "the issue at the end", required = true }
// params.cause = { type = "code", help = "the cause at the beginning" }
// params.depth = { type = "int", help = "longest chain, in links", default = 5, min = 1, max = 8 }
// params.told = { type = "choice", help = "only chains that one person told whole, or only stitched ones", choices = ["any", "whole", "stitched"], default = "any" }
// params.limit = { type = "int", help = "at most so many chains", default = 50, min = 1, max = 1000 }
// columns.told_by = "interviews in which one person told every link; none if the chain is stitched from several people"
// columns.weakest = "how explicit its least explicit link is"
// columns.quotes = "the words behind each link, one for each, of somebody who told the chain whole where there is one"
// returns = "graph"
UNWIND $effect AS name
MATCH (e:Concept {name: name})
MATCH p = (e)<-[:CAUSES*1..8]-(c:Concept)
WHERE length(p) <= $depth
  AND ($cause IS NULL OR c.name IN $cause)
  AND all(n IN nodes(p) WHERE size([m IN nodes(p) WHERE m.name = n.name]) = 1)
WITH p, reverse([n IN nodes(p) | n.name]) AS chain, reverse(relationships(p)) AS links
WITH p, chain, links,
     [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS tellers
WITH p, chain, links, tellers,
     [i IN links[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
WHERE $told = 'any' OR ($told = 'whole' AND size(told_by) > 0) OR ($told = 'stitched' AND size(told_by) = 0)
RETURN chain, size(links) AS links,
       CASE WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       told_by, tellers,
       CASE WHEN any(r IN links WHERE r.stated = 'implied') THEN 'implied'
            WHEN any(r IN links WHERE r.stated = 'coded') THEN 'coded'
            WHEN any(r IN links WHERE r.stated = 'across-turns') THEN 'across-turns'
            ELSE 'stated' END AS weakest,
       [r IN links | CASE WHEN size(told_by) > 0
                          THEN head([q IN r.quotes WHERE q STARTS WITH told_by[0] + ': '] + r.quotes)
                          ELSE head(r.quotes) END] AS quotes,
       p AS path
ORDER BY size(told_by) DESC, size(chain), chain
LIMIT $limit
