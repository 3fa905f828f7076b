// title = "The issues told of in most interviews"
// topic = "Issues"
// description = "Issues by the number of interviews in which they are coded or told of; the number of passages only decides between equals."
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 1000 }
// columns.interviews = "number of interviews in which it is coded or told of"
// columns.coded_in = "number of interviews with a turn coded so"
// columns.passages = "number of turns coded so, by anyone"
// columns.coders = "number of coders who used the code"
// columns.related_in = "number of interviews in which a cause, an effect or a fix of it is told"
// columns.causes = "number of different causes that somebody tells of it"
// columns.fixes = "number of different fixes that somebody tells of it"
MATCH (i:Issue)
OPTIONAL MATCH (i)<-[r:CODED_AS]-(t:Turn)
WITH i, collect(DISTINCT t.interview) AS coded, count(DISTINCT t.id) AS passages, count(DISTINCT r.coder) AS coders
OPTIONAL MATCH (i)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE]-(k:Claim)
WITH i, coded, passages, coders, collect(DISTINCT k.interview) AS told
WITH i, passages, coders, size(coded) AS coded_in, size(told) AS related_in,
     size(coded + [x IN told WHERE NOT x IN coded]) AS interviews
WHERE interviews > 0
OPTIONAL MATCH (i)-[h:HAS_FIX]->(f:Concept) WHERE size(h.interviews) > 0
WITH i, interviews, coded_in, passages, coders, related_in, count(f) AS fixes
OPTIONAL MATCH (i)<-[h:/*:causal*/CAUSES]-(c:Concept) WHERE size(h.interviews) > 0
RETURN i.name AS issue, i.category AS category, interviews, coded_in, passages, coders, related_in, count(c) AS causes, fixes
ORDER BY interviews DESC, passages DESC, related_in DESC, issue
LIMIT $limit
