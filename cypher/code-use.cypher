// title = "The codes that most interviews have"
// topic = "Codes"
// description = "Codes of every kind by the number of interviews in which they are given."
// params.interview = { type = "interview", help = "only this interview" }
// params.coder = { type = "coder", help = "only this coder's codes" }
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 10000 }
// columns.interviews = "number of interviews with a passage coded so"
// columns.passages = "number of turns coded so, by anyone"
// columns.coders = "number of coders who used it"
MATCH (c:Code)<-[r:CODED_AS]-(t:Turn)
WHERE ($interview IS NULL OR t.interview = $interview) AND ($coder IS NULL OR r.coder = $coder)
RETURN c.name AS code, c.kind AS kind, c.category AS category, count(DISTINCT t.interview) AS interviews,
       count(DISTINCT t.id) AS passages, count(DISTINCT r.coder) AS coders
ORDER BY interviews DESC, passages DESC, code
LIMIT $limit
