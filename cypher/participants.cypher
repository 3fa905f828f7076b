// title = "Who was interviewed, and what is known of them"
// topic = "People"
// description = "Each participant with the interviews and speakers that they are, and their attributes. An interview that nobody is named for has a row without a participant."
// columns.speakers = "who they are in the transcripts, as interview/speaker; none where that cannot be told"
// columns.attributes = "what is known of them, for --where"
// columns.turns = "number of turns that they say"
CALL {
  MATCH (p:Participant)
  OPTIONAL MATCH (p)-[:INTERVIEWED_IN]->(i:Interview)
  WITH p, i ORDER BY toInteger(i.id), i.id
  WITH p, collect(DISTINCT i.id) AS interviews
  OPTIONAL MATCH (p)-[:SPEAKS_AS]->(s:Speaker)
  WITH p, interviews, s ORDER BY s.id
  WITH p, interviews, collect(DISTINCT s.id) AS speakers
  OPTIONAL MATCH (p)-[:SPEAKS_AS]->(s:Speaker)<-[:SPOKEN_BY]-(t:Turn)
  WITH p, interviews, speakers, count(DISTINCT t.id) AS turns
  OPTIONAL MATCH (p)-[h:HAS_VALUE]->(v:Variable)
  WITH p, interviews, speakers, turns, v, h ORDER BY v.name, toString(h.value)
  RETURN p.name AS participant, interviews, speakers, turns,
         [x IN collect(DISTINCT v.name + '=' + toString(h.value)) WHERE x IS NOT NULL] AS attributes
  UNION ALL
  MATCH (i:Interview)
  WHERE NOT EXISTS { MATCH (i)<-[:INTERVIEWED_IN]-(:Participant) }
  OPTIONAL MATCH (i)<-[:TOOK_PART_IN]-(s:Speaker) WHERE s.role = 'interviewee'
  WITH i, s ORDER BY s.id
  WITH i, collect(s.id) AS speakers
  OPTIONAL MATCH (i)<-[:TOOK_PART_IN]-(s:Speaker)<-[:SPOKEN_BY]-(t:Turn) WHERE s.role = 'interviewee'
  RETURN null AS participant, [i.id] AS interviews, speakers, count(t) AS turns, [] AS attributes
}
RETURN participant, interviews, speakers, turns, attributes
ORDER BY participant IS NULL, participant, toInteger(interviews[0]), interviews[0]
