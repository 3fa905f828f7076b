// title = "How much of each interview is coded"
// topic = "Interviews"
// description = "The share of interviewees' turns that carry a code, by anyone or by one coder. Without an export that shows codes there is no share."
// params.interview = { type = "interview", help = "only this interview" }
// params.coder = { type = "coder", help = "only this coder's codes; without it, anyone's" }
// columns.coders = "coder and round, of those whose export shows codes"
// columns.turns = "number of turns said by an interviewee"
// columns.coded = "number of these with at least one code"
// columns.share = "coded turns by turns, from 0 to 1"
// columns.coded_elsewhere = "number of coded turns under an interviewer's label or none, not in the share"
// columns.questions_only = "number of coded turns in the share that carry only codes of the interview guide's questions"
// columns.codes = "number of different codes on all these turns"
MATCH (i:Interview)
WHERE $interview IS NULL OR i.id = $interview
OPTIONAL MATCH (w:Coder)-[d:CODED]->(i)
WHERE d.codes_exported AND ($coder IS NULL OR w.name = $coder)
WITH i, w, d ORDER BY w.name, d.round
WITH i, collect(w.name + ' (' + d.round + ')') AS coders
OPTIONAL MATCH (i)-[:HAS_TURN]->(t:Turn)
WITH i, coders, sum(CASE t.role WHEN 'interviewee' THEN 1 ELSE 0 END) AS turns
// Only coded turns from here on: most have no code.
OPTIONAL MATCH (i)-[:HAS_TURN]->(t:Turn)-[r:CODED_AS]->(c:Concept)
WHERE $coder IS NULL OR r.coder = $coder
WITH i, coders, turns, t.id AS turn, coalesce(t.role, '') = 'interviewee' AS answer, c.name AS code,
     coalesce(c.kind, '') = 'question' AS asked
WITH i, coders, turns, count(DISTINCT code) AS codes,
     count(DISTINCT CASE WHEN answer THEN turn ELSE null END) AS coded,
     count(DISTINCT CASE WHEN answer THEN null ELSE turn END) AS coded_elsewhere,
     count(DISTINCT CASE WHEN answer AND NOT asked THEN turn ELSE null END) AS findings
RETURN i.id AS interview, coders, turns, coded,
       CASE WHEN size(coders) = 0 OR turns = 0 THEN null ELSE round(1.0 * coded / turns, 3) END AS share,
       coded_elsewhere, coded - findings AS questions_only, codes
ORDER BY toInteger(interview), interview
