// title = "What would be cut off if this were fixed"
// topic = "Causes"
// description = "Causes by the effects that would have no root cause left if they were fixed: every chain from a cause without a cause of its own leads over them, or begins there. With an issue, what fixing it and all that falls under it would cut off."
// params.issue = { type = "code", help = "only this one, fixed with all that falls under it; without it, each cause alone" }
// params.limit = { type = "int", help = "at most so many", default = 20, min = 1, max = 1000 }
// steps.found = "cut-off"
// columns.cut_off = "number of issues and other effects that would have no root cause left; what only a loop leads to has none before"
// columns.leads_to = "number of issues and other effects that it leads to at all, however far"
// columns.effects = "those that would be cut off"
// columns.interviews = "number of interviews in which it is told as a cause"
// columns.fixes = "number of different fixes that somebody tells of it; 0 where a fix is still wanted"
CALL {
  // kb finds what every chain from a root passes (dominators).
  UNWIND coalesce($found, []) AS row
  RETURN row.cause AS cause, row.effects AS effects, row.leads_to AS leads_to
  UNION ALL
  // Where nobody did ($found is null, as in Neo4j Browser), what all walks of up to six links from roots to an effect
  // have in common is found: for as much of the graph as 20,000 walks reach.
  MATCH (root:Concept)-[out:/*:causal*/CAUSES]->(:Concept)
  WHERE $found IS NULL AND size(out.interviews) > 0
  WITH DISTINCT root
  OPTIONAL MATCH (root)<-[into:/*:causal*/CAUSES]-(:Concept) WHERE size(into.interviews) > 0
  WITH root, count(into) AS causes
  WHERE causes = 0
  MATCH p = (root)-[:/*:causal*/CAUSES*1..6]->(:Concept)
  WHERE all(r IN relationships(p) WHERE size(r.interviews) > 0)
  WITH [n IN nodes(p) | n.name] AS walk LIMIT 20000
  WITH last(walk) AS effect, collect(walk) AS walks ORDER BY effect
  WITH effect, reduce(common = walks[0], walk IN walks | [name IN common WHERE name IN walk]) AS common, walks
  WITH collect([effect, common, all(walk IN walks WHERE any(name IN walk WHERE name IN coalesce($issue, [])))]) AS ends
  MATCH (a:Concept)-[r:/*:causal*/CAUSES]->(b:Concept)
  WHERE $found IS NULL AND size(r.interviews) > 0 AND a.name <> b.name AND ($issue IS NULL OR a.name IN $issue)
  WITH DISTINCT ends, a
  MATCH p = (a)-[:/*:causal*/CAUSES*1..6]->(e:Concept)
  WHERE all(r IN relationships(p) WHERE size(r.interviews) > 0) AND e.name <> a.name AND NOT e.name IN coalesce($issue, [])
  WITH ends, CASE WHEN $issue IS NULL THEN a.name ELSE $issue[0] END AS cause, e
  WITH ends, cause, count(DISTINCT e.name) AS leads_to
  RETURN cause, [end IN ends WHERE end[0] <> cause AND NOT end[0] IN coalesce($issue, [])
                             AND (cause IN end[1] AND $issue IS NULL OR end[2]) | end[0]] AS effects, leads_to
}
MATCH (c:Concept {name: cause})
WITH c, effects, leads_to
OPTIONAL MATCH (c)-[r:/*:causal*/CAUSES]->(:Concept)
WITH c, effects, leads_to, collect(r.interviews) AS lists
WITH c, effects, leads_to, reduce(found = [], list IN lists | found + [i IN list WHERE NOT i IN found]) AS told_in
OPTIONAL MATCH (c)-[h:HAS_FIX]->(f:Concept) WHERE size(h.interviews) > 0
WITH c, effects, leads_to, told_in, count(f) AS fixes
RETURN c.name AS cause, c.kind AS kind, size(effects) AS cut_off, leads_to, effects, size(told_in) AS interviews, fixes
ORDER BY cut_off DESC, leads_to DESC, interviews DESC, cause
LIMIT $limit
