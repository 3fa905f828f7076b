// title = "What an issue or a cause leads to"
// topic = "Causes"
// description = "The direct effects of an issue or a cause, with who said so and in which words."
// params.issue = { type = "code", help = "the issue or cause", required = true }
// columns.interviews = "number of interviews in which somebody says so"
// columns.people = "number of people who say so; a speaker who cannot be told from others is not counted"
// columns.stated = "how explicit at best: stated, across-turns, coded or implied"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
UNWIND $issue AS name
MATCH (c:Concept {name: name})
MATCH p = (c)-[r:/*:causal*/CAUSES]->(e:Concept)
RETURN e.name AS effect, e.kind AS kind, c.name AS cause,
       size(r.interviews) AS interviews, size(r.people) AS people,
       r.stated AS stated, r.interviews AS told_in, r.quotes AS quotes,
       coalesce(r.catalogues, []) AS catalogues, p AS path
ORDER BY interviews DESC, people DESC, effect, cause
