"""Words for those who ask and those who answer, as transcripts in fourteen languages write them.

Small letters, no digits, no punctuation: ``Interviewer:in 2`` is looked up as ``interviewerin``.
"""

from __future__ import annotations

from kb.records import Role
from loaders._text import listed

ASKING = listed(
    """
interviewer interviewers researcher ethnographer moderator facilitator question q interviewerin forscher
forscherin
moderatorin fragende fragender befrager befragerin fragesteller fragestellerin frage interviewende
interviewleiter interviewleiterin intervieweur
intervieweuse enquêteur enquêtrice enqueteur enquetrice chercheur chercheuse animateur animatrice
modérateur modératrice entrevistador entrevistadora investigador investigadora moderadora encuestador
encuestadora pregunta pesquisador pesquisadora pergunta intervistatore intervistatrice moderatore
moderatrice ricercatore ricercatrice domanda interviewster onderzoeker onderzoekster vraag ankieter
ankieterka badacz badaczka moderatorka prowadzący prowadząca pytanie görüşmeci araştırmacı araştırmaci
moderatör soru интервьюер исследователь исследовательница модератор вопрос المحاور المحاورة الباحث
الباحثة محاور سؤال מראיין מראיינת חוקר חוקרת המראיין המראיינת מנחה 采访者 采访人 访谈者 访谈人 访问者
访问员 主持人 研究者 提问者 問 问 採訪者 訪談者 訪問者 主持 研究員 インタビュアー インタビューアー
聞き手 質問者 司会 司会者 調査者 研究者 면접자 면담자 질문자 진행자 연구자 인터뷰어
    """
)
ANSWERING = listed(
    """
interviewee interviewees participant respondent informant subject answer a p befragte befragter
befragten interviewte interviewter interviewpartner interviewpartnerin teilnehmer teilnehmerin
teilnehmende teilnehmender proband probandin antwort gesprächspartner gesprächspartnerin erzählperson
informantin auskunftsperson interviewé interviewée informateur informatrice enquêté enquêtée enquêtés
participante répondant répondante réponse entrevistado
entrevistada entrevistadoa informante encuestado encuestada respuesta participantes respondente resposta
informatore intervistato intervistata intervistatoa partecipante rispondente risposta geïnterviewde
geinterviewde
respondente deelnemer deelneemster antwoord respondentka badany badana rozmówca rozmówczyni uczestnik
uczestniczka informator odpowiedź osobabadana katılımcı katilimci görüşülen cevap yanıt респондент
респондентка участник участница информант информантка опрашиваемый ответ المشارك المشاركة المستجيب
المستجيبة المبحوث المبحوثة مشارك جواب מרואיין מרואיינת משתתף משתתפת המרואיין המרואיינת נחקר נחקרת 受访者
受訪者 被采访者 被採訪者 被访者 被訪者 被访谈者 参与者 參與者 参加者 答 回答者 インタビュイー 話し手
被験者 対象者 調査対象者 協力者 語り手 응답자 참여자 참가자 면담대상자 인터뷰이
    """
)
# Words that name a person where nobody's role is meant; a number or a letter goes with them.
PERSONS = (
    "speaker",
    "person",
    "voice",
    "sprecher",
    "sprecherin",
    "stimme",
    "locuteur",
    "locutrice",
    "intervenant",
    "intervenante",
    "voix",
    "hablante",
    "orador",
    "oradora",
    "interlocutor",
    "persona",
    "falante",
    "pessoa",
    "parlante",
    "oratore",
    "relatore",
    "spreker",
    "persoon",
    "mówca",
    "osoba",
    "konuşmacı",
    "kişi",
    "спикер",
    "говорящий",
    "диктор",
    "المتحدث",
    "متحدث",
    "דובר",
    "דוברת",
    "发言人",
    "發言人",
    "说话人",
    "說話人",
    "讲者",
    "講者",
    "話者",
    "発言者",
    "スピーカー",
    "화자",
    "참석자",
    "guest",
    "host",
    "talker",
)
UNKNOWN = (
    "unknown",
    "unidentified",
    "multiple",
    "inaudible",
    "unbekannt",
    "unbekannte",
    "unbekannter",
    "inconnu",
    "inconnue",
    "desconocido",
    "desconocida",
    "desconhecido",
    "desconhecida",
    "sconosciuto",
    "sconosciuta",
    "onbekend",
    "onbekende",
    "nieznany",
    "nieznana",
    "bilinmeyen",
    "неизвестный",
    "неизвестная",
    "неизвестно",
    "غيرمعروف",
    "مجهول",
    "未知",
    "不明",
)
ROLES: dict[str, Role] = {
    **dict.fromkeys(ASKING, "interviewer"),
    **dict.fromkeys(ANSWERING, "interviewee"),
}
