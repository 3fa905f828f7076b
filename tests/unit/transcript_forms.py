"""One invented interview, written in the forms that the tools write; each form says what must come back.

`TALKS` has the interview in several languages; `FORMS` has the writers. A writer gets a `Talk` and gives
the file's name and content, and what of the labels and times the form can hold.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Turn:
    """Who (0 asks, 1 answers), when it starts and ends (seconds), the paragraphs."""

    who: int
    start: float
    end: float
    paras: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """The interview in one language: role words, names, turns."""

    language: str
    roles: tuple[str, str]
    names: tuple[str, str]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class File:
    """What a writer gives.

    Attributes:
        labels: As they must come back.
        starts: Whether starts must come back; ``ends``: the ends instead.
        roles: Whether the labels tell the roles.
        encoding: To be given to the loader.
    """

    name: str
    content: str | bytes
    labels: tuple[str, str]
    starts: bool = False
    ends: bool = False
    roles: bool = False
    shift: float = 0.0
    encoding: str | None = None


# Questions and answers in turn; an answer has one paragraph or two. A colon, a time and a short yes are in
# them on purpose: none of these is a label.
_LINES: dict[str, tuple[tuple[str, str], tuple[str, str], tuple[tuple[str, ...], ...]]] = {
    "en": (
        ("Interviewer", "Interviewee"),
        ("Dana Field", "Mo Lake"),
        (
            ("How did the new pump go down?",),
            ("Badly at first: the readings were missing.", "The reason: the meter was wired wrongly."),
            ("And who noticed?",),
            ("A fitter did, at 10:30 on a Monday. Then the reading stopped.",),
            ("Did that help?",),
            ("Yep.",),
            ("What would you do now?",),
            ("I would ask the fitter first.", "And I would draw the cable before I lay it."),
        ),
    ),
    "de": (
        ("Interviewerin", "Befragter"),
        ("Jörg Müller", "Änne Groß"),
        (
            ("Wie kam die neue Pumpe bei euch an?",),
            (
                "Anfangs schlecht: die Werte fehlten einfach.",
                "Unser größtes Problem war der Zähler, falsch verdrahtet.",
            ),
            ("Und wer hat das bemerkt?",),
            ("Ein Monteur, um 10:30 an einem Montag.",),
            ("Hat das geholfen?",),
            ("Ja.",),
            ("Was würden Sie heute tun?",),
            ("Zuerst den Monteur fragen.", "Und das Kabel zeichnen, bevor ich es verlege."),
        ),
    ),
    "fr": (
        ("Enquêtrice", "Enquêté"),
        ("Hélène d'Aubigné", "Zoë Lefèvre"),
        (
            ("Comment la nouvelle pompe a-t-elle été reçue ?",),
            ("Mal au début : les mesures manquaient.", "Le compteur était mal câblé, tout simplement."),
            ("Et qui l'a remarqué ?",),
            ("Un monteur, à 10:30 un lundi.",),
            ("Cela a-t-il aidé ?",),
            ("Oui.",),
            ("Que feriez-vous maintenant ?",),
            ("Je demanderais d'abord au monteur.", "Et je dessinerais le câble."),
        ),
    ),
    "es": (
        ("Entrevistadora", "Entrevistado"),
        ("María del Carmen Ruiz", "Íñigo de la Peña"),
        (
            ("¿Cómo cayó la bomba nueva?",),
            ("Mal al principio: faltaban las lecturas.", "El contador estaba mal cableado."),
            ("¿Y quién lo notó?",),
            ("Un montador, a las 10:30 de un lunes.",),
            ("¿Sirvió de algo?",),
            ("Sí.",),
            ("¿Qué haría usted ahora?",),
            ("Preguntaría primero al montador.", "Y dibujaría el cable."),
        ),
    ),
    "it": (
        ("Intervistatrice", "Intervistato"),
        ("Chiara De Luca", "Niccolò dell'Orto"),
        (
            ("Come è andata la nuova pompa?",),
            ("Male all'inizio: mancavano le letture.", "Il contatore era cablato male."),
            ("E chi se n'è accorto?",),
            ("Un montatore, alle 10:30 di un lunedì.",),
            ("È servito?",),
            ("Sì.",),
            ("Che cosa farebbe adesso?",),
            ("Chiederei prima al montatore.", "E disegnerei il cavo."),
        ),
    ),
    "pt": (
        ("Entrevistadora", "Entrevistado"),
        ("Conceição dos Santos", "João Araújo"),
        (
            ("Como foi recebida a bomba nova?",),
            ("Mal no início: faltavam as leituras.", "O contador estava mal ligado."),
            ("E quem reparou?",),
            ("Um montador, às 10:30 de uma segunda.",),
            ("Isso ajudou?",),
            ("Sim.",),
            ("O que faria agora?",),
            ("Perguntaria primeiro ao montador.", "E desenharia o cabo."),
        ),
    ),
    "nl": (
        ("Onderzoeker", "Geïnterviewde"),
        ("Anouk van den Berg", "Daniël de Wit"),
        (
            ("Hoe viel de nieuwe pomp?",),
            ("Eerst slecht: de metingen ontbraken.", "De meter was verkeerd aangesloten."),
            ("En wie merkte het?",),
            ("Een monteur, om 10:30 op een maandag.",),
            ("Hielp dat?",),
            ("Ja.",),
            ("Wat zou u nu doen?",),
            ("Ik zou eerst de monteur vragen.", "En ik zou de kabel tekenen."),
        ),
    ),
    "pl": (
        ("Ankieterka", "Respondent"),
        ("Łucja Żak", "Michał Ćwik"),
        (
            ("Jak przyjęto nową pompę?",),
            ("Najpierw źle: brakowało odczytów.", "Licznik był źle podłączony."),
            ("A kto to zauważył?",),
            ("Monter, o 10:30 w poniedziałek.",),
            ("Czy to pomogło?",),
            ("Tak.",),
            ("Co by pan teraz zrobił?",),
            ("Najpierw zapytałbym montera.", "I narysowałbym kabel."),
        ),
    ),
    "tr": (
        ("Görüşmeci", "Katılımcı"),
        ("İpek Şahin", "Çağrı Öztürk"),
        (
            ("Yeni pompa nasıl karşılandı?",),
            ("Başta kötü: değerler eksikti.", "Sayaç yanlış bağlanmıştı."),
            ("Bunu kim fark etti?",),
            ("Bir usta, pazartesi saat 10:30 gibi.",),
            ("İşe yaradı mı?",),
            ("Evet.",),
            ("Şimdi ne yapardınız?",),
            ("Önce ustaya sorardım.", "Sonra kabloyu çizerdim."),
        ),
    ),
    "ru": (
        ("Интервьюер", "Респондент"),
        ("Анна Полевая", "Михаил Озёрный"),
        (
            ("Как приняли новый насос?",),
            ("Сначала плохо: показаний не было.", "Счётчик был подключён неправильно."),
            ("А кто заметил?",),
            ("Монтёр, в 10:30 в понедельник.",),
            ("Это помогло?",),
            ("Да.",),
            ("Что бы вы сделали теперь?",),
            ("Сначала спросил бы монтёра.", "И нарисовал бы кабель."),
        ),
    ),
    "ar": (
        ("المحاور", "المشارك"),
        ("ليلى حسن", "كريم ناصر"),
        (
            ("كيف استقبلتم المضخة الجديدة؟",),
            ("بشكل سيئ في البداية: كانت القراءات مفقودة.", "كان العداد موصولا بشكل خاطئ."),
            ("ومن لاحظ ذلك؟",),
            ("فني، الساعة 10:30 يوم الاثنين.",),
            ("هل ساعد ذلك؟",),
            ("نعم.",),
            ("ماذا تفعل الآن؟",),
            ("أسأل الفني أولا.", "ثم أرسم الكابل."),
        ),
    ),
    "he": (
        ("מראיינת", "מרואיין"),
        ("נועה שדה", "משה אגם"),
        (
            ("איך התקבלה המשאבה החדשה?",),
            ("רע בהתחלה: הקריאות היו חסרות.", "המונה חובר לא נכון."),
            ("ומי שם לב?",),
            ("טכנאי, בשעה 10:30 ביום שני.",),
            ("זה עזר?",),
            ("כן.",),
            ("מה היית עושה עכשיו?",),
            ("הייתי שואל קודם את הטכנאי.", "ואז מצייר את הכבל."),
        ),
    ),
    "zh": (
        ("采访者", "受访者"),
        ("李明", "王小红"),
        (
            ("新水泵的反应怎么样？",),
            ("一开始很糟：读数都没有了。", "电表接错了线。"),
            ("是谁发现的？",),
            ("一位装配工，星期一 10:30 左右。",),
            ("有帮助吗？",),
            ("是。",),
            ("现在您会怎么做？",),
            ("我会先问装配工。", "然后先画电缆。"),
        ),
    ),
    "ja": (
        ("聞き手", "話し手"),
        ("田中花子", "佐藤健"),
        (
            ("新しいポンプはどうでしたか。",),
            ("最初はだめでした。値が出ませんでした。", "メーターの配線が間違っていました。"),
            ("誰が気づきましたか。",),
            ("月曜の 10:30 に、作業員が。",),
            ("役に立ちましたか。",),
            ("はい。",),
            ("今ならどうしますか。",),
            ("まず作業員に聞きます。", "それからケーブルを描きます。"),
        ),
    ),
}


def _talk(language: str) -> Talk:
    roles, names, lines = _LINES[language]
    turns = []
    start = 0.0
    for number, paras in enumerate(lines):
        end = start + 4 + 3 * len(paras)
        turns.append(Turn(number % 2, start, end, paras))
        start = end
    return Talk(language, roles, names, tuple(turns))


TALKS = {language: _talk(language) for language in _LINES}
# Not every old encoding has every letter.
OLD = dict.fromkeys(("en", "de", "fr", "es", "it", "pt", "nl"), "cp1252") | {
    "pl": "cp1250",
    "tr": "cp1254",
    "ru": "cp1251",
    "ar": "cp1256",
    "he": "cp1255",
    "zh": "gb18030",
    "ja": "shift_jis",
}


def clock(seconds: float, form: str = "h:m:s") -> str:
    """A time as tools write it."""
    whole = int(seconds)
    hours, minutes, secs = whole // 3600, whole // 60 % 60, whole % 60
    tenths = round((seconds - whole) * 10)
    return {
        "h:m:s": f"{hours:02}:{minutes:02}:{secs:02}",
        "m:s": f"{whole // 60}:{secs:02}",
        "mm:ss": f"{whole // 60:02}:{secs:02}",
        "f4": f"#{hours:02}:{minutes:02}:{secs:02}-{tenths}#",
        "vtt": f"{hours:02}:{minutes:02}:{secs:02}.{tenths}00",
        "srt": f"{hours:02}:{minutes:02}:{secs:02},{tenths}00",
    }[form]


def _flat(talk: Talk) -> Talk:
    """Each turn in one paragraph."""
    return replace(talk, turns=tuple(replace(t, paras=(" ".join(t.paras),)) for t in talk.turns))


def _lines(
    talk: Talk, labels: tuple[str, str], line: Callable[[str, Turn, str], str], gap: str = "\n\n"
) -> str:
    """One line a turn with its label, further paragraphs without."""
    out = []
    for turn in talk.turns:
        out.append(line(labels[turn.who], turn, turn.paras[0]))
        out += turn.paras[1:]
    return gap.join(out) + "\n"


def _under(talk: Talk, labels: tuple[str, str], head: Callable[[str, Turn], str], gap: str = "\n") -> str:
    """The label above its paragraphs."""
    return (
        "\n\n".join(
            head(labels[turn.who], turn) + gap + ("\n\n" if gap == "\n\n" else "\n").join(turn.paras)
            for turn in talk.turns
        )
        + "\n"
    )


FORMS: dict[str, Callable[[Talk], File | None]] = {}


def form(write: Callable[[Talk], File | None]) -> Callable[[Talk], File | None]:
    """Register a writer under its name."""
    FORMS[write.__name__] = write
    return write


@form
def plain_roles(talk: Talk) -> File:
    return File(
        "a.txt", _lines(talk, talk.roles, lambda who, _, said: f"{who}: {said}"), talk.roles, roles=True
    )


@form
def plain_names(talk: Talk) -> File:
    return File("a.txt", _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}"), talk.names)


@form
def plain_without_blank_lines_crlf(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}", "\r\n")
    return File("a.txt", text, talk.names)


@form
def french_colon(talk: Talk) -> File:
    return File("a.txt", _lines(talk, talk.names, lambda who, _, said: f"{who}\u00a0: {said}"), talk.names)


@form
def full_width_colon(talk: Talk) -> File:
    return File("a.txt", _lines(talk, talk.names, lambda who, _, said: f"{who}：{said}"), talk.names)


@form
def numbered_machine_labels(talk: Talk) -> File:
    labels = ("SPEAKER_00", "SPEAKER_01")
    return File("a.txt", _lines(talk, labels, lambda who, _, said: f"[{who}]: {said}", "\n"), labels)


@form
def noscribe(talk: Talk) -> File:
    labels = ("S00", "S01")
    head = "Transcribed with noScribe vers. 0.6.1\nAudio source: /home/a/interview.m4a\n\n"
    return File("a.txt", head + _lines(talk, labels, lambda who, _, said: f"{who}: {said}"), labels)


@form
def square_brackets(talk: Talk) -> File:
    return File(
        "a.txt", _lines(talk, talk.roles, lambda who, _, said: f"[{who}]: {said}"), talk.roles, roles=True
    )


@form
def square_brackets_without_colon(talk: Talk) -> File:
    return File("a.txt", _lines(_flat(talk), talk.names, lambda who, _, said: f"[{who}] {said}"), talk.names)


@form
def whisperx_round_brackets(talk: Talk) -> File:
    labels = ("speaker 0", "speaker 1")
    return File("a.txt", _lines(_flat(talk), labels, lambda who, _, said: f"({who}) {said}", "\n"), labels)


@form
def tab(talk: Talk) -> File:
    return File("a.txt", _lines(_flat(talk), talk.names, lambda who, _, said: f"{who}\t{said}"), talk.names)


@form
def colon_and_tab(talk: Talk) -> File:
    return File("a.txt", _lines(talk, talk.names, lambda who, _, said: f"{who}:\t{said}"), talk.names)


@form
def bold_markdown(talk: Talk) -> File:
    return File("a.md", _lines(talk, talk.names, lambda who, _, said: f"**{who}:** {said}"), talk.names)


@form
def bold_markdown_colon_outside(talk: Talk) -> File:
    return File("a.md", _lines(talk, talk.names, lambda who, _, said: f"**{who}**: {said}"), talk.names)


@form
def bold_with_time_no_colon(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, t, said: f"**{who} [{clock(t.start)}]** {said}")
    return File("a.md", text, talk.names, starts=True)


@form
def bold_own_line(talk: Talk) -> File:
    return File("a.md", _under(talk, talk.names, lambda who, _: f"**{who}**", "\n\n"), talk.names)


@form
def capitals_own_line(talk: Talk) -> File:
    labels = (talk.names[0].upper(), talk.names[1].upper())
    return File("a.txt", _under(talk, labels, lambda who, _: who), labels)


@form
def names_own_line(talk: Talk) -> File:
    return File("a.txt", _under(talk, talk.names, lambda who, _: who), talk.names)


@form
def pronouns(talk: Talk) -> File:
    labels = (f"{talk.names[0]} (she/her)", f"{talk.names[1]} (they/them)")
    return File("a.txt", _lines(talk, labels, lambda who, _, said: f"{who}: {said}"), labels)


@form
def surname_first(talk: Talk) -> File:
    labels = tuple(", ".join(reversed(name.rsplit(" ", 1))) for name in talk.names)
    return File("a.txt", _lines(talk, labels, lambda who, _, said: f"{who}: {said}"), labels)  # type: ignore[arg-type]


@form
def role_in_brackets(talk: Talk) -> File:
    labels = (f"{talk.names[0]} ({talk.roles[0]})", f"{talk.names[1]} ({talk.roles[1]})")
    return File("a.txt", _lines(talk, labels, lambda who, _, said: f"{who}: {said}"), labels, roles=True)


@form
def direction_marks(talk: Talk) -> File:
    return File(
        "a.txt", _lines(talk, talk.names, lambda who, _, said: f"\u200f{who}\u200f: {said}"), talk.names
    )


@form
def decomposed_now_and_then(talk: Talk) -> File:
    import unicodedata

    out = []
    for n, turn in enumerate(talk.turns):
        label = unicodedata.normalize("NFD" if n % 4 > 1 else "NFC", talk.names[turn.who])
        out += [f"{label}: {turn.paras[0]}", *turn.paras[1:]]
    return File("a.txt", "\n\n".join(out), talk.names)


@form
def time_before(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, t, said: f"[{clock(t.start)}] {who}: {said}")
    return File("a.txt", text, talk.names, starts=True)


@form
def time_after_colon(talk: Talk) -> File:
    text = _lines(talk, talk.roles, lambda who, t, said: f"{who}: [{clock(t.start)}] {said}")
    return File("a.txt", text, talk.roles, starts=True, roles=True)


@form
def otranscribe(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, t, said: f"{clock(t.start, 'm:s')} {who}: {said}")
    return File("a.txt", text, talk.names, starts=True)


@form
def time_of_day(talk: Talk) -> File:
    def head(who: str, t: Turn) -> str:
        return f"{who}   10:{int(t.start):02} AM"

    minutes = replace(talk, turns=tuple(replace(t, start=t.start * 60, end=t.end * 60) for t in talk.turns))
    return File(
        "a.txt",
        _under(minutes, talk.names, lambda who, t: head(who, replace(t, start=t.start / 60))),
        talk.names,
        starts=True,
        shift=60,
    )


@form
def otter(talk: Talk) -> File:
    head = (
        "Pump project\nMon, Jan 05, 2026 1:35PM • 27:42\n\nSUMMARY KEYWORDS\npump, meter, "
        "reading\n\nSPEAKERS\n"
        f"{', '.join(talk.names)}\n\n"
    )
    text = _under(talk, talk.names, lambda who, t: f"{who}  {clock(t.start, 'mm:ss')}  ")
    return File("a.txt", head + text + "\nTranscribed by https://otter.ai\n", talk.names, starts=True)


@form
def teams(talk: Talk) -> File:
    head = (
        "Pump project-20260105_133555-Meeting Recording\nJanuary 5, 2026, 1:35PM\n27m 42s\n\n"
        f"{talk.names[0]} started transcription\n\n"
    )
    text = _under(talk, talk.names, lambda who, t: f"{who}   {clock(t.start, 'm:s')}")
    return File("a.txt", f"{head}{text}\n{talk.names[0]} stopped transcription\n", talk.names, starts=True)


@form
def teams_in_words(talk: Talk) -> File:
    def head(who: str, t: Turn) -> str:
        return f"{who}\n{int(t.start) // 60} minutes {int(t.start) % 60} seconds\n{clock(t.start, 'm:s')}"

    return File("a.txt", _under(talk, talk.names, head), talk.names, starts=True)


@form
def zoom_text(talk: Talk) -> File:
    text = _under(talk, talk.names, lambda who, t: f"[{who}] {clock(t.start)}")
    return File("a.txt", text, talk.names, starts=True)


@form
def rev(talk: Talk) -> File:
    text = _under(talk, talk.names, lambda who, t: f"{who} ({clock(t.start, 'mm:ss')}):")
    return File("a.txt", text, talk.names, starts=True)


@form
def descript(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, t, said: f"**{who}:** [{clock(t.start)}] {said}")
    return File("a.md", f"# Pump project\n\n{text}", talk.names, starts=True)


@form
def trint(talk: Talk) -> File:
    text = _under(talk, talk.names, lambda who, t: f"{who} [{clock(t.start)}]")
    return File("a.txt", text, talk.names, starts=True)


@form
def sonix(talk: Talk) -> File:
    text = _under(talk, talk.names, lambda who, t: f"[{clock(t.start)}]\n{who}:")
    return File("a.txt", text, talk.names, starts=True)


@form
def happy_scribe(talk: Talk) -> File:
    text = _under(talk, talk.names, lambda who, t: f"[{clock(t.start, 'vtt')}] - {who}")
    return File("a.txt", text, talk.names, starts=True)


@form
def amberscript(talk: Talk) -> File:
    text = _under(talk, talk.names, lambda who, t: f"{who} {clock(t.start)}")
    return File("a.txt", text, talk.names, starts=True)


@form
def word_transcribe(talk: Talk) -> File:
    labels = ("Speaker 1", "Speaker 2")
    text = _under(talk, labels, lambda who, t: f"{clock(t.start)} {who}")
    return File("a.txt", f"Audio file\ninterview.mp3\n\nTranscript\n{text}", labels, starts=True)


@form
def google_meet(talk: Talk) -> File:
    head = f"Pump project (2026-01-05 13:35 GMT+1)\nAttendees\n{', '.join(talk.names)}\nTranscript\n\n"
    text = _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}")
    foot = (
        "\nTranscription ended after 00:27:42\n\nThis editable transcript was computer generated and "
        "might contain "
        "errors. People can also change the text after it was created.\n"
    )
    return File("a.txt", head + text + foot, talk.names)


@form
def f4_end(talk: Talk) -> File:
    text = _lines(_flat(talk), talk.names, lambda who, t, said: f"{who}: {said} {clock(t.end, 'f4')}", "\n")
    return File("a.txt", text, talk.names, ends=True)


@form
def f4_start(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, t, said: f"{clock(t.start, 'f4')} {who}: {said}")
    return File("a.txt", text, talk.names, starts=True)


@form
def maxqda_numbers(talk: Talk) -> File:
    out = ["1\n     Interview"]
    number = 2
    for turn in talk.turns:
        for n, para in enumerate(turn.paras):
            out.append(f"{number:<5}{talk.names[turn.who]}: {para}" if n == 0 else f"{number:<5}{para}")
            number += 1
    return File("a.txt", "\n\n".join(out), talk.names)


@form
def line_numbers_in_brackets(talk: Talk) -> File:
    out = [f"{n}. {talk.roles[turn.who]}: {turn.paras[0]}" for n, turn in enumerate(_flat(talk).turns, 1)]
    return File("a.txt", "\n".join(out), talk.roles, roles=True)


@form
def inqscribe(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, t, said: f"[{clock(t.start)}.00] {who}: {said}")
    return File("a.txt", text, talk.names, starts=True)


@form
def elan(talk: Talk) -> File:
    rows = []
    for t in _flat(talk).turns:
        times = "\t".join(clock(time, "vtt") for time in (t.start, t.end, t.end - t.start))
        rows.append(f"{talk.names[t.who]}\t\t{times}\t{t.paras[0]}")
    return File("a.txt", "\n".join(rows), talk.names, starts=True)


@form
def nvivo_columns(talk: Talk) -> File:
    rows = ["Timespan\tContent\tSpeaker"]
    rows += [
        f"{clock(t.start, 'm:s')}.0 - {clock(t.end, 'm:s')}.0\t{t.paras[0]}\t{talk.names[t.who]}"
        for t in _flat(talk).turns
    ]
    return File("a.txt", "\n".join(rows), talk.names, starts=True)


@form
def wrapped(talk: Talk) -> File:
    text = _lines(_long(talk), talk.names, lambda who, _, said: f"{who}: {said}")
    return File("a.txt", "\n\n".join(textwrap.fill(para, 60) for para in text.split("\n\n")), talk.names)


@form
def hanging(talk: Talk) -> File:
    text = "\n".join(
        textwrap.fill(f"{talk.roles[t.who]}: {t.paras[0]}", 50, subsequent_indent="      ")
        for t in _flat(talk).turns
    )
    return File("a.txt", text, talk.roles, roles=True)


@form
def front_matter(talk: Talk) -> File:
    head = "---\ntitle: Interview\nhistory:\n    v1:\n        date: 2026-05-25\n---\n\n## Content\n\n"
    text = _lines(talk, talk.roles, lambda who, _, said: f"{who}: {said}")
    return File("a.md", head + text, talk.roles, roles=True)


@form
def legend(talk: Talk) -> File:
    head = f"# Transkript 7\n\nI = {talk.roles[0]}\nB = {talk.roles[1]}\n\n---\n\n"
    labels = ("I", "B")
    return File(
        "a.md", head + _lines(talk, labels, lambda who, _, said: f"{who}: {said}"), labels, roles=True
    )


@form
def head_of_keys(talk: Talk) -> File:
    who = "".join(f"{role}: {name}\n" for role, name in zip(talk.roles, talk.names, strict=True))
    head = f"Interview 7\nDate: 5 January 2026\n{who}\n"
    text = _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}")
    return File("a.txt", head + text, talk.names, roles=True)


@form
def utf16(talk: Talk) -> File:
    text = _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}", "\r\n\r\n")
    return File("a.txt", text.encode("utf-16"), talk.names)


@form
def old_encoding(talk: Talk) -> File:
    encoding = OLD[talk.language]
    text = _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}", "\r\n\r\n")
    return File("a.txt", text.encode(encoding), talk.names, encoding=encoding)


def _cues(
    talk: Talk, text: Callable[[str, str, bool], str], labels: tuple[str, str], kind: str = "vtt"
) -> str:
    """One cue a paragraph; `text` gets label, words and whether the speaker has just changed."""
    out = ["WEBVTT"] if kind == "vtt" else []
    number = 1
    for turn in talk.turns:
        step = (turn.end - turn.start) / len(turn.paras)
        for n, para in enumerate(turn.paras):
            times = f"{clock(turn.start + n * step, kind)} --> {clock(turn.start + (n + 1) * step, kind)}"
            out.append(f"{number}\n{times}\n{text(labels[turn.who], para, n == 0)}")
            number += 1
    return "\n\n".join(out) + "\n"


@form
def vtt_voices(talk: Talk) -> File:
    text = _cues(talk, lambda who, said, _: f"<v {who}>{said}</v>", talk.names)
    return File("a.vtt", text, talk.names, starts=True)


@form
def vtt_zoom(talk: Talk) -> File:
    return File(
        "a.vtt", _cues(talk, lambda who, said, _: f"{who}: {said}", talk.names), talk.names, starts=True
    )


@form
def vtt_zoom_pronouns(talk: Talk) -> File:
    labels = (talk.names[0], f"{talk.names[1]} (he/him)")
    return File("a.vtt", _cues(talk, lambda who, said, _: f"{who}: {said}", labels), labels, starts=True)


@form
def vtt_dash_before_voice(talk: Talk) -> File:
    text = _cues(talk, lambda who, said, _: f"- <v {who}>{said}", talk.names)
    return File("a.vtt", text, talk.names, starts=True)


@form
def vtt_name_in_brackets(talk: Talk) -> File:
    text = _cues(talk, lambda who, said, _: f"({who})\n{said}", talk.names)
    return File("a.vtt", text, talk.names, starts=True)


@form
def vtt_blank_line_in_cue(talk: Talk) -> File:
    text = _cues(talk, lambda who, said, _: f"\n{who}: {said}", talk.names)
    return File("a.vtt", text, talk.names, starts=True)


@form
def srt_labels_at_changes(talk: Talk) -> File:
    text = _cues(talk, lambda who, said, new: f"{who}: {said}" if new else said, talk.names, "srt")
    return File("a.srt", text, talk.names, starts=True)


@form
def srt_whisperx(talk: Talk) -> File:
    labels = ("SPEAKER_00", "SPEAKER_01")
    text = _cues(talk, lambda who, said, _: f"[{who}]: {said}", labels, "srt")
    return File("a.srt", text, labels, starts=True)


@form
def srt_broadcast(talk: Talk) -> File:
    labels = (talk.names[0].upper(), talk.names[1].upper())
    text = _cues(talk, lambda who, said, new: f">> {who}: {said}" if new else said, labels, "srt")
    return File("a.srt", text, labels, starts=True)


@form
def whisperx_json(talk: Talk) -> File:
    import json

    labels = ("SPEAKER_00", "SPEAKER_01")
    segments = [
        {
            "start": t.start,
            "end": t.end,
            "text": f" {' '.join(t.paras)}",
            "speaker": labels[t.who],
            "words": [],
        }
        for t in talk.turns
    ]
    return File("a.json", json.dumps({"segments": segments, "language": talk.language}), labels, starts=True)


def _long(talk: Talk) -> Talk:
    """Each paragraph long enough to be wrapped, where words have blanks between them."""
    if talk.language in ("zh", "ja"):
        return talk
    return replace(
        talk, turns=tuple(replace(t, paras=tuple(" ".join([p] * 3) for p in t.paras)) for t in talk.turns)
    )


def expected(talk: Talk, name: str) -> Talk:
    """The talk as the form wrote it."""
    return _long(talk) if name == "wrapped" else talk
