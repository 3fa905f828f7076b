// title = "Issues nobody told a fix for"
// topic = "Fixes"
// description = "Issues that are coded or told of in an interview, and for which nobody there told a fix."
// params.limit = { type = "int", help = "at most so many", default = 200, min = 1, max = 100000 }
// columns.interviews = "number of interviews in which it is coded or told of"
// columns.passages = "number of turns coded so"
// columns.effects = "number of effects that somebody tells of it"
// columns.failed = "what was said not to fix it"
// columns.catalogue_fixes = "what a catalogue gives for it, or for the issue that it falls under"
MATCH (i:Issue)
WHERE NOT EXISTS { MATCH (i)-[h:HAS_FIX]->(:Concept) WHERE size(h.interviews) > 0 }
  AND (EXISTS { MATCH (i)<-[:CODED_AS]-(:Turn) }
       OR EXISTS { MATCH (i)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE]-(k:Claim) WHERE k.interview IS NOT NULL })
OPTIONAL MATCH (i)<-[:CODED_AS]-(t:Turn)
WITH i, collect(DISTINCT t.interview) AS coded, count(DISTINCT t.id) AS passages
OPTIONAL MATCH (i)<-[:ABOUT_CAUSE|ABOUT_EFFECT|ABOUT_ISSUE]-(k:Claim)
WITH i, coded, passages, collect(DISTINCT k.interview) AS told
WITH i, passages, size(coded + [x IN told WHERE NOT x IN coded]) AS interviews
OPTIONAL MATCH (i)-[r:/*:causal*/CAUSES]->(e:Concept) WHERE size(r.interviews) > 0
WITH i, interviews, passages, count(e) AS effects
OPTIONAL MATCH (i)-[:NOT_FIXED_BY]->(f:Concept)
WITH i, interviews, passages, effects, f ORDER BY f.name
WITH i, interviews, passages, effects, collect(f.name) AS failed
OPTIONAL MATCH (i)-[:BROADER*0..2]->(b:Concept)-[h:HAS_FIX]->(g:Concept) WHERE size(h.interviews) = 0
WITH i, interviews, passages, effects, failed, g ORDER BY g.name
RETURN i.name AS issue, i.category AS category, interviews, passages, effects, failed,
       collect(DISTINCT g.name) AS catalogue_fixes
ORDER BY interviews DESC, passages DESC, issue
LIMIT $limit
