// title = "Feedback loops"
// topic = "Causes"
// description = "Chains of causes that lead back to where they began, each loop once, and who told it whole. Where there are more than the limit, those that one person told whole come first, then the shortest through each link."
// params.depth = { type = "int", help = "longest loop, in links", default = 5, min = 2, max = 8, literal = true }
// params.limit = { type = "int", help = "at most so many loops", default = 200, min = 1, max = 10000 }
// steps.loops = "loops"
// columns.told = "whole: one person told every link; stitched: no one person is known to have told them all; catalogue: a link that nobody told, but a catalogue states"
// columns.loop = "the concepts of the loop, the alphabetically first one at both ends"
// columns.links = "number of links in the loop"
// columns.told_by = "interviews in which one person told every link; none if it is stitched from several people"
// columns.catalogues = "catalogues that state a link; they count as nobody"
// returns = "graph"
CALL {
  // kb finds the loops, and which of them come first.
  UNWIND range(0, size(coalesce($loops, [])) - 1) AS rank
  RETURN rank, $loops[rank] AS loop
  UNION ALL
  // Where nobody did ($loops is null, as in Neo4j Browser), all are walked, up to 20,000 of them.
  MATCH (a:Concept)-[:/*:causal*/CAUSES]->(:Concept)
  WHERE $loops IS NULL
  WITH DISTINCT a
  MATCH p = (a)-[:/*:causal*/CAUSES*2../*$depth*/5]->(a)
  WHERE all(n IN tail(nodes(p)) WHERE n.name >= a.name)
  WITH [n IN nodes(p) | n.name] AS loop
  WHERE none(at IN range(1, size(loop) - 2) WHERE loop[at] IN loop[at + 1..])
  RETURN 0 AS rank, loop
  LIMIT 20000
}
UNWIND range(0, size(loop) - 2) AS at
MATCH (a:Concept {name: loop[at]})
MATCH (a)-[r:/*:causal*/CAUSES]->(b:Concept {name: loop[at + 1]})
WITH rank, loop, at, a, r, b ORDER BY rank, loop, at
WITH rank, loop, collect(a) AS causes, collect(r) AS links, collect(b) AS effects
WITH rank, loop, causes, links, effects,
     [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS tellers
WITH rank, loop, causes, links, effects, tellers,
     [i IN links[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
WITH rank, loop, causes, links, effects, tellers, told_by, size(links) AS length
ORDER BY rank, length, loop
LIMIT $limit
RETURN loop, length AS links,
       CASE WHEN any(r IN links WHERE size(r.interviews) = 0) THEN 'catalogue'
            WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told,
       told_by, tellers, [r IN links | head(r.quotes)] AS quotes,
       reduce(found = [], r IN links | found + [c IN coalesce(r.catalogues, []) WHERE NOT c IN found]) AS catalogues,
       reduce(walk = [causes[0]], at IN range(0, length - 1) | walk + [links[at], effects[at]]) AS path
ORDER BY rank, length, loop
