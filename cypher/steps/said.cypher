// Who speaks of which issue, and who tells which relation: what kb reads once where groups of people are
// compared (`kb.ask.compare`). `speaker` is interview/speaker; null for a passage under no label.
MATCH (c:Concept)<-[:CODED_AS]-(t:Turn)
OPTIONAL MATCH (t)-[:SPOKEN_BY]->(s:Speaker)
RETURN DISTINCT coalesce(c.kind, '') AS what, c.name AS item, null AS end, t.interview AS interview, s.id AS speaker
UNION ALL
MATCH (k:Claim)-[:ABOUT_CAUSE|/*:starts*/ABOUT_ISSUE]->(a:Concept)
WHERE k.interview IS NOT NULL
MATCH (k)-[:ABOUT_EFFECT|/*:ends*/ABOUT_FIX]->(b:Concept)
RETURN DISTINCT k.kind AS what, a.name AS item, b.name AS end, k.interview AS interview, k.person AS speaker
UNION ALL
MATCH (k:Claim)-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE]->(i:Issue)
WHERE k.interview IS NOT NULL
RETURN DISTINCT 'issue' AS what, i.name AS item, null AS end, k.interview AS interview, k.person AS speaker
