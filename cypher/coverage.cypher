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
OPTIONAL MATCH (t)-[r:CODED_AS]->(c:Concept)
WHERE $coder IS NULL OR r.coder = $coder
WITH i, coders, t, coalesce(t.role, '') = 'interviewee' AS answer, collect(c.name) AS given,
     count(CASE c.kind WHEN 'question' THEN null ELSE c.name END) AS findings
WITH i, coders, sum(CASE WHEN answer AND size(given) > 0 AND findings = 0 THEN 1 ELSE 0 END) AS questions_only,
     collect(CASE WHEN answer THEN given ELSE null END) AS answers,
     collect(CASE WHEN answer THEN null ELSE given END) AS others
WITH i, coders, questions_only, size(answers) AS turns, size([x IN answers WHERE size(x) > 0]) AS coded,
     size([x IN others WHERE size(x) > 0]) AS coded_elsewhere, answers + others AS all_given
UNWIND CASE WHEN size(all_given) = 0 THEN [[]] ELSE all_given END AS given
UNWIND CASE WHEN size(given) = 0 THEN [null] ELSE given END AS code
WITH i, coders, questions_only, turns, coded, coded_elsewhere, count(DISTINCT code) AS codes
RETURN i.id AS interview, coders, turns, coded,
       CASE WHEN size(coders) = 0 OR turns = 0 THEN null ELSE round(1.0 * coded / turns, 3) END AS share,
       coded_elsewhere, questions_only, codes
ORDER BY toInteger(interview), interview
