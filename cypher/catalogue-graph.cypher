// title = "The catalogue as a graph"
// topic = "Catalogue"
// description = "Every relation that the catalogue states, and the codes that fall under its issues, to look at or draw."
// params.issue = { type = "code", help = "only this issue (its id, or words of its name)" }
// params.attribute = { type = "str", help = "only this quality attribute" }
// params.codes = { type = "bool", help = "with the codes that fall under the issues", default = true }
// columns.interviews = "number of interviews: in which somebody says so too; for a code, that have a passage coded so"
// columns.quotes = "the catalogue's words, with what they rest on"
// columns.cite = "the publication to cite for it"
// returns = "graph"
MATCH (i:Concept)-[:IN_CATALOGUE]->(g:Catalogue)
WHERE ($issue IS NULL OR i.name IN $issue) AND ($attribute IS NULL OR toLower(i.attribute) = toLower($attribute))
MATCH p = (i)-[r:HAS_FIX|BROADER|/*:causal*/CAUSES]-(x:Concept)
WHERE (type(r) = 'BROADER' AND $codes) OR g.id IN coalesce(r.catalogues, [])
WITH DISTINCT g, r, startNode(r) AS a, endNode(r) AS b, collect(p)[0] AS p
OPTIONAL MATCH (a)<-[:CODED_AS]-(t:Turn)
WITH g, r, a, b, p, count(DISTINCT t.interview) AS coded
RETURN a.name AS from, type(r) AS relation, b.name AS to,
       CASE type(r) WHEN 'BROADER' THEN coded ELSE size(r.interviews) END AS interviews,
       [q IN coalesce(r.quotes, []) WHERE q STARTS WITH g.id + ': '] AS quotes,
       coalesce('doi:' + g.doi, g.citation) AS cite, g.id AS catalogue, p AS path
ORDER BY catalogue, from, relation, to
