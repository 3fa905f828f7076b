"""What the columns of tables are called, by what they hold: names in many languages, the surest first.

Sources: Taguette 1.5 (its own exports); Dedoose's chart of excerpts, MAXQDA's list of coded segments in
German and English and ATLAS.ti's Quotation Manager, as public analyses of such exports read them; the
others from manuals, or plain words of the language.
"""

from __future__ import annotations

NAMES = {
    "text": """
        quotation content | text content | excerpt copy | excerpt text | coded segment | segment |
        snippet | snippet text | coded text | highlight text |
        highlighted text | selected text | highlight | quotation text | quotation |
        quote | passage | excerpt | extract | verbatim | verbatim quote | content | text |
        reference text | segment text | coding text | text reference | utterance | transcript text |
        response | answer | statement | words | codiertes segment | segmentinhalt | zitatinhalt | zitat |
        textstelle | textausschnitt | inhalt | antwort | äußerung | aussage | beleg | segment codé |
        extrait | contenu de la citation | citation | texte | passage codé | contenu | réponse |
        segmento | segmento codificado | contenido de la cita | cita | fragmento | texto | contenido |
        respuesta | conteúdo da citação | citação | trecho | excerto | conteúdo | resposta |
        segmento codificato | contenuto della citazione | citazione | estratto | testo | contenuto |
        risposta | gecodeerd segment | citaat | tekst | inhoud | fragment | antwoord | kodat segment |
        citat | uddrag | セグメント | コード付きセグメント | 引用 | テキスト | 编码片段 | 片段 | 引文 |
        引文内容 | 文本 | 内容 | сегмент | фрагмент | цитата | текст""",
    "codes": """
        quirk | quirks | codes applied combined | codes | code | tags | tag | code name | code names |
        codes applied | applied codes | code path | hierarchical name | node | nodes | node name | label |
        labels | theme | themes | code label | coded as | category code | kode | kodes | koder | codename |
        codewort | kategorie | kategorien | schlagwort | schlagwörter | thema | themen | knoten |
        codes appliqués | étiquette | étiquettes | thème | thèmes | nœud | nœuds | código | códigos |
        etiqueta | etiquetas | tema | temas | nodo | nodos | codice | codici | etichetta | etichette |
        コード | コード名 | 代码 | 编码 | 标签 | код | коды | category | categories""",
    "document": """
        document | doc name | note title | document name | media title | media name | transcript |
        transcript name | transcript title | interview | interview name | interview id | document title |
        source | source name | source title | source id | file | file name | filename | data source |
        document id | doc id | dokument | dokumentname | dokumenttitel | datei | dateiname | quelle |
        transkript | nom du document | entretien | fichier | nom du fichier | titre du média | documento |
        nombre del documento | entrevista | archivo | fuente | título del medio | nome do documento |
        arquivo | fonte | nome del documento | intervista | nome del file | documentnaam | bestand |
        bron | dokumentnavn | dokumentnamn | kilde | 文書 | 文書名 | ドキュメント | ドキュメント名 |
        文档 | 文档名 | 文件 | 文件名 | 访谈 | документ | имя документа | интервью""",
    "person": """
        participant | participant id | participant name | respondent | respondent id | interviewee |
        informant | case | case name | teilnehmer | teilnehmerin | teilnehmende | befragte | befragter |
        fall | proband | informantin | participante | répondant | répondante | participant e |
        encuestado | entrevistado | entrevistada | caso | partecipante | intervistato | deelnemer |
        respondente | deltager | 参加者 | 受访者 | 参与者 | участник | респондент""",
    "speaker": """
        speaker | speaker name | speaker label | who | said by | sprecher | sprecherin | sprecher in |
        sprechende | locuteur | locutrice | hablante | orador | falante | parlante | spreker | taler |
        talare | 話者 | 发言人 | 说话人 | говорящий""",
    "coder": """
        coder | user name | username | coded by | coder name | coder initials | coded by initials |
        excerpt creator | highlighted by | tagged by | created by | author | analyst | rater | user |
        codierer | codiererin |
        kodierer | kodiererin | codiert von | kodiert von | erstellt von | autor | benutzer | ersteller |
        codeur | codeuse | codé par | créé par | auteur | codificador | codificado por | creado por |
        usuario | criado por | codificatore | creato da | utente | gemaakt door | oprettet af |
        skapad av | 作成者 | 创建者 | 编码者 | создал | modified by | bearbeitet von""",
    "comment": """
        comment | comments | coding comment | quotation comment | memo | memos | note | notes | remark |
        remarks | annotation | excerpt memo | kommentar | kommentare | anmerkung | anmerkungen | notiz |
        notizen | commentaire | commentaires | remarque | mémo | comentario | comentarios | nota | notas |
        comentário | comentários | commento | commenti | opmerking | コメント | 注释 | 备注 |
        комментарий""",
    "position": """
        excerpt range | start position | start | beginning | begin | start time | starttime | position |
        paragraph | reference | location | line | lines | timestamp | timespan | timecode | time |
        offset | turn | turn id | index | order | sequence | anfang | beginn | startposition | absatz |
        zeile | zeit | zeitmarke | referenz | début | référence | inicio | principio | referencia | início |
        referência | inizio | riferimento | comienzo | begin | referentie | 開始 | 开始 | начало""",
    "group": """
        document group | document groups | document folder | folder | dokumentgruppe | dokumentgruppen |
        ordner | groupe de documents | groupes de documents | grupo de documentos | grupos de documentos |
        gruppo di documenti | gruppi di documenti | documentgroep | documentgroepen |
        文書グループ | 文档组 | группа документов""",
    "cause": """
        cause | causes | from label | cause code | root cause | influence | driver | from | antecedent |
        ursache | grund | einfluss | causa | cause du problème | facteur | driver code | oorzaak | årsag |
        orsak | 原因 | причина""",
    "effect": """
        effect | effects | to label | effect code | consequence | outcome | impact | to | wirkung |
        auswirkung | folge | effekt | konsequenz | effet | conséquence | efecto | consecuencia | efeito |
        consequência | effetto | conseguenza | gevolg | virkning | 结果 | 影响 | следствие""",
    "issue": """
        issue | issues | problem | problems | challenge | problème | problema | problemas |
        herausforderung | probleem | 問題 | 问题 | проблема""",
    "fix": """
        fix | fixes | solution | solutions | remedy | mitigation | countermeasure | fixed by | lösung |
        lösungen | abhilfe | gegenmaßnahme | behebung | solução | solución | soluzione | remède |
        oplossing | løsning | lösning | 解決 | 解决方案 | решение""",
    "failed": """
        failed fix | does not fix | did not fix | not fixed by | no fix | tried without success |
        keine lösung""",
    "detection": """
        detection | detected by | shown by | detektion | erkannt durch | erkennung""",
    "relation": """
        relation | relationship | relation type | link | link type | link name | kind | beziehung |
        relationstyp | verbindung | art der beziehung | relación | relação | relazione | lien | relatie""",
    "explicit": """
        explicit | explicitness | how explicit""",
}
