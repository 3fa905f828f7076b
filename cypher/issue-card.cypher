// title = "All about one issue"
// topic = "Issues"
// description = "What it is, what causes it, what it leads to, what fixes it, and people's words."
// params.issue = { type = "code", help = "the issue", required = true }
// params.interview = { type = "interview", help = "passages of only this interview" }
// params.limit = { type = "int", help = "at most so many rows", default = 40, min = 1, max = 100000 }
// columns.section = "what the row says of the issue"
// columns.detail = "the kind of the issue, how explicit a relation is at best, or the speaker of a passage"
// columns.interviews = "number of interviews in which somebody says so; of what it is: in which it is coded or told of"
// columns.catalogues = "catalogues that say so; they count as nobody"
// columns.issue = "of which issue: the one asked for, or a code that falls under it"
CALL {
  UNWIND $issue AS name
  MATCH (i:Concept {name: name})
  OPTIONAL MATCH (i)<-[:CODED_AS]-(t:Turn)
  WITH i, collect(DISTINCT t.interview) AS coded
  OPTIONAL MATCH (i)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE|ABOUT_FIX]-(k:Claim)
  WITH i, coded, collect(DISTINCT k.interview) AS told
  WITH i, coded + [x IN told WHERE NOT x IN coded] AS found
  UNWIND CASE size(found) WHEN 0 THEN [null] ELSE found END AS x
  WITH i, x ORDER BY toInteger(x), x
  WITH i, collect(x) AS told_in
  RETURN 0 AS part, 'is' AS section, i.name AS item, coalesce(i.kind, '') AS detail,
         told_in, size(told_in) AS interviews, [coalesce(i.description, '')] AS quotes,
         [c IN [i.catalogue] WHERE c IS NOT NULL] AS catalogues, i.name AS issue
  UNION ALL
  UNWIND $issue AS name
  MATCH (i:Concept {name: name})
  MATCH (i)<-[r:/*:causal*/CAUSES]-(c:Concept)
  RETURN 1 AS part, 'caused by' AS section, c.name AS item, r.stated AS detail,
         r.interviews AS told_in, size(r.interviews) AS interviews, r.quotes AS quotes,
         coalesce(r.catalogues, []) AS catalogues, i.name AS issue
  UNION ALL
  UNWIND $issue AS name
  MATCH (i:Concept {name: name})
  MATCH (i)-[r:/*:causal*/CAUSES]->(e:Concept)
  RETURN 2 AS part, 'leads to' AS section, e.name AS item, r.stated AS detail,
         r.interviews AS told_in, size(r.interviews) AS interviews, r.quotes AS quotes,
         coalesce(r.catalogues, []) AS catalogues, i.name AS issue
  UNION ALL
  UNWIND $issue AS name
  MATCH (i:Concept {name: name})
  MATCH (i)-[r:/*:remedies*/HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(f:Concept)
  WITH i, r, f,
       /*:kinds*/[['CAUSES', 'causes', 'causes', 'causes'],
      ['HAS_FIX', 'fixes', 'fixed by', 'fixes'], ['NOT_FIXED_BY', 'does-not-fix', 'not fixed by', 'does not fix'],
      ['DETECTED_BY', 'detects', 'shown by', 'detects']] AS kinds
  WITH i, r, f, kinds, head([at IN range(0, size(kinds) - 1) WHERE kinds[at][0] = type(r)]) AS at
  RETURN 3 + at AS part, kinds[at][2] AS section, f.name AS item, r.stated AS detail,
         r.interviews AS told_in, size(r.interviews) AS interviews, r.quotes AS quotes,
         coalesce(r.catalogues, []) AS catalogues, i.name AS issue
  UNION ALL
  UNWIND $issue AS name
  MATCH (i:Concept {name: name})
  MATCH (i)-[:BROADER]->(b:Concept)
  RETURN 0 AS part, 'falls under' AS section, b.name AS item, coalesce(b.attribute, '') AS detail,
         [] AS told_in, null AS interviews, [coalesce(b.description, '')] AS quotes,
         [b.catalogue] AS catalogues, i.name AS issue
  UNION ALL
  UNWIND $issue AS name
  MATCH (i:Concept {name: name})
  MATCH (i)<-[r:CODED_AS]-(t:Turn)
  WHERE $interview IS NULL OR t.interview = $interview
  WITH i, t, r ORDER BY r.start, r.end, r.coder
  WITH i, t, collect(r.quote) AS marked
  RETURN 1000 AS part, 'spoken of' AS section, t.id AS item, coalesce(t.speaker, '') AS detail,
         [t.interview] AS told_in, 1 AS interviews, [coalesce(head(marked), t.text)] AS quotes,
         [] AS catalogues, i.name AS issue
}
RETURN section, item, detail, told_in, interviews, quotes, catalogues, issue
ORDER BY part, section DESC, part = 0 AND issue <> $issue[0], interviews DESC, issue <> $issue[0], item, issue
LIMIT $limit
