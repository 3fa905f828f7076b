"""Words of heads, feet and legends, in the languages of the tools that write them."""

from __future__ import annotations

import re

TRANSCRIPT = (
    r"transcri(?:pt|pts|ption|ptions|be|bed)|transkript\w*|transkribier\w*|transcripci[oó]n|transcri[çc][ãa]o"
    r"|trascrizione|transcriptie|transkrypcj\w*|транскр\w*|расшифровк\w*|transkripsiyon|recording|aufzeichnung|aufnahme"
    r"|enregistrement|grabaci[oó]n|grava[çc][ãa]o|registrazione|opname|nagrani\w*|запись|kay[ıi]t|录音|錄音|文字起こし|转录|النص|تسجيل|תמלול|הקלטה"
)
STARTED = re.compile(
    rf"\S.{{0,80}}?(?:\b(?:started|stopped|began|ended|paused|resumed)\s+(?:the\s+)?(?:{TRANSCRIPT})"
    rf"|\bha[ts]?\s.{{0,20}}(?:{TRANSCRIPT})\s+(?:gestartet|beendet|angehalten)"
    rf"|\b(?:a|ha)\s+(?:démarré|lancé|commencé|arrêté|avviato|interrotto|iniziato|iniciado|detenido|parado)\s.{{0,12}}(?:{TRANSCRIPT})"
    rf"|\b(?:inició|detuvo|iniciou|interrompeu|parou)\s.{{0,6}}(?:{TRANSCRIPT})"
    rf"|(?:{TRANSCRIPT})\s+(?:gestart|gestopt|started|stopped|ended(?: after .{{1,30}})?))[.]?",
    re.IGNORECASE,
)
BY_TOOL = re.compile(
    r"(?:this |the )?(?:is an? )?(?:automatic(?:ally)? |machine[- ])?"
    r"(?:file |text |editable )?(?:transcribed|transcript|transcription|transcripts"
    r"|generated|created|recorded"
    r"|exported|powered|made|produced|transkribiert|erstellt|transcrit|transcrito|trascritto)\b"
    r".{0,60}\b(?:otter|rev\.com|rev\b|descript|trint|sonix|happy ?scribe|amberscript|whisper\w*|zoom|teams"
    r"|fireflies|temi|maxqda|f4\w*|notta|nvivo|inqscribe|otranscribe|noscribe|atrain|google|microsoft|youtube"
    r"|word|turboscribe|cockatoo|riverside|good ?tape|tactiq|transkriptor|scribie|elan|https?://\S+)\b.{0,60}",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"this (?:editable )?transcript was (?:computer[- ]generated|exported|automatically).*"
    r"|this transcript may contain errors.*|people can also change the text after it was created\.?"
    r"|(?:the )?transcri(?:pt|ption) (?:ended|ends|stopped)( after .{1,30})?\.?"
    r"|meeting ended after .{1,40}|(?:page|seite|página|pagina|strona|sayfa"
    r"|страница)\s+\d{1,4}(?:\s*(?:of|von|de|di|van|z|/|из)\s*\d{1,4})?"
    r"|[\[(<*\s-]*(?:end|begin(?:ning)?|start|ende|anfang|beginn|fin|début|inicio|fine|inizio|einde|koniec|son|конец)"
    rf"(?:\s+(?:of|des|der|de la|de|del|della|van|van het|von)?\s*(?:the\s+)?(?:{TRANSCRIPT}"
    rf"|interviews?|entretien|entrevista|intervista|audio))"
    r"[\])>*\s-]*\.?"
    r"|sonix (?:is the world['’]s|has many features).*|automatically convert your mp3 files to text.*"
    r"|untranscribed|summary keywords|audio file"
    r"|(?:https?|file)://\S{1,250}\s+\d{1,4}/\d{1,4}",  # a browser's, below a printed page
    re.IGNORECASE,
)
PAGE = re.compile(
    r"(?:page|seite|página|pagina|strona|sayfa|страница)\s+\d{1,4}(?:\s*(?:of|von|de|di|van|z|/|из)\s*\d{1,4})?",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_=*~#—–•.\s]{3,}")
LEGEND_WORD = re.compile(
    r"(?:legend\w*|key|persons?|people|personen|personnes|personas|persone|pessoas|osoby|kişiler|personer|henkilöt|abbreviations?|speakers?|participants?|attendees|legende|abkürzungen|kürzel|sprecher\w*|teilnehme\w*"
    r"|légende|locuteurs|intervenants|leyenda|hablantes|legenda|falantes|sprekers|mówcy|konuşmacılar|участники|говорящие)\s*[:：]?",
    re.IGNORECASE,
)
SECTION = re.compile(
    r"(?:summary|(?:summary )?keywords|action items|outline|overview|topics|notes|details|chapters?"
    r"|speakers|attendees|participants"
    r"|invited|attachments|agenda)\s*[:：]?",
    re.IGNORECASE,
)
HEAD_WORD = re.compile(
    rf"\b(?:{TRANSCRIPT}|interviews?|entretien|entrevista|intervista|wywiad|görüşme|интервью|meeting|besprechung|audio|video|podcast"
    r"|episode|duration|dauer|file|datei|date|datum|project|projekt|completed|january|february|march|april|june|july|august|september|october|november|december"
    r"|januar|februar|märz|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|octubre|diciembre)\b|访谈|採訪|采访|インタビュー|مقابلة|ראיון"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\.(?:mp3|mp4|m4a|wav|docx?|txt|pdf|ogg|mov)\b",
    re.IGNORECASE,
)
_MAIL = (
    r"from|to|cc|sent|von|an|gesendet|de|à|envoyé|para|enviado|da|van|aan"
    r"|subject|betreff|re|objet|asunto|oggetto|assunto|onderwerp|temat|konu|тема|件名|主题|主題"
)
#: The head of a mail: words that may also be labels (``Subject``, somebody called An).
MAIL = re.compile(_MAIL, re.IGNORECASE)
META = re.compile(
    r"(?:interview|entretien|entrevista|intervista|wywiad|görüşme|интервью|gespräch|transcript|transkript)"
    r"(?: \S{1,12}){0,2}|"
    r"(?:date|time|datum|zeit|uhrzeit|ort|place|location|lieu|lugar|luogo|fecha|data|duration|dauer|durée|duración|durata|durée|language|sprache"
    r"|langue|idioma|lingua|taal|title|titel|titre|título|titolo|file|datei|filename|fichier|archivo|project|projekt|projet|proyecto|progetto|study|studie"
    r"|interview|interview (?:no\.?|number|nr\.?|id|date)|id|nr|no|transcriber|transcribed by"
    r"|transkription|transkribent\w*|recorded|recording|recording date|aufnahme"
    r"|interviewers?|interviewees?|interviewer\w*|participants?|participant id|teilnehme\w*|befragte\w*"
    r"|attendees|speakers?|sprecher\w*|present|anwesend\w*|version|status|url|link"
    rf"|length|länge|longueur|{_MAIL}"
    r"|intervieweurs?|entrevistador\w*|intervistator\w*|moderator\w*|дата|место|tarih|yer|süre|日期|时间|時間|地点|場所|日時|日付|التاريخ|المكان|תאריך|מקום)",
    re.IGNORECASE,
)
