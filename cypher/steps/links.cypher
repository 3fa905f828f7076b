// Every causal link, with the people who tell it and the interviews in which it is told: what kb reads
// once where a query's header asks for a step (docs/queries.md). None of the interviews: a catalogue's.
MATCH (a:Concept)-[r:/*:causal*/CAUSES]->(b:Concept)
RETURN collect([a.name, b.name, coalesce(r.people, []), coalesce(r.interviews, [])]) AS links
