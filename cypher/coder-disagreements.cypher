// title = "Passages that coders coded differently"
// topic = "Codes"
// description = "Each turn once, with the codes that not all gave who coded the interview, and who did. A coder whose export shows no codes takes no part, and a turn that only one file has is left out. What an interviewer says comes after the answers."
// params.interview = { type = "interview", help = "only this interview" }
// params.code = { type = "code", help = "only this code" }
// params.coder = { type = "coder", help = "only codes that this coder gave, and another did not" }
// params.role = { type = "choice", help = "only what one side says", choices = ["any", "interviewee", "interviewer"], default = "any" }
// params.context = { type = "int", help = "with so many turns before and after each", default = 0, min = 0, max = 8, literal = true }
// params.limit = { type = "int", help = "at most so many turns", default = 200, min = 1, max = 100000 }
// columns.disputed = "codes that some gave and others did not, with coder and round"
// columns.agreed = "codes that all gave who coded the interview"
// columns.tail_only = "disputed codes of which nobody marked a word here: ends of selections that began before"
// columns.before = "the turns before it"
// columns.after = "the turns after it"
MATCH (w:Coder)-[d:CODED]->(i:Interview)
WHERE d.codes_exported AND ($interview IS NULL OR i.id = $interview)
WITH i, w, d ORDER BY w.name, d.round
WITH i, collect(w.name + ' (' + d.round + ')') AS raters
WHERE size(raters) > 1
MATCH (i)-[:HAS_TURN]->(t:Turn)
MATCH (t)-[r:CODED_AS]->(c:Concept)
WHERE t.only_in IS NULL AND ($code IS NULL OR c.name IN $code) AND ($role = 'any' OR t.role = $role)
WITH raters, t, c, r ORDER BY r.coder, r.round
WITH raters, t, c, collect(DISTINCT r.coder + ' (' + r.round + ')') AS coded_by, collect(DISTINCT r.coder) AS names,
     collect(coalesce(r.label_without_underline, false)) AS tails
WITH t, c, coded_by, names, all(x IN tails WHERE x) AS tail, [x IN raters WHERE NOT x IN coded_by] AS not_by ORDER BY c.name
WITH t, c, tail, size(not_by) > 0 AND ($coder IS NULL OR $coder IN names) AS differs, size(not_by) AS without,
     reduce(said = head(coded_by), x IN tail(coded_by) | said + ', ' + x) AS by,
     reduce(said = coalesce(head(not_by), ''), x IN tail(not_by) | said + ', ' + x) AS others
WITH t, [x IN collect(CASE WHEN differs THEN c.name + ': ' + by + '; not ' + others ELSE null END) WHERE x IS NOT NULL] AS disputed,
     [x IN collect(CASE WHEN without = 0 THEN c.name ELSE null END) WHERE x IS NOT NULL] AS agreed,
     [x IN collect(CASE WHEN differs AND tail THEN c.name ELSE null END) WHERE x IS NOT NULL] AS tail_only
WHERE size(disputed) > 0
WITH t, disputed, agreed, tail_only
ORDER BY coalesce(t.role, '') = 'interviewer', toInteger(t.interview), t.interview, t.index, t.id
LIMIT $limit
MATCH (t)<-[:NEXT*0../*$context*/0]-(b:Turn)
WITH t, disputed, agreed, tail_only, b ORDER BY b.index
WITH t, disputed, agreed, tail_only, [x IN collect(b) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS before
MATCH (t)-[:NEXT*0../*$context*/0]->(a:Turn)
WITH t, disputed, agreed, tail_only, before, a ORDER BY a.index
WITH t, disputed, agreed, tail_only, before, [x IN collect(a) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS after
RETURN t.interview AS interview, t.id AS turn, t.role AS role, t.speaker AS speaker, disputed, agreed, tail_only,
       t.text AS text, before, after
ORDER BY coalesce(role, '') = 'interviewer', toInteger(interview), interview, t.index, turn
