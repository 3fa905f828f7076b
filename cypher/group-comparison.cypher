// title = "What one group of people speaks of more than another"
// topic = "People"
// description = "Issues and relations by an attribute of the participants, with how many people of each group speak of them, and how probable such a difference is by chance."
// params.attribute = { type = "str", help = "attribute of the participants, such as their sector", required = true }
// params.what = { type = "choice", help = "only issues that people speak of, or only relations that they tell", choices = ["any", "issue", "relation"], default = "any" }
// params.split = { type = "float", help = "where an attribute of numbers is split into two groups; without it, at its median where there are many numbers" }
// params.least = { type = "int", help = "only what so many people at least speak of", default = 2, min = 1, max = 1000 }
// params.limit = { type = "int", help = "at most so many", default = 30, min = 1, max = 10000 }
// steps.compared = "groups"
// columns.what = "issue: a passage of theirs is coded so, or they tell a relation of it; relation: they tell it"
// columns.people = "number of people of the group who do"
// columns.of = "number of people in the group of whom something is coded or told"
// columns.others = "number of people of all other groups who do"
// columns.of_others = "number of people in all other groups"
// columns.p = "Fisher's exact test, two-sided: how probable a difference as large is if the group has nothing to do with it"
// columns.p_holm = "p, adjusted for the number of tests (Holm); what is small here is no accident of many tests"
CALL {
  // kb counts the people and tests the difference.
  UNWIND coalesce($compared, []) AS row
  RETURN row
  UNION ALL
  // Where nobody did ($compared is null, as in Neo4j Browser), people are counted by who speaks.
  MATCH (v:Variable)<-[h:HAS_VALUE]-(p:Participant)
  WHERE $compared IS NULL AND v.name = $attribute
  MATCH (p)-[:SPEAKS_AS]->(:Speaker)<-[:SPOKEN_BY]-(:Turn)-[:CODED_AS]->(c:Issue)
  WITH c.name AS item, $attribute + '=' + toString(h.value) AS grp, count(DISTINCT p.name) AS people
  RETURN {what: 'issue', item: item, group: grp, people: people} AS row
}
RETURN row.what AS what, row.item AS item, row.group AS group, row.people AS people, row.of AS of,
       row.others AS others, row.of_others AS of_others, row.p AS p, row.p_holm AS p_holm
ORDER BY p, people DESC, others DESC, what, item, group
