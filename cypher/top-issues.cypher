// title = "The issues most people tell of"
// topic = "Issues"
// description = "Issues by the number of interviews in which they are coded; passages are told, but do not decide."
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 1000 }
// columns.interviews = "number of interviews with a passage coded so"
// columns.passages = "number of turns coded so, by anyone"
// columns.coders = "number of coders who used it"
MATCH (i:Issue)<-[r:CODED_AS]-(t:Turn)
WITH i, count(DISTINCT t.interview) AS interviews, count(DISTINCT t.id) AS passages, count(DISTINCT r.coder) AS coders
OPTIONAL MATCH (i)-[:HAS_FIX]->(f:Concept)
WITH i, interviews, passages, coders, count(f) AS fixes
OPTIONAL MATCH (i)<-[:CAUSES]-(c:Concept)
RETURN i.name AS issue, i.category AS category, interviews, passages, coders, count(c) AS causes, fixes
ORDER BY interviews DESC, passages DESC, issue
LIMIT $limit
