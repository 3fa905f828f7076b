// title = "Passages coded with a code"
// topic = "Evidence"
// description = "Every passage of a code in people's words: interview, speaker, and who coded it so."
// params.code = { type = "code", help = "the code", required = true }
// params.interview = { type = "interview", help = "only this interview" }
// columns.quote = "the marked words, or the whole turn where no words are marked"
// columns.label = "the code as the coder's file writes it"
// columns.tail = "true where the label is beside the turn but none of its words is marked: the end of a selection that began before"
UNWIND $code AS name
MATCH (c:Concept {name: name})
MATCH (c)<-[r:CODED_AS]-(t:Turn)
WHERE $interview IS NULL OR t.interview = $interview
RETURN t.interview AS interview, t.id AS turn, t.speaker AS speaker, c.name AS code, r.label AS label,
       r.coder AS coder, r.round AS round, coalesce(r.label_without_underline, false) AS tail,
       coalesce(r.quote, t.text) AS quote
ORDER BY toInteger(interview), interview, t.index, turn, code, coder, round, label, quote
