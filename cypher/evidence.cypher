// title = "Passages coded with a code"
// topic = "Evidence"
// description = "Every passage of a code in people's words, each once, with who coded it so. What an interviewer says comes after the answers."
// params.code = { type = "code", help = "the code", required = true }
// params.interview = { type = "interview", help = "only this interview" }
// params.coder = { type = "coder", help = "only what this coder coded so" }
// params.role = { type = "choice", help = "only what one side says", choices = ["any", "interviewee", "interviewer"], default = "any" }
// params.context = { type = "int", help = "with so many turns before and after each", default = 0, min = 0, max = 8, literal = true }
// params.limit = { type = "int", help = "at most so many passages", default = 200, min = 1, max = 100000 }
// columns.coded_by = "coder and round that gave the code; which code, where several are asked for"
// columns.labels = "the code as the coders' files write it"
// columns.other_codes = "other codes on the turn, by anyone"
// columns.tail = "yes where labels are beside the turn but none of its words is marked: the end of a selection that began before"
// columns.quote = "the words that any of them marked, with … between two passages; the whole turn where none are marked"
// columns.before = "the turns before it"
// columns.after = "the turns after it"
UNWIND $code AS name
MATCH (c:Concept {name: name})
MATCH (c)<-[r:CODED_AS]-(t:Turn)
WHERE ($interview IS NULL OR t.interview = $interview) AND ($coder IS NULL OR r.coder = $coder) AND ($role = 'any' OR t.role = $role)
WITH t, c, r, r.coder + ' (' + r.round + ')' AS who ORDER BY c.name, who, r.label
WITH t, collect(DISTINCT c.name) AS codes, collect(DISTINCT r.label) AS labels,
     collect(DISTINCT CASE size($code) WHEN 1 THEN who ELSE c.name + ': ' + who END) AS coded_by,
     collect(coalesce(r.label_without_underline, false)) AS tails, collect(r) AS given
ORDER BY coalesce(t.role, '') = 'interviewer', toInteger(t.interview), t.interview, t.index, t.id
LIMIT $limit
UNWIND given AS r
WITH t, codes, labels, coded_by, all(x IN tails WHERE x) AS tail, r, coalesce(r.start, 0) AS start, coalesce(r.end, 0) AS stop
ORDER BY start, stop, r.quote
WITH t, codes, labels, coded_by, tail, [m IN collect([start, stop, r.quote]) WHERE m[2] IS NOT NULL] AS marks
WITH t, codes, labels, coded_by, tail, marks,
     all(m IN marks WHERE substring(t.text, m[0], m[1] - m[0]) = m[2]) AS exact,
     // Marks that overlap or touch are one passage.
     reduce(spans = [], m IN marks |
       CASE WHEN size(spans) = 0 OR m[0] > spans[size(spans) - 1][1] + 1 THEN spans + [[m[0], m[1]]]
            WHEN m[1] <= spans[size(spans) - 1][1] THEN spans
            ELSE spans[0..size(spans) - 1] + [[spans[size(spans) - 1][0], m[1]]] END) AS spans
WITH t, codes, labels, coded_by, tail,
     CASE WHEN size(marks) = 0 THEN [t.text]
          WHEN exact THEN [s IN spans | substring(t.text, s[0], s[1] - s[0])]
          ELSE reduce(found = [], m IN marks | CASE WHEN m[2] IN found THEN found ELSE found + [m[2]] END) END AS pieces
OPTIONAL MATCH (t)-[:CODED_AS]->(o:Concept) WHERE NOT o.name IN codes
WITH t, codes, labels, coded_by, tail, pieces, o ORDER BY o.name
WITH t, codes, labels, coded_by, tail, pieces, collect(DISTINCT o.name) AS other_codes
MATCH (t)<-[:NEXT*0../*$context*/0]-(b:Turn)
WITH t, codes, labels, coded_by, tail, pieces, other_codes, b ORDER BY b.index
WITH t, codes, labels, coded_by, tail, pieces, other_codes,
     [x IN collect(b) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS before
MATCH (t)-[:NEXT*0../*$context*/0]->(a:Turn)
WITH t, codes, labels, coded_by, tail, pieces, other_codes, before, a ORDER BY a.index
WITH t, codes, labels, coded_by, tail, pieces, other_codes, before,
     [x IN collect(a) WHERE x.id <> t.id | coalesce(x.speaker + ': ' + x.text, x.text)] AS after
RETURN t.interview AS interview, t.id AS turn, t.role AS role, t.speaker AS speaker, codes, coded_by, labels,
       other_codes, tail, reduce(said = head(pieces), x IN tail(pieces) | said + ' … ' + x) AS quote, before, after
ORDER BY coalesce(role, '') = 'interviewer', toInteger(interview), interview, t.index, turn
