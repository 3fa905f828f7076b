// title = "What causes an issue"
// topic = "Causes"
// description = "The direct causes of an issue, with who said so and in which words."
// params.issue = { type = "code", help = "the issue", required = true }
// columns.interviews = "number of interviews in which somebody says so"
// columns.people = "number of people who say so; a speaker who cannot be told from others is not counted"
// columns.stated = "how explicit at best: stated, across-turns, coded or implied"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
UNWIND $issue AS name
MATCH (e:Concept {name: name})
MATCH p = (e)<-[r:/*:causal*/CAUSES]-(c:Concept)
RETURN c.name AS cause, c.kind AS kind, e.name AS effect,
       size(r.interviews) AS interviews, size(r.people) AS people,
       r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, p AS path
ORDER BY interviews DESC, people DESC, cause, effect
