// title = "Who says that one leads to, or fixes, the other"
// topic = "Evidence"
// description = "Every claim of a relation between two concepts, with its quotes, speaker and how explicit it is."
// params.of = { type = "code", help = "one end: a cause, an issue or a fix", required = true }
// params.and = { type = "code", help = "the other end; without it, all relations of the first" }
// columns.explicit = "stated in one go, across-turns, coded (an analyst's code says so) or implied"
// columns.basis = "reader: a relations file; code: a passage coded with a fix; catalogue: a publication"
UNWIND $of AS name
MATCH (a:Concept {name: name})
MATCH (a)<-[x:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE|ABOUT_FIX]-(k:Claim)
MATCH (k)-[y:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE|ABOUT_FIX]->(b:Concept)
WHERE type(y) <> type(x) AND ($and IS NULL OR b.name IN $and)
OPTIONAL MATCH (k)-[e:EVIDENCED_BY]->(t:Turn)
RETURN CASE WHEN type(x) IN ['ABOUT_CAUSE', 'ABOUT_ISSUE'] THEN a.name ELSE b.name END AS from,
       k.kind AS relation,
       CASE WHEN type(x) IN ['ABOUT_CAUSE', 'ABOUT_ISSUE'] THEN b.name ELSE a.name END AS to,
       k.explicit AS explicit, k.basis AS basis, coalesce(k.interview, k.catalogue) AS told_in, k.person AS person,
       t.id AS turn, coalesce(e.quote, k.note) AS quote, k.ref AS ref
ORDER BY relation, from, to, told_in, t.index, turn, ref, quote
