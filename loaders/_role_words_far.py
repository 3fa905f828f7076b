"""Words for those who ask and those who answer in further languages; see `loaders._role_words`.

Parts of a term are joined by ``~``: marks, blanks and signs are off when they are looked up.
"""

from __future__ import annotations

from loaders._text import listed

# Hindi, Bengali, Urdu, Persian, Arabic, Hebrew; Thai, Vietnamese, Indonesian and Malay; Greek;
# Ukrainian, Bulgarian, Serbian, Croatian, Slovene, Polish; Romanian, Catalan; Hungarian, Estonian,
# Lithuanian, Latvian; Turkish; Icelandic; Swahili; Chinese, Korean, Japanese.
ASKING_FAR = listed(
    """
साक्षात्कारकर्ता साक्षात्कारकर्त्री प्रश्नकर्ता शोधकर्ता शोधार्थी सूत्रधार प्रश्न সাক্ষাৎকারগ্রহণকারী গবেষক প্রশ্নকর্তা
انٹرویو~لینے~والا انٹرویو~لینے~والی محقق مصاحبه‌گر مصاحبه~گر مصاحبه‌کننده مصاحبه~کننده پرسشگر پرسش‌گر پژوهشگر
تسهیلگر سوال سؤال پرسش القائم~بالمقابلة القائمة~بالمقابلة الميسر الميسرة ميسر ميسرة מראיינים שאלה
ผู้สัมภาษณ์ ผู้วิจัย นักวิจัย ผู้ดำเนินรายการ ผู้ถาม คำถาม ถาม
người~phỏng~vấn phỏng~vấn~viên người~hỏi nghiên~cứu~viên nhà~nghiên~cứu điều~phối~viên hỏi câu~hỏi
pewawancara peneliti penanya pemandu pertanyaan penemubual penemuduga penyelidik soalan
συνεντευκτής συνεντεύκτρια ερευνητής ερευνήτρια συντονιστής συντονίστρια ερώτηση
інтервюер інтервюерка дослідник дослідниця модераторка ведучий ведуча опитувач питання запитання
интервюер интервюиращ интервюираща изследовател изследователка въпрос
интервјуер истраживач истраживачица испитивач питање intervjuer intervjuerka ispitivač ispitivačica
istraživač istraživačica voditelj voditeljica pitanje spraševalec spraševalka izpraševalec raziskovalec
raziskovalka vprašanje pytający pytająca intervievator intervievatoare cercetător cercetătoare
moderatoare întrebare investigadores interjúvoló interjúztató riporter intervjueerija küsitleja küsija
uurija interviuotojas interviuotoja tyrėjas tyrėja klausimas intervētājs intervētāja pētnieks pētniece
mülakatı~yapan görüşmeyi~yapan anketör spyrill rannsakandi spyrjandi mhojaji mtafiti
访谈主持人 采访记者 訪談人 訪問人 提問人 主訪者 主访者 研究人員 問者
인터뷰진행자 모더레이터 질의자 面接者 聞取り者 質問
    """
)
ANSWERING_FAR = listed(
    """
साक्षात्कारदाता उत्तरदाता प्रतिभागी सूचनादाता उत्तर সাক্ষাৎকারদাতা উত্তরদাতা অংশগ্রহণকারী তথ্যদাতা
جواب~دہندہ مصاحبه‌شونده مصاحبه~شونده پاسخگو پاسخ‌گو پاسخ‌دهنده پاسخ~دهنده مشارکت‌کننده مشارکت~کننده
شرکت‌کننده شرکت~کننده پاسخ المستطلع~رأيه المبحوث الإجابة משיב משיבה תשובה
ผู้ให้สัมภาษณ์ ผู้ถูกสัมภาษณ์ ผู้ตอบ ผู้เข้าร่วม ผู้เข้าร่วมวิจัย ผู้ให้ข้อมูล คำตอบ ตอบ
người~được~phỏng~vấn người~trả~lời người~tham~gia người~cung~cấp~thông~tin đáp trả~lời
narasumber responden informan partisipan penjawab jawaban peserta
συνεντευξιαζόμενος συνεντευξιαζόμενη ερωτώμενος ερωτώμενη συμμετέχων συμμετέχουσα πληροφορητής
πληροφορήτρια αποκρινόμενος απάντηση
учасник учасниця інформант інформантка опитуваний опитувана співрозмовник співрозмовниця відповідь
интервюиран интервюирана участничка отговор
испитаник испитаница саговорник саговорница учесник учесница одговор ispitanik ispitanica sugovornik
sugovornica sagovornik sagovornica sudionik sudionica učesnik učesnica intervjuirani intervjuirana odgovor
intervjuvanec intervjuvanka udeleženec udeleženka sogovornik sogovornica odgovarjajoči
intervievat intervievată respondentă participantă răspuns entrevistat entrevistats
adatközlő beszélgetőtárs megkérdezett intervjueeritav vastaja osaleja küsitletav
interviuojamasis interviuojamoji informantas informantė dalyvis dalyvė respondentas respondentė atsakymas
intervējamais intervējamā dalībnieks dalībniece
yanıtlayan cevaplayan mülakat~yapılan viðmælandi viðmælendur þátttakandi mhojiwa mshiriki
受访对象 受訪對象 访谈对象 訪談對象 被采访人 被採訪人 被访问者 被訪問者
被研究者 答者 答复者 被面谈者
인터뷰대상자 답변인 피인터뷰자 면접대상자 回答 応答者
    """
)
#: Of these, the words for a question and an answer, which are a role only alone.
ALONE_FAR = listed(
    """
प्रश्न उत्तर سوال سؤال پرسش پاسخ الإجابة שאלה תשובה คำถาม ถาม คำตอบ ตอบ hỏi câu~hỏi đáp trả~lời
pertanyaan soalan jawaban ερώτηση απάντηση питання запитання відповідь въпрос отговор питање одговор
pitanje odgovor vprašanje întrebare răspuns klausimas atsakymas
質問 回答
    """
)
