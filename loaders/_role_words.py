"""Words for those who ask and those who answer, as transcripts in some forty languages write them.

As `plain` gives them: small letters, no digits, no signs: ``Interviewer:in 2`` is looked up as
``interviewerin``.
"""

from __future__ import annotations

import re
import unicodedata

from kb.records import Role
from loaders._role_words_far import ANSWERING_FAR, ASKING_FAR
from loaders._text import listed

_NOT_LETTERS = re.compile(r"[\W\d_]+")


def plain(label: str) -> str:
    """The label in small letters without numbers and signs: ``"Interviewer 1:"`` → ``interviewer``."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", label).casefold())


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
intervjuare intervjuaren intervjuledare intervjuledaren forskare forskaren frågeställare utfrågare
samtalsledare samtalsledaren moderatorn fråga intervieweren interviewleder spørger spørgeren forsker
forskeren ordstyrer ordstyreren spørgsmål intervjuer intervjueren intervjuar utspørrer moderatoren
spørsmål haastattelija tutkija kysyjä moderaattori fasilitaattori kysymys tazatel tazatelka
dotazovatel dotazovatelka výzkumník výzkumnice badatel badatelka moderátor moderátorka otázka
výskumník výskumníčka kérdező interjúkészítő kutató kérdés wywiadowca mülakatçı röportajcı
görüşmeyiyapan intervistatori facilitatore facilitatrice conduttore conduttrice entrevistadores moderador
facilitador facilitadora inquiridor inquiridora vragensteller vragenstelster gespreksleider
gespreksleidster ondervrager enquêteurs facilitateur facilitatrice interviewerinnen gesprächsleiter
gesprächsleiterin gesprächsleitung interviewführung interviewführer interviewführerin interviewführende
diskussionsleiter diskussionsleiterin moderation forschende forschender ведущий ведущая интервьюёр
聴き手 インタビューア 進行役 ファシリテーター モデレーター 調査員 调查者 调查员 采访员 採訪人 访员 訪員
访谈员 訪談員 提问人 提問者 研究人员 记者 記者 조사자 사회자 면접관 연구원 질문 السائل السائلة مجريالمقابلة
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
informanten respondenten deltagare deltagaren intervjuperson intervjupersonen intervjuad svar
interviewperson interviewpersonen interviewede deninterviewede deltager deltageren intervjuobjekt
intervjuobjektet deltaker deltakeren haastateltava vastaaja osallistuja informantti tutkittava vastaus
dotazovaný dotazovaná informátor informátorka účastník účastnice účastníčka participantka zpovídaný
odpověď odpoveď válaszadó interjúalany résztvevő válasz badani informatorka odpowiadający
görüşülenkişi görüşmeyapılan mülakatyapılan intervistati informatrice rispondenti entrevistados
entrevistadas inquirido inquirida informantes encuestados encuestadas geïnterviewden ondervraagde
interviewés interviewées enquêtées répondants interviewteilnehmer interviewteilnehmerin zeitzeuge
zeitzeugin интервьюируемый интервьюируемая опрашиваемая отвечающий собеседник собеседница
調査協力者 研究協力者 情報提供者 研究参加者 インタビューイー 被調査者 被调查者 被調查者 受访人 受訪人 被访人
參加者 피면접자 피면담자 답변자 연구참여자 피조사자 구술자 답변 المجيب المجيبة المشترك المشتركة
witness thewitness deponent zeuge zeugin témoin testigo testimone testemunha getuige świadek свидетель
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
    "talare",
    "taler",
    "puhuja",
    "mluvčí",
    "beszélő",
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
    "okänd",
    "ukendt",
    "ukjent",
    "tuntematon",
    "neznámý",
    "neznámá",
    "ismeretlen",
    "알수없음",
    "未知",
    "不明",
)
ROLES: dict[str, Role] = {
    **dict.fromkeys(map(plain, (*ASKING, *ASKING_FAR)), "interviewer"),
    **dict.fromkeys(map(plain, (*ANSWERING, *ANSWERING_FAR)), "interviewee"),
}
#: Abbreviations for the one who asks beside those for the one who answers. Alone they may mean either
#: side (``Int.``: interviewer, interviewee), so both must be there.
SHORT_PAIRS = tuple(
    (asks, answers)
    for asks, all_ in (
        ("int", "bef resp part inf prob ip tn res"),
        ("mod", "bef resp part inf tn"),
        ("entr", "inf resp part"),
        ("ent", "inf resp part"),
        ("enq", "inf rép rep part resp"),
        ("ivr", "ive ip"),
        ("iv", "ip bef"),
        ("инт", "респ инф"),
        ("інт", "респ інф"),
    )
    for answers in listed(all_)
)
