// title = "What fixes an issue"
// topic = "Fixes"
// description = "Fixes of an issue, what was said not to fix it, and what shows that it is there."
// params.issue = { type = "code", help = "the issue", required = true }
// columns.interviews = "number of interviews in which somebody says so"
// columns.people = "number of people who say so; a speaker who cannot be told from others is not counted"
// columns.passages = "number of turns that support it"
// columns.stated = "how explicit at best: stated, across-turns, coded or implied"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
UNWIND $issue AS name
MATCH (i:Concept {name: name})
MATCH p = (i)-[r:HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(f:Concept)
OPTIONAL MATCH (i)<-[:ABOUT_ISSUE]-(k:Claim)-[:ABOUT_FIX]->(f)
WHERE (k.kind = 'fixes' AND type(r) = 'HAS_FIX') OR (k.kind = 'does-not-fix' AND type(r) = 'NOT_FIXED_BY')
   OR (k.kind = 'detects' AND type(r) = 'DETECTED_BY')
OPTIONAL MATCH (k)-[:EVIDENCED_BY]->(t:Turn)
WITH i, r, f, p, count(DISTINCT t.id) AS passages
RETURN CASE type(r) WHEN 'HAS_FIX' THEN 'fixes' WHEN 'NOT_FIXED_BY' THEN 'does not fix' ELSE 'detects' END AS relation,
       f.name AS fix, i.name AS issue, size(r.interviews) AS interviews, size(r.people) AS people,
       passages, r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, p AS path
ORDER BY relation DESC, interviews DESC, passages DESC, fix, issue
