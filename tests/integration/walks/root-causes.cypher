MATCH (c:Concept)-[out:CAUSES]->(:Concept)
WITH c, collect(size(out.interviews) > 0) AS tells
OPTIONAL MATCH (c)<-[back:CAUSES]-(:Concept)
WITH c, tells, [told IN collect(size(back.interviews) > 0) WHERE told IS NOT NULL] AS causes
WHERE size(causes) = 0 OR (true IN tells AND NOT true IN causes)
WITH c
MATCH p = (c)-[:CAUSES*1..8]->(e:Concept)
WHERE length(p) <= $depth AND ($issue IS NULL OR e.name IN $issue)
WITH c, e, p, [n IN nodes(p) | n.name] AS chain
WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
WITH c, e, p, chain ORDER BY size(chain), e.name, chain
WITH c, count(DISTINCT e.name) AS effects, collect(p) AS paths
WITH c, effects, paths[0] AS p
WITH c, effects, p, relationships(p) AS rels
WITH c, effects, p, rels, [who IN rels[0].people WHERE all(r IN rels WHERE who IN r.people)] AS tellers
WITH c, effects, p, rels,
     [i IN rels[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
RETURN c.name AS cause, c.kind AS kind, effects, size(rels) AS links, [n IN nodes(p) | n.name] AS nearest_chain,
       told_by,
       CASE WHEN any(r IN rels WHERE size(r.interviews) = 0) THEN 'catalogue'
            WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       reduce(found = [], r IN rels | found + [x IN coalesce(r.catalogues, []) WHERE NOT x IN found]) AS catalogues,
       p AS path
ORDER BY told = 'catalogue', effects DESC, links, cause
