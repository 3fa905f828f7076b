// title = "What lies around an issue"
// topic = "Issues"
// description = "The relations within one or two steps of an issue, and the catalogue's issue it falls under, to look at or draw."
// params.issue = { type = "code", help = "the issue", required = true }
// params.steps = { type = "int", help = "how far", default = 1, min = 1, max = 2 }
// columns.interviews = "number of interviews in which somebody says so"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
UNWIND $issue AS name
MATCH (i:Concept {name: name})
MATCH p = (i)-[:BROADER|/*:relations*/CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY*1..2]-(:Concept)
WHERE length(p) <= $steps
WITH p, last(relationships(p)) AS r ORDER BY length(p), [n IN nodes(p) | n.name], [s IN relationships(p) | type(s)], [s IN relationships(p) | startNode(s).name]
WITH startNode(r) AS a, endNode(r) AS b, r, collect(p) AS paths
RETURN a.name AS from, type(r) AS relation, b.name AS to, size(coalesce(r.interviews, [])) AS interviews,
       r.stated AS stated, coalesce(r.interviews, []) AS told_in, coalesce(r.quotes, []) AS quotes,
       coalesce(r.catalogues, []) AS catalogues, paths[0] AS path
ORDER BY from, relation, to
