UNWIND $effect AS name
MATCH (e:Concept {name: name})
MATCH p = (e)<-[:CAUSES*1..8]-(c:Concept)
WHERE length(p) <= $depth
  AND ($cause IS NULL OR c.name IN $cause)
WITH p, reverse([n IN nodes(p) | n.name]) AS chain, reverse(relationships(p)) AS links
WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
WITH p, chain, links,
     [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS tellers
WITH p, chain, links, tellers,
     [i IN links[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
WITH p, chain, links, tellers, told_by,
     CASE WHEN any(r IN links WHERE size(r.interviews) = 0) THEN 'catalogue'
          WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told
WHERE ($told = 'any' OR told = $told) AND ($interview IS NULL OR $interview IN told_by)
WITH p, chain, links, tellers, told_by, told
ORDER BY size(told_by) DESC, told = 'catalogue', size(chain), chain
LIMIT $limit
RETURN chain, size(links) AS links, told, told_by, tellers,
       CASE WHEN any(r IN links WHERE r.stated = 'implied') THEN 'implied'
            WHEN any(r IN links WHERE r.stated = 'coded') THEN 'coded'
            WHEN any(r IN links WHERE r.stated = 'across-turns') THEN 'across-turns'
            ELSE 'stated' END AS weakest,
       reduce(least = size(links[0].people), r IN links | CASE WHEN size(r.people) < least THEN size(r.people) ELSE least END) AS weight,
       [r IN links | CASE WHEN size(told_by) > 0
                          THEN head([q IN r.quotes WHERE q STARTS WITH told_by[0] + ': ' OR q STARTS WITH tellers[0] + ': '] + r.quotes)
                          ELSE head(r.quotes) END] AS quotes,
       reduce(found = [], r IN links | found + [c IN coalesce(r.catalogues, []) WHERE NOT c IN found]) AS catalogues,
       p AS path
ORDER BY size(told_by) DESC, told = 'catalogue', size(chain), chain
