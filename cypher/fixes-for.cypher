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
MATCH p = (i)-[r:/*:remedies*/HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(f:Concept)
WITH i, r, f, p,
     /*:kinds*/[['CAUSES', 'causes', 'causes', 'causes'],
      ['HAS_FIX', 'fixes', 'fixed by', 'fixes'], ['NOT_FIXED_BY', 'does-not-fix', 'not fixed by', 'does not fix'],
      ['DETECTED_BY', 'detects', 'shown by', 'detects']] AS kinds
WITH i, r, f, p, head([kind IN kinds WHERE kind[0] = type(r)]) AS kind
OPTIONAL MATCH (i)<-[:/*:starts*/ABOUT_ISSUE]-(k:Claim)-[:/*:ends*/ABOUT_FIX]->(f) WHERE k.kind = kind[1]
OPTIONAL MATCH (k)-[:EVIDENCED_BY]->(t:Turn)
WITH i, r, f, p, kind, count(DISTINCT t.id) AS passages
RETURN kind[3] AS relation,
       f.name AS fix, i.name AS issue, size(r.interviews) AS interviews, size(r.people) AS people,
       passages, r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, p AS path
ORDER BY relation DESC, interviews DESC, passages DESC, fix, issue
