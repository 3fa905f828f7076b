// title = "Who says that one leads to, or fixes, the other"
// topic = "Evidence"
// description = "Every claim of a relation between two concepts, with its quotes, speaker and how explicit it is."
// params.of = { type = "code", help = "one end: a cause, an issue or a fix", required = true }
// params.and = { type = "code", help = "the other end; without it, all relations of the first" }
// columns.relation = "causes: from leads to the other; fixes, does-not-fix, detects: from is the issue"
// columns.explicit = "stated in one go, across-turns, coded (an analyst's code says so) or implied"
// columns.basis = "reader: a relations file; code: a passage coded with a fix; catalogue: a publication"
// columns.person = "who says so, as interview/speaker; ? where that cannot be told"
// columns.catalogues = "catalogues that state it; they count as nobody"
// columns.ref = "the statement's id in its relations file"
UNWIND $of AS name
MATCH (a:Concept {name: name})
MATCH (a)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE|ABOUT_FIX]-(k:Claim)
WITH DISTINCT k
MATCH (k)-[:ABOUT_CAUSE|ABOUT_ISSUE]->(a:Concept)
MATCH (k)-[:ABOUT_EFFECT|ABOUT_FIX]->(b:Concept)
WHERE $and IS NULL OR (a.name IN $of AND b.name IN $and) OR (a.name IN $and AND b.name IN $of)
OPTIONAL MATCH (k)-[e:EVIDENCED_BY]->(t:Turn)
RETURN a.name AS from, k.kind AS relation, b.name AS to, k.explicit AS explicit, k.basis AS basis,
       k.interview AS told_in, k.person AS person,
       t.id AS turn, coalesce(e.quote, k.note) AS quote, k.ref AS ref,
       CASE k.basis WHEN 'catalogue' THEN [k.catalogue] ELSE [] END AS catalogues
ORDER BY relation, from, to, toInteger(told_in), told_in, t.index, turn, k.catalogue, ref, quote, k.id
