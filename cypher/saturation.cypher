// title = "Which codes and relations each interview has"
// topic = "Interviews"
// description = "One row for each interview and code, and for each interview and relation: what a saturation curve is counted from."
// params.what = { type = "choice", help = "only codes, only questions or only relations", choices = ["any", "code", "question", "relation"], default = "any" }
// columns.what = "code: on a turn of the interview; question: a code of the interview guide's question, which tells no finding; relation: somebody in the interview tells it"
// columns.interviews = "number of interviews that have it; 1 means that no other interview does"
CALL {
  MATCH (c:Concept)<-[:CODED_AS]-(t:Turn)
  RETURN CASE c.kind WHEN 'question' THEN 'question' ELSE 'code' END AS what, c.name AS item,
         collect(DISTINCT t.interview) AS had_by
  UNION ALL
  MATCH (a:Concept)-[r:/*:relations*/CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(b:Concept)
  WITH a, r, b,
       /*:kinds*/[['CAUSES', 'causes', 'causes', 'causes'],
      ['HAS_FIX', 'fixes', 'fixed by', 'fixes'], ['NOT_FIXED_BY', 'does-not-fix', 'not fixed by', 'does not fix'],
      ['DETECTED_BY', 'detects', 'shown by', 'detects']] AS kinds
  WITH a, r, b, head([kind IN kinds WHERE kind[0] = type(r) | kind[2]]) AS says
  RETURN 'relation' AS what, a.name + ' ' + says + ' ' + b.name AS item, r.interviews AS had_by
}
WITH what, item, had_by
WHERE $what = 'any' OR what = $what
UNWIND had_by AS interview
RETURN interview, what, item, size(had_by) AS interviews
ORDER BY toInteger(interview), interview, what, item
