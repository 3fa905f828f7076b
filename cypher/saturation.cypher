// title = "Which codes and relations each interview has"
// topic = "Interviews"
// description = "One row for each interview and code, and for each interview and relation: what a saturation curve is counted from."
// params.what = { type = "choice", help = "only codes, only questions or only relations", choices = ["any", "code", "question", "relation"], default = "any" }
// columns.what = "code: on a turn of the interview; question: a code of the interview guide's question, which tells no finding; relation: somebody in the interview tells it"
// columns.interviews = "number of interviews that have it; 1 means that no other interview does"
CALL {
  MATCH (t:Turn)-[:CODED_AS]->(c:Concept)
  RETURN DISTINCT t.interview AS interview, CASE c.kind WHEN 'question' THEN 'question' ELSE 'code' END AS what,
         c.name AS item
  UNION ALL
  MATCH (a:Concept)-[r:CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(b:Concept)
  UNWIND r.interviews AS interview
  RETURN interview, 'relation' AS what,
         a.name + CASE type(r) WHEN 'CAUSES' THEN ' causes ' WHEN 'HAS_FIX' THEN ' fixed by '
                  WHEN 'NOT_FIXED_BY' THEN ' not fixed by ' ELSE ' detected by ' END + b.name AS item
}
WITH interview, what, item
WHERE $what = 'any' OR what = $what
WITH what, item, collect(interview) AS had_by
UNWIND had_by AS interview
RETURN interview, what, item, size(had_by) AS interviews
ORDER BY toInteger(interview), interview, what, item
