// title = "Codes on the same passages"
// topic = "Codes"
// description = "Pairs of codes on the same turn, whoever gave them, by the number of interviews in which they meet."
// params.code = { type = "code", help = "only pairs with this code" }
// params.interview = { type = "interview", help = "only this interview" }
// params.coder = { type = "coder", help = "only where this coder gave both" }
// params.limit = { type = "int", help = "at most so many", default = 30, min = 1, max = 10000 }
// columns.interviews = "number of interviews in which both are on one turn"
// columns.passages = "number of turns with both"
MATCH (a:Code)<-[r:CODED_AS]-(t:Turn)-[s:CODED_AS]->(b:Code)
WHERE a.name < b.name AND ($interview IS NULL OR t.interview = $interview)
  AND ($coder IS NULL OR (r.coder = $coder AND s.coder = $coder))
  AND ($code IS NULL OR a.name IN $code OR b.name IN $code)
WITH a.name AS code, b.name AS other, count(DISTINCT t.interview) AS interviews, count(DISTINCT t.id) AS passages
RETURN code, other, interviews, passages
ORDER BY interviews DESC, passages DESC, code, other
LIMIT $limit
