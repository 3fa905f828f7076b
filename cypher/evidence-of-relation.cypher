// title = "Who says that one leads to, or fixes, the other"
// topic = "Evidence"
// description = "Every claim of a relation between two concepts, with its quotes, speaker and how explicit it is."
// params.of = { type = "code", help = "one end: a cause, an issue or a fix", required = true }
// params.and = { type = "code", help = "the other end; without it, all relations of the first" }
// params.interview = { type = "interview", help = "only what is told in this interview" }
// params.context = { type = "int", help = "with so many turns before and after each", default = 0, min = 0, max = 8, literal = true }
// params.limit = { type = "int", help = "at most so many passages", default = 200, min = 1, max = 100000 }
// columns.relation = "how from stands to the other: it causes it, is fixed by it, not fixed by it, or shown by it"
// columns.explicit = "stated in one go, across-turns, coded (an analyst's code says so) or implied"
// columns.basis = "reader: a relations file; code: a passage coded with a fix; catalogue: a publication"
// columns.person = "who says so, as interview/speaker; ? where that cannot be told"
// columns.by = "who proposed it, where that was not the reader: another coder, a language model"
// columns.reviewer = "who read it and took it in"
// columns.catalogues = "catalogues that state it; they count as nobody"
// columns.ref = "the statement's id in its relations file"
// columns.before = "the turns before it"
// columns.after = "the turns after it"
UNWIND $of AS name
MATCH (a:Concept {name: name})
MATCH (a)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE|ABOUT_FIX]-(k:Claim)
WITH DISTINCT k
MATCH (k)-[:ABOUT_CAUSE|ABOUT_ISSUE]->(a:Concept)
MATCH (k)-[:ABOUT_EFFECT|ABOUT_FIX]->(b:Concept)
// One code at both ends means all relations of it.
WHERE ($and IS NULL OR $and = $of OR (a.name IN $of AND b.name IN $and) OR (a.name IN $and AND b.name IN $of))
  AND ($interview IS NULL OR k.interview = $interview)
OPTIONAL MATCH (k)-[e:EVIDENCED_BY]->(t:Turn)
WITH k, a, b, e, t
ORDER BY k.kind, a.name, b.name, toInteger(k.interview), k.interview, t.index, t.id, k.catalogue, k.ref, coalesce(e.quote, k.note), k.id
LIMIT $limit
OPTIONAL MATCH (t)<-[:NEXT*0../*$context*/0]-(p:Turn)
WITH k, a, b, e, t, p ORDER BY p.index
WITH k, a, b, e, t, [x IN collect(p) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS before
OPTIONAL MATCH (t)-[:NEXT*0../*$context*/0]->(n:Turn)
WITH k, a, b, e, t, before, n ORDER BY n.index
WITH k, a, b, e, t, before, [x IN collect(n) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS after
WITH k, a, b, e, t, before, after,
     /*:kinds*/[['CAUSES', 'causes', 'causes', 'causes'],
      ['HAS_FIX', 'fixes', 'fixed by', 'fixes'], ['NOT_FIXED_BY', 'does-not-fix', 'not fixed by', 'does not fix'],
      ['DETECTED_BY', 'detects', 'shown by', 'detects']] AS kinds
RETURN a.name AS from, head([kind IN kinds WHERE kind[1] = k.kind | kind[2]]) AS relation, b.name AS to, k.explicit AS explicit, k.basis AS basis,
       k.interview AS told_in, k.person AS person,
       t.id AS turn, coalesce(e.quote, k.note) AS quote, k.ref AS ref, k.by AS by, k.reviewer AS reviewer,
       CASE k.basis WHEN 'catalogue' THEN [k.catalogue] ELSE [] END AS catalogues,
       before, after
ORDER BY k.kind, from, to, toInteger(told_in), told_in, t.index, turn, k.catalogue, ref, quote, k.id
