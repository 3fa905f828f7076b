// title = "What the catalogue holds"
// topic = "Catalogue"
// description = "Each issue of the catalogue with its quality attribute, the interviews that speak of it, its causes and its fixes."
// params.issue = { type = "code", help = "only this issue (its id, or words of its name)" }
// params.attribute = { type = "str", help = "only this quality attribute" }
// columns.interviews = "number of interviews with a passage coded with a code that falls under it"
// columns.passages = "number of turns coded so"
// columns.codes = "codes of the interviews that fall under it"
// columns.causes = "causes that the catalogue names"
// columns.leads_to = "consequences that the catalogue names"
// columns.fixes = "fixes that the catalogue names"
// columns.cite = "the publication to cite for it"
// returns = "graph"
MATCH (i:Concept)-[:IN_CATALOGUE]->(g:Catalogue)
WHERE ($issue IS NULL OR i.name IN $issue) AND ($attribute IS NULL OR toLower(i.attribute) = toLower($attribute))
OPTIONAL MATCH (i)<-[:BROADER]-(c:Concept)
WITH i, g, c ORDER BY c.name
WITH i, g, collect(DISTINCT c.name) AS codes
OPTIONAL MATCH (t:Turn)-[:CODED_AS]->(c:Concept)-[:BROADER]->(i)
WITH i, g, codes, count(DISTINCT t.interview) AS interviews, count(DISTINCT t.id) AS passages
OPTIONAL MATCH p = (i)<-[r:/*:causal*/CAUSES]-(x:Concept) WHERE g.id IN r.catalogues
WITH i, g, codes, interviews, passages, x, p ORDER BY x.name
WITH i, g, codes, interviews, passages, collect(x.name) AS causes, collect(p) AS cause_paths
OPTIONAL MATCH p = (i)-[r:/*:causal*/CAUSES]->(x:Concept) WHERE g.id IN r.catalogues
WITH i, g, codes, interviews, passages, causes, cause_paths, x, p ORDER BY x.name
WITH i, g, codes, interviews, passages, causes, cause_paths, collect(x.name) AS leads_to, collect(p) AS effect_paths
OPTIONAL MATCH p = (i)-[r:HAS_FIX]->(x:Concept) WHERE g.id IN r.catalogues
WITH i, g, codes, interviews, passages, causes, cause_paths, leads_to, effect_paths, x, p ORDER BY x.name
WITH i, g, codes, interviews, passages, causes, cause_paths, leads_to, effect_paths, collect(x.name) AS fixes, collect(p) AS fix_paths
RETURN i.ref AS id, i.name AS issue, i.attribute AS attribute, interviews, passages, codes, causes, leads_to, fixes,
       i.description AS description, coalesce('doi:' + g.doi, g.citation) AS cite, g.id AS catalogue,
       cause_paths + effect_paths + fix_paths AS path
ORDER BY catalogue, id
