// title = "The causal map: all causes and fixes that people tell"
// topic = "Causes"
// description = "One row for each link, those told in most interviews first: who causes what, and what fixes it. With a zoom, links are led to the category or the catalogue's issue that their ends fall under, and summed: a person who tells several of them counts once. What falls under none stands for itself."
// params.zoom = { type = "choice", help = "sum links by the category of the codes, or by the catalogue's issue that they fall under", choices = ["none", "category", "catalogue"], default = "none" }
// params.min_interviews = { type = "int", help = "only links told in so many interviews at least, after the zoom", default = 0, min = 0, max = 100000 }
// params.min_people = { type = "int", help = "only links told by so many people at least, after the zoom", default = 0, min = 0, max = 100000 }
// params.top = { type = "int", help = "at most so many links, those told in most interviews", default = 300, min = 1, max = 100000 }
// params.told = { type = "choice", help = "what people tell; only causes of a chain of two links or more that one person told whole, with the fixes that the same person tells of what stands in it; only the others; or what only a catalogue states too", choices = ["people", "whole", "stitched", "any"], default = "people" }
// params.without_fixes = { type = "bool", help = "only causes: no fixes, failed fixes and detections", default = false }
// params.interview = { type = "interview", help = "only links that this interview tells; their numbers count all" }
// params.category = { type = "str", help = "only links with an end in this category of the codebook" }
// columns.interviews = "number of interviews in which somebody says so"
// columns.people = "number of people who say so; a speaker who cannot be told from others is not counted"
// columns.claims = "number of statements, one for each person, link and passage read"
// columns.links = "number of links between concepts that are summed in the row; from and to are the same for those that stay within"
// columns.summed = "the links that are summed; evidence-of-relation shows who says each"
// columns.stated = "how explicit at best: stated, across-turns, coded or implied"
// columns.quotes = "words behind the link; of summed links one quote of each"
// columns.catalogues = "catalogues that state it; they count as nobody"
// returns = "graph"
CALL {
  MATCH (a:Concept)-[r:/*:causal*/CAUSES]->(b:Concept)
  RETURN a, r, b, false AS remedy
  UNION ALL
  MATCH (a:Concept)-[r:/*:remedies*/HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(b:Concept)
  WHERE NOT $without_fixes
  RETURN a, r, b, true AS remedy
}
WITH a, r, b, remedy
WHERE ($told = 'any' OR (size(r.interviews) > 0 AND ($told <> 'whole' OR a.name <> b.name)))
  AND ($interview IS NULL OR $interview IN r.interviews)
  AND ($category IS NULL OR EXISTS { MATCH (a)-[:IN_CATEGORY]->(g:Category) WHERE g.name = $category }
                         OR EXISTS { MATCH (b)-[:IN_CATEGORY]->(g:Category) WHERE g.name = $category })
// A link is on a chain that one person told whole if the same person tells one that leads to it, or on from it;
// a fix belongs to the chain if its issue stands in it: first, between, or last.
WITH a, r, b, remedy
WHERE $told = 'people' OR $told = 'any' OR ($told = 'whole') = (
     (NOT remedy AND a.name <> b.name AND (
     EXISTS { MATCH (b)-[next:/*:causal*/CAUSES]->(c:Concept)
              WHERE c.name <> a.name AND c.name <> b.name AND any(who IN r.people WHERE who IN next.people) }
     OR EXISTS { MATCH (a)<-[before:/*:causal*/CAUSES]-(c:Concept)
                 WHERE c.name <> a.name AND c.name <> b.name AND any(who IN r.people WHERE who IN before.people) }))
   OR (remedy AND a.name <> b.name AND (
     EXISTS { MATCH (a)-[one:/*:causal*/CAUSES]->(c:Concept)-[two:/*:causal*/CAUSES]->(d:Concept)
              WHERE c.name <> a.name AND d.name <> a.name AND c.name <> d.name
                AND any(who IN r.people WHERE who IN one.people AND who IN two.people) }
     OR EXISTS { MATCH (c:Concept)-[one:/*:causal*/CAUSES]->(a)-[two:/*:causal*/CAUSES]->(d:Concept)
                 WHERE c.name <> a.name AND d.name <> a.name AND c.name <> d.name
                   AND any(who IN r.people WHERE who IN one.people AND who IN two.people) }
     OR EXISTS { MATCH (d:Concept)-[one:/*:causal*/CAUSES]->(c:Concept)-[two:/*:causal*/CAUSES]->(a)
                 WHERE c.name <> a.name AND d.name <> a.name AND c.name <> d.name
                   AND any(who IN r.people WHERE who IN one.people AND who IN two.people) })))
OPTIONAL MATCH (a)-[up:IN_CATEGORY|BROADER]->(wide)
WHERE ($zoom = 'category' AND type(up) = 'IN_CATEGORY') OR ($zoom = 'catalogue' AND type(up) = 'BROADER')
WITH a, r, b, remedy, coalesce(wide, a) AS source
// A fix falls under the catalogue's issue that it fixes, and is no issue itself: it is led nowhere else.
OPTIONAL MATCH (b)-[up:IN_CATEGORY|BROADER]->(wide)
WHERE ($zoom = 'category' AND type(up) = 'IN_CATEGORY')
   OR ($zoom = 'catalogue' AND type(up) = 'BROADER' AND (NOT remedy OR wide.name = source.name))
WITH a, r, b, source, coalesce(wide, b) AS target
ORDER BY size(r.interviews) DESC, size(r.people) DESC, a.name, type(r), b.name
WITH source, type(r) AS type, target, collect(r) AS rels, collect(a.name + ' → ' + b.name) AS summed
WITH source, type, target, rels, summed,
     // Lists of one link are taken as they are: adding them up compares each name with all before it.
     CASE WHEN size(rels) = 1 THEN coalesce(rels[0].interviews, [])
          ELSE reduce(found = [], r IN rels | found + [i IN r.interviews WHERE NOT i IN found]) END AS told_in,
     /*:kinds*/[['CAUSES', 'causes', 'causes', 'causes'],
      ['HAS_FIX', 'fixes', 'fixed by', 'fixes'], ['NOT_FIXED_BY', 'does-not-fix', 'not fixed by', 'does not fix'],
      ['DETECTED_BY', 'detects', 'shown by', 'detects']] AS kinds
UNWIND CASE WHEN size(told_in) = 0 THEN [null] ELSE told_in END AS interview
WITH source, type, target, rels, summed, kinds, interview ORDER BY toInteger(interview), interview
WITH source, type, target, rels, summed, kinds, collect(interview) AS told_in
WITH source, type, target, rels, summed, told_in, head([kind IN kinds WHERE kind[0] = type | kind[2]]) AS relation,
     CASE WHEN size(rels) = 1 THEN coalesce(rels[0].people, [])
          ELSE reduce(found = [], r IN rels | found + [who IN r.people WHERE NOT who IN found]) END AS tellers,
     reduce(sum = 0, r IN rels | sum + r.claims) AS claims,
     CASE WHEN any(r IN rels WHERE r.stated = 'stated') THEN 'stated'
          WHEN any(r IN rels WHERE r.stated = 'across-turns') THEN 'across-turns'
          WHEN any(r IN rels WHERE r.stated = 'coded') THEN 'coded'
          WHEN any(r IN rels WHERE r.stated = 'implied') THEN 'implied' END AS stated,
     CASE WHEN size(rels) = 1 THEN coalesce(rels[0].quotes, [])
          ELSE [r IN rels WHERE size(coalesce(r.quotes, [])) > 0 | head(r.quotes)] END AS quotes,
     reduce(found = [], r IN rels | found + [c IN coalesce(r.catalogues, []) WHERE NOT c IN found]) AS catalogues
WHERE size(told_in) >= $min_interviews AND size(tellers) >= $min_people
WITH source, relation, target, rels, told_in, tellers, claims, stated, quotes, catalogues,
     CASE $zoom WHEN 'none' THEN [] ELSE summed END AS summed, CASE $zoom WHEN 'none' THEN null ELSE size(rels) END AS links,
     {type: type, interviews: told_in, people: tellers, claims: claims, stated: stated, quotes: quotes,
      catalogues: catalogues, links: size(rels)} AS sum
RETURN source.name AS from, relation, target.name AS to, size(told_in) AS interviews, size(tellers) AS people, claims,
       links, stated, told_in, summed, quotes, catalogues,
       CASE $zoom WHEN 'none' THEN [source, rels[0], target] ELSE [source, sum, target] END AS path
ORDER BY interviews DESC, people DESC, claims DESC, from, relation, to
LIMIT $top
