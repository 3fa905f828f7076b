"""Words in the place of a label: which read like a name, which are none, which say that they are one."""

from __future__ import annotations

import re

from loaders._heads import label_key
from loaders._roles import derived_role, is_numbered_person, is_unknown, names_a_role, normal
from loaders._text import listed
from loaders._times import EDGE, MARKS

BRACKETS = {
    "[": "]",
    "(": ")",
    "<": ">",
    "{": "}",
    "【": "】",
    "「": "」",
    "［": "］",
    "（": "）",
    "〈": "〉",
}
NAMES_AFTER = re.compile(r"(?<!\s)\s*+[(\[（][^()\[\]（）]{0,60}[)\]）]\s*$")
_PARTICLE = re.compile(
    r"al|bin|ibn|d[aeiou]|d[aeo]s|de[lnr]?|della|degli|dello|das|dos|du|el|e|l[aeo]s?|te[nr]|van|von|vom|zu[mr]?|und|and|et|y|i|af|av|den|het|'t|op|of|in"
)
_ELIDED = re.compile(r"(?:d|l|dell|dall|t|s|n|o|m)['’][^\W\d_]")  # d'Aubigné, dell'Orto
# Words that begin a line before a colon without being anyone's name: the head of a transcript, and
# what people and authors introduce a sentence with.
_NOT_NAME = frozenset(
    listed(
        """
abstract added also and author but changed conclusion date duration example examples file finally
first fixed however introduction keywords language length license link location no note notes ok
okay place project ps recording removed second so subject summary third fourth time title todo topic
transcript url usage version warning well yeah yes name age gender job occupation profession alter
beruf geschlecht remark comment quote reason result problem question? nb n.b e.g i.e fig figure
table source hint context outline beispiel hinweis anmerkung notiz erstens zweitens drittens datum
dauer ort thema titel fazit grund problem ergebnis zum also und aber ja nein genau punkt stichwort
zusammenfassung quelle achtung frage? bemerkung nachtrag exemple remarque note premièrement
deuxièmement d'abord ensuite enfin durée lieu titre sujet résumé résultat raison ejemplo nota
primero segundo tercero fecha duración lugar título tema resumen razón resultado esempio nota primo
secondo terzo data durata luogo titolo riassunto motivo risultato exemplo primeiro data duração
local título resumo motivo resultado voorbeeld opmerking datum duur plaats titel onderwerp reden
przykład uwaga data miejsce tytuł temat powód wynik örnek not tarih süre yer konu başlık neden sonuç
пример примечание дата место тема название причина итог вывод
例 注 日期 时间 時間 地点 場所 题目 主题 备注 日時 概要 結論
    """
    )
)
# ``Pros: …``, ``Step 1: …``, ``I said: …``: what begins a part of an answer.
_PARTS = frozenset(
    listed(
        "pros cons pro contra advantages disadvantages benefits drawbacks http https www vorteile nachteile "
        "avantages inconvénients ventajas desventajas vantagens vantaggi svantaggi"
    )
)
_COUNTED_PART = re.compile(
    r"(?:step|phase|stage|part|point|day|week|month|year|option|item|level|round|rule|lesson|task|goal|case"
    r"|schritt|punkt|tag|woche|teil|stufe|étape|jour|point|partie|paso|punto|día|parte|passo|dia|fase|etapa)"
    r"\s+(?:\d{1,3}|one|two|three|four|five|eins|zwei|drei|un|deux|trois|uno|dos|tres|due|tre|[a-z])",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"(?i:(?:and |so |then |und |da )?(?:i|he|she|we|they|you|it|ich|er|sie|wir|je|elle"
    r"|nous|yo|él|ella|eu|ele|ela))"
    r"(?:['’]\w+)? [a-zß-ÿ]\S*(?: \S+){0,3}"
)
_SOUNDS = re.compile(
    r"(?:laugh\w*|music\w*|applaus\w*|silence|pause\w*|cough\w*|sigh\w*|noise|inaudible|unintelligible"
    r"|crosstalk|cross talk"
    r"|foreign\w*|blank_audio|lach\w*|musik\w*|beifall|stille|schweigen|unverständlich|räuspert\w*|hust\w*|rires?|rit|musique|applaudissements|silencio|inaudible"
    r"|risas?|música|aplausos|ride|risate|musica|applausi|risos|gelach|muziek|śmiech|muzyka|gülüşme\w*|müzik|смех|музыка|ضحك|موسيقى|צחוק|מוזיקה|笑\w*|音乐|音楽|拍手)"
    r"(?:\W.*)?",
    re.IGNORECASE,
)
#: What an author writes before a remark of his own.
AUTHOR = frozenset(
    listed(
        """
note notes ps memo comment comments remark observation anmerkung anmerkungen bemerkung hinweis notiz
notizen kommentar nachtrag nota notas remarque observations commentaire opmerking uwaga примечание
备注 備考
    """
    )
) | {"field notes"}
#: Words for many people: a list of them and no speaker, where they come once.
MANY = frozenset(
    listed(
        "participants interviewers interviewees speakers attendees respondents teilnehmer teilnehmende "
        "befragte sprecher participantes enquêtés entrevistados partecipanti deelnemers uczestnicy участники"
    )
)
BACKCHANNEL = frozenset(
    listed(
        """
yep yeah yes yup no nope ok okay right sure mhm mm hmm hm mm-hmm uh-huh uh um bye thanks exactly
questions hello hi thank you ja nein genau okay gut stimmt klar tschüss danke ähm äh oui non ouais
d'accord voilà merci sí si no vale claro gracias sim não certo obrigado va bene grazie esatto nee
precies dank tak nie dobrze evet hayır tamam да нет ага угу нам نعم لا כן לא
是 对 對 嗯 好 はい いいえ うん ええ
そう 네 예
    """
    )
)


def is_name(label: str) -> bool:
    """Whether it reads like a name: up to seven words, each with a capital (or of a script without)."""
    core = label
    while (shorter := NAMES_AFTER.sub("", core)) != core and shorter:
        core = shorter
    words = re.findall(r"[^\W_][^\s,;/]*", core)
    most = 7 if any(c.lower() != c.upper() for c in core) else 4  # without capitals any few words look alike
    if not words or len(words) > most or re.search(r"[?!;]", core):
        return False
    if most == 4 and any(len(word) > 10 for word in words):
        return False
    if _NOT_NAME.intersection((label_key(core), label_key(words[0]), label_key(words[-1]))) or not any(
        c.isalpha() for c in core
    ):
        return False
    if words[0][0].isdigit() or is_part(core):
        return False
    return all(not word[0].islower() or _PARTICLE.fullmatch(word) or _ELIDED.match(word) for word in words)


def is_part(label: str) -> bool:
    """Whether it begins a part of what somebody says: ``Pros``, ``Step 1``, ``I said``."""
    key = label_key(label)
    return bool(key in _PARTS or _COUNTED_PART.fullmatch(key) or _REPORTS.fullmatch(label))


def is_stop(label: str) -> bool:
    """Whether it is a word that authors and speakers put before a colon."""
    key = label_key(label)
    words = key.split(" ")
    if is_part(label):
        return True
    return key in BACKCHANNEL or not _NOT_NAME.isdisjoint((key, words[0], words[-1]))


def is_known(label: str) -> bool:
    """Whether the label says by itself that it is one: a role's word, a machine's number, “unknown”."""
    if len(normal(label)) < 2 and not is_numbered_person(label):
        return False
    if label[:1].isdigit():
        return False
    said = derived_role(label) is not None or names_a_role(label)
    return said or is_unknown(label) or is_numbered_person(label)


def is_sound(text: str) -> bool:
    """Whether it is what one hears that is no speech: ``laughs``, ``Music``."""
    return _SOUNDS.fullmatch(text.strip(MARKS + "()[]♪ ")) is not None


def is_noise(text: str) -> bool:
    """Whether a whole line is in brackets or notes of music: ``[Music]``, ``(laughs)``."""
    text = text.strip(EDGE)
    if text[:1] in ("♪", "♫"):
        return True
    return (
        len(text) < 80
        and text[:1] in BRACKETS
        and BRACKETS[text[0]] == text[-1]
        and text[-1] not in text[1:-1]
    )
