// title = "Passages that coders coded differently"
// topic = "Codes"
// description = "For each turn and code, who gave it and who did not. A coder whose export shows no codes takes no part, and a turn that only one file has is left out."
// params.interview = { type = "interview", help = "only this interview" }
// params.code = { type = "code", help = "only this code" }
// columns.coded_by = "coder and round that gave the code"
// columns.not_by = "coder and round that coded the interview, but did not give this code here"
// columns.tail_only = "true where nobody marked a word of the turn: the labels are ends of selections that began before"
MATCH (w:Coder)-[d:CODED]->(i:Interview)
WHERE d.codes_exported AND ($interview IS NULL OR i.id = $interview)
WITH i, w, d ORDER BY w.name, d.round
WITH i, collect(w.name + ' (' + d.round + ')') AS raters
WHERE size(raters) > 1
MATCH (i)-[:HAS_TURN]->(t:Turn)
MATCH (t)-[r:CODED_AS]->(c:Concept)
WHERE t.only_in IS NULL AND ($code IS NULL OR c.name IN $code)
WITH i, raters, t, c, r ORDER BY r.coder, r.round
WITH i, raters, t, c, collect(DISTINCT r.coder + ' (' + r.round + ')') AS coded_by,
     collect(coalesce(r.label_without_underline, false)) AS tails
WITH i, t, c, coded_by, tails, [x IN raters WHERE NOT x IN coded_by] AS not_by
WHERE size(not_by) > 0
RETURN i.id AS interview, t.id AS turn, c.name AS code, coded_by, not_by, all(x IN tails WHERE x) AS tail_only,
       t.speaker AS speaker, t.text AS text
ORDER BY toInteger(interview), interview, t.index, turn, code
