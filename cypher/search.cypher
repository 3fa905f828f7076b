// title = "Passages with these words"
// topic = "Evidence"
// description = "Turns that hold every word asked for, in any order, in capitals or not; part of a word is enough."
// params.words = { type = "str", help = "words to look for", required = true }
// params.interview = { type = "interview", help = "only this interview" }
// params.role = { type = "choice", help = "only what one side says", choices = ["any", "interviewee", "interviewer"], default = "any" }
// params.context = { type = "int", help = "with so many turns before and after each", default = 0, min = 0, max = 8, literal = true }
// params.limit = { type = "int", help = "at most so many", default = 50, min = 1, max = 10000 }
// columns.codes = "codes on the turn, by anyone"
// columns.before = "the turns before it"
// columns.after = "the turns after it"
WITH [w IN split(toLower($words), ' ') WHERE w <> ''] AS wanted
WHERE size(wanted) > 0
MATCH (t:Turn)
WHERE ($interview IS NULL OR t.interview = $interview) AND ($role = 'any' OR t.role = $role)
  AND all(w IN wanted WHERE toLower(t.text) CONTAINS w)
WITH t
// Codes only of the turns that are shown.
ORDER BY toInteger(t.interview), t.interview, t.index, t.id
LIMIT $limit
OPTIONAL MATCH (t)-[:CODED_AS]->(c:Concept)
WITH t, c ORDER BY c.name
WITH t, collect(DISTINCT c.name) AS codes
MATCH (t)<-[:NEXT*0../*$context*/0]-(b:Turn)
WITH t, codes, b ORDER BY b.index
WITH t, codes, [x IN collect(b) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS before
MATCH (t)-[:NEXT*0../*$context*/0]->(a:Turn)
WITH t, codes, before, a ORDER BY a.index
WITH t, codes, before, [x IN collect(a) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS after
RETURN t.interview AS interview, t.id AS turn, t.role AS role, t.speaker AS speaker, codes, t.text AS text, before, after
ORDER BY toInteger(interview), interview, t.index, turn
