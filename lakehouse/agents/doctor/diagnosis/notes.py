"""What a short note on a page says, in the languages of many sites; evidence only beside what the page's build says."""

from __future__ import annotations

import re

# ruff: noqa: RUF001 - words as they are written

NOTHING = re.compile(
    r"\b(no|none|nothing|not found|keine?r?|nichts|aucune?s?|rien|ningun[ao]?|ningún|no hay|no se|sin resultados"
    r"|nenhuma?|não há|não foram|não existem|sem resultados|nessuna?|non ci sono|geen|niets|inga|inget|ingen|intet"
    r"|ei (löyty|tulok|hakutulok)\w*|ei ole|brak|nie znaleziono|nie ma|žádn\w+|nenalezen\w*|nebyl[yo]? nalezen\w*"
    r"|nincs\w*|niciun\w*|nu (au|sunt|există|s-au)|bulunamadı|yok\w*|nema|tidak (ada|ditemukan)|không (có|tìm)|tiada"
    r"|δεν|κανένα|няма|нет|ничего|отсутству\w+|не найден\w*|немає|нічого|не знайдено|відсутн\w+)\b"
    r"|אין|לא נמצא|لا توجد|لا يوجد|لم يتم العثور|یافت نشد|नहीं|ไม่พบ|ไม่มี|没有|沒有|未找到|暂无|暫無|查無|无结果|無結果"
    r"|ありません|見つかりません|該当なし|없습니다|없음",
    re.IGNORECASE,
)
NOUGHT = re.compile(r"(?<![\d.,:/\-])[0٠०０](?![\d.,:/\-]|\s*[%h])")
ERROR = re.compile(
    r"error|exception|fail|unavailable|refused|denied|timed? ?out|try again later|maintenance|\bsql|\bora-\d|traceback"
    r"|fehler|wartung|erreur|indisponible|errore|\berro\b|indisponível|no disponible|fout\b|virhe|błąd|chyba|\bhiba"
    r"|hata\b|lỗi|σφάλμα|ошибк|недоступ|помилк|грешка|שגיאה|خطأ|خطا|त्रुटि|ข้อผิดพลาด|错误|錯誤|异常|維護|エラー|障害|오류",
    re.IGNORECASE,
)


def says_nothing(note: str) -> bool:
    """Tell whether a note says that there is nothing, in words or by a count of nought."""
    return bool(NOTHING.search(note) or NOUGHT.search(note))


def says_error(note: str) -> bool:
    """Tell whether a note speaks of something that went wrong."""
    return bool(ERROR.search(note))
