// title = "What each interview holds"
// topic = "Interviews"
// description = "Turns, codes, statements and coders of each interview."
// params.interview = { type = "interview", help = "only this one" }
// columns.coded_turns = "number of turns with at least one code"
// columns.codings = "number of times a code was given, each coder's counted; a code on two passages of a turn counts twice"
// columns.codes = "number of different codes"
// columns.interviewees = "number of speakers whose label says that they are interviewees"
// columns.claims = "number of statements of a cause, a fix or a detection"
// columns.coders = "coder and round, of those whose export shows codes"
// columns.without_codes = "coder and round whose export shows no codes, which does not say that nothing was coded"
MATCH (i:Interview)
WHERE $interview IS NULL OR i.id = $interview
OPTIONAL MATCH (i)-[:HAS_TURN]->(t:Turn)
WITH i, count(t) AS turns
// Only coded turns from here on: most have no code.
OPTIONAL MATCH (i)-[:HAS_TURN]->(t:Turn)-[r:CODED_AS]->(c:Concept)
WITH i, turns, count(r) AS codings, count(DISTINCT c.name) AS codes, count(DISTINCT t.id) AS coded_turns
OPTIONAL MATCH (p:Speaker)-[:TOOK_PART_IN]->(i)
WITH i, turns, codings, codes, coded_turns, count(DISTINCT CASE p.role WHEN 'interviewee' THEN p.id ELSE null END) AS interviewees
OPTIONAL MATCH (k:Claim {interview: i.id})
WITH i, turns, codings, codes, coded_turns, interviewees, count(k) AS claims
OPTIONAL MATCH (w:Coder)-[d:CODED]->(i)
WITH i, turns, codings, codes, coded_turns, interviewees, claims, w, d ORDER BY w.name, d.round
RETURN i.id AS interview, i.title AS title, turns, interviewees, coded_turns, codings, codes, claims,
       [x IN collect(CASE d.codes_exported WHEN true THEN w.name + ' (' + d.round + ')' ELSE null END) WHERE x IS NOT NULL] AS coders,
       [x IN collect(CASE d.codes_exported WHEN false THEN w.name + ' (' + d.round + ')' ELSE null END) WHERE x IS NOT NULL] AS without_codes
ORDER BY toInteger(interview), interview
