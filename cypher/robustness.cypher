// title = "How many people a causal argument rests on"
// topic = "Causes"
// description = "The least number of people whose word must be doubted before no chain of causes leads from one to the other: no chain told whole, and no chain at all, however long; who they are, and the chain that most people stand behind."
// params.effect = { type = "code", help = "the issue at the end", required = true }
// params.cause = { type = "code", help = "the cause at the beginning", required = true }
// steps.doubt = "doubt"
// columns.chains = "which chains: those that one person told whole, or all, those stitched from several people too"
// columns.people = "the least number of people who must be doubted; a link falls with the last who tells it"
// columns.at_most = "the same, where kb knows it for sure; more where the search was ended before"
// columns.doubted = "such people, as interview/speaker; there may be other groups as small; ? where they cannot be told from others"
// columns.cut = "links that then fall, without which no chain is left"
// columns.weight = "number of people who tell the weakest link of the strongest chain; one who cannot be told from others is not counted"
// columns.strongest_chain = "the chain whose weakest link most people tell; of several the shortest"
CALL {
  // kb finds the people: a minimum cut in which one person stands on several links.
  UNWIND coalesce($doubt, []) AS found
  RETURN found
  UNION ALL
  // Where nobody did ($doubt is null, as in Neo4j Browser), those are counted who told a chain of up to five links whole.
  MATCH (c:Concept)
  WHERE $doubt IS NULL AND c.name IN $cause
  MATCH p = (c)-[:/*:causal*/CAUSES*1..5]->(e:Concept)
  WHERE e.name IN $effect
  WITH relationships(p) AS links, [n IN nodes(p) | n.name] AS chain
  WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
  UNWIND [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS who
  WITH DISTINCT who ORDER BY who
  WITH collect(who) AS people WHERE size(people) > 0
  RETURN {chains: 'told whole', least: size(people), most: size(people), doubted: people, cut: [], weight: null, strongest: []} AS found
}
RETURN found.chains AS chains, found.least AS people, found.most AS at_most, found.doubted AS doubted, found.cut AS cut,
       found.weight AS weight, found.strongest AS strongest_chain
ORDER BY chains DESC
