// title = "The issues told of in most interviews"
// topic = "Issues"
// description = "Issues by the number of interviews in which they are coded; the number of passages only decides between equals."
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 1000 }
// columns.interviews = "number of interviews with a turn coded so"
// columns.passages = "number of turns coded so, by anyone"
// columns.coders = "number of coders who used the code"
// columns.related_in = "number of interviews in which a cause, an effect or a fix of it is told"
// columns.causes = "number of different causes that somebody tells of it"
// columns.fixes = "number of different fixes that somebody tells of it"
MATCH (i:Issue)
OPTIONAL MATCH (i)<-[r:CODED_AS]-(t:Turn)
WITH i, count(DISTINCT t.interview) AS interviews, count(DISTINCT t.id) AS passages, count(DISTINCT r.coder) AS coders
OPTIONAL MATCH (i)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE]-(k:Claim)
WITH i, interviews, passages, coders, count(DISTINCT k.interview) AS related_in
WHERE interviews > 0 OR related_in > 0
OPTIONAL MATCH (i)-[h:HAS_FIX]->(f:Concept) WHERE size(h.interviews) > 0
WITH i, interviews, passages, coders, related_in, count(f) AS fixes
OPTIONAL MATCH (i)<-[h:/*:causal*/CAUSES]-(c:Concept) WHERE size(h.interviews) > 0
RETURN i.name AS issue, i.category AS category, interviews, passages, coders, related_in, count(c) AS causes, fixes
ORDER BY interviews DESC, passages DESC, related_in DESC, issue
LIMIT $limit
