// title = "Causal chains to an issue"
// topic = "Causes"
// description = "Every path of causes to an issue, from one cause or from all, and who told it whole."
// params.effect = { type = "code", help = "the issue at the end", required = true }
// params.cause = { type = "code", help = "the cause at the beginning" }
// params.depth = { type = "int", help = "longest chain, in links", default = 5, min = 1, max = 8, literal = true }
// params.told = { type = "choice", help = "only chains that one person told whole, only those stitched from several people, or only those with a link from a catalogue alone", choices = ["any", "whole", "stitched", "catalogue"], default = "any" }
// params.interview = { type = "interview", help = "only chains that somebody told whole in this interview" }
// params.limit = { type = "int", help = "at most so many chains", default = 50, min = 1, max = 1000 }
// steps.chains = "chains"
// columns.links = "number of links in the chain"
// columns.told = "whole: one person told every link; stitched: no one person is known to have told them all; catalogue: a link that nobody told, but a catalogue states"
// columns.told_by = "interviews in which one person told every link; none if the chain is stitched from several people"
// columns.tellers = "people who told every link, as interview/speaker"
// columns.weakest = "how explicit its least explicit link is: stated, across-turns, coded or implied"
// columns.weight = "number of people who tell the link that fewest tell; one who cannot be told from others is not counted"
// columns.quotes = "words behind each link, one quote for each, of somebody who told the chain whole where there is one"
// columns.catalogues = "catalogues that state a link; they count as nobody"
// returns = "graph"
CALL {
  // kb finds the chains: those told whole by following one person's links at a time.
  UNWIND coalesce($chains, []) AS chain
  RETURN chain
  UNION ALL
  // Where nobody did ($chains is null, as in Neo4j Browser), all are walked, up to 20,000 of them.
  UNWIND CASE WHEN $chains IS NULL THEN $effect ELSE [] END AS name
  MATCH (e:Concept {name: name})
  MATCH p = (e)<-[:/*:causal*/CAUSES*1../*$depth*/5]-(c:Concept)
  WHERE $cause IS NULL OR c.name IN $cause
  WITH reverse([n IN nodes(p) | n.name]) AS chain
  WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..])
  RETURN chain
  LIMIT 20000
}
UNWIND range(0, size(chain) - 2) AS at
MATCH (a:Concept {name: chain[at]})
MATCH (a)-[r:/*:causal*/CAUSES]->(b:Concept {name: chain[at + 1]})
WITH chain, at, a, r, b ORDER BY chain, at
WITH chain, collect(a) AS causes, collect(r) AS links, collect(b) AS effects
WITH chain, causes, links, effects,
     [who IN links[0].people WHERE all(r IN links WHERE who IN r.people)] AS tellers
WITH chain, causes, links, effects, tellers,
     [i IN links[0].interviews WHERE any(who IN tellers WHERE who STARTS WITH i + '/')] AS told_by
WITH chain, causes, links, effects, tellers, told_by,
     CASE WHEN any(r IN links WHERE size(r.interviews) = 0) THEN 'catalogue'
          WHEN size(told_by) > 0 THEN 'whole' ELSE 'stitched' END AS told
WHERE ($told = 'any' OR told = $told) AND ($interview IS NULL OR $interview IN told_by)
WITH chain, causes, links, effects, tellers, told_by, told
ORDER BY size(told_by) DESC, told = 'catalogue', size(chain), chain
LIMIT $limit
RETURN chain, size(links) AS links, told, told_by, tellers,
       CASE WHEN any(r IN links WHERE r.stated = 'implied') THEN 'implied'
            WHEN any(r IN links WHERE r.stated = 'coded') THEN 'coded'
            WHEN any(r IN links WHERE r.stated = 'across-turns') THEN 'across-turns'
            ELSE 'stated' END AS weakest,
       reduce(least = size(links[0].people), r IN links | CASE WHEN size(r.people) < least THEN size(r.people) ELSE least END) AS weight,
       [r IN links | CASE WHEN size(told_by) > 0
                          THEN head([q IN r.quotes WHERE q STARTS WITH told_by[0] + ': ' OR q STARTS WITH tellers[0] + ': '] + r.quotes)
                          ELSE head(r.quotes) END] AS quotes,
       reduce(found = [], r IN links | found + [c IN coalesce(r.catalogues, []) WHERE NOT c IN found]) AS catalogues,
       reduce(walk = [last(effects)], at IN range(size(links) - 1, 0, -1) | walk + [links[at], causes[at]]) AS path
ORDER BY size(told_by) DESC, told = 'catalogue', size(chain), chain
