// title = "Issues nobody told a fix for"
// topic = "Fixes"
// description = "Issues that are coded or told of in a relation, and for which there is no fix."
// columns.interviews = "number of interviews with a passage coded so"
// columns.passages = "number of turns coded so"
// columns.effects = "number of effects told of it"
// columns.failed = "what was said not to fix it"
MATCH (i:Issue)
WHERE NOT (i)-[:HAS_FIX]->(:Concept)
OPTIONAL MATCH (i)<-[:CODED_AS]-(t:Turn)
WITH i, count(DISTINCT t.interview) AS interviews, count(DISTINCT t.id) AS passages
OPTIONAL MATCH (i)-[:CAUSES]->(e:Concept)
WITH i, interviews, passages, count(e) AS effects
OPTIONAL MATCH (i)-[:NOT_FIXED_BY]->(f:Concept)
WITH i, interviews, passages, effects, f ORDER BY f.name
RETURN i.name AS issue, i.category AS category, interviews, passages, effects, collect(f.name) AS failed
ORDER BY interviews DESC, passages DESC, issue
