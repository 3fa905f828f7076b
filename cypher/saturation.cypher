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
  MATCH (a:Concept)-[r:/*:relations*/CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(b:Concept)
  WITH a, r, b,
       /*:kinds*/[['CAUSES', 'causes', 'causes', 'causes'],
      ['HAS_FIX', 'fixes', 'fixed by', 'fixes'], ['NOT_FIXED_BY', 'does-not-fix', 'not fixed by', 'does not fix'],
      ['DETECTED_BY', 'detects', 'shown by', 'detects']] AS kinds
  WITH a, r, b, head([kind IN kinds WHERE kind[0] = type(r) | kind[2]]) AS says
  UNWIND r.interviews AS interview
  RETURN interview, 'relation' AS what,
         a.name + ' ' + says + ' ' + b.name AS item
}
WITH interview, what, item
WHERE $what = 'any' OR what = $what
WITH what, item, collect(interview) AS had_by
UNWIND had_by AS interview
RETURN interview, what, item, size(had_by) AS interviews
ORDER BY toInteger(interview), interview, what, item
