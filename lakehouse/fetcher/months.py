"""Names of months in the languages that dates are read in."""

from __future__ import annotations

from functools import cache

from lakehouse.fetcher.errors import OptionError

# Twelve months a language, in order; `/` parts the forms of one month: full, inflected, short.
NAMES = {
    "en": (
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep "
        "october/oct november/nov december/dec"
    ),
    "de": (
        "januar/jänner/jan/jän februar/feber/feb märz/maerz/mär/mrz april/apr mai juni/jun juli/jul "
        "august/aug september/sept/sep oktober/okt november/nov dezember/dez"
    ),
    "fr": (
        "janvier/janv/jan février/fevrier/févr/fevr/fév/fev mars/mar avril/avr/avri mai juin "
        "juillet/juil/juill août/aout/aoû septembre/sept/sep octobre/oct novembre/nov "
        "décembre/decembre/déc/dec"
    ),
    "es": (
        "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago "
        "septiembre/setiembre/sept/sep/set octubre/oct noviembre/nov diciembre/dic"
    ),
    "it": (
        "gennaio/gen/genn febbraio/feb/febbr marzo/mar aprile/apr maggio/mag/magg giugno/giu luglio/lug "
        "agosto/ago settembre/set/sett ottobre/ott novembre/nov dicembre/dic"
    ),
    "nl": (
        "januari/jan februari/feb maart/mrt/maa april/apr mei juni/jun juli/jul augustus/aug "
        "september/sept/sep oktober/okt november/nov december/dec"
    ),
    "pt": (
        "janeiro/jan fevereiro/fev março/marco/mar abril/abr maio/mai junho/jun julho/jul agosto/ago "
        "setembro/set outubro/out novembro/nov dezembro/dez"
    ),
    "sv": (
        "januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sept/sep "
        "oktober/okt november/nov december/dec"
    ),
    "da": (
        "januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sept/sep "
        "oktober/okt november/nov december/dec"
    ),
    "nb": (
        "januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sept/sep "
        "oktober/okt november/nov desember/des"
    ),
    "fi": (
        "tammikuuta/tammikuu/tammik/tammi helmikuuta/helmikuu/helmik/helmi "
        "maaliskuuta/maaliskuu/maalisk/maalis huhtikuuta/huhtikuu/huhtik/huhti "
        "toukokuuta/toukokuu/toukok/touko kesäkuuta/kesäkuu/kesäk/kesä heinäkuuta/heinäkuu/heinäk/heinä "
        "elokuuta/elokuu/elok/elo syyskuuta/syyskuu/syysk/syys lokakuuta/lokakuu/lokak/loka "
        "marraskuuta/marraskuu/marrask/marras joulukuuta/joulukuu/jouluk/joulu"
    ),
    "pl": (
        "stycznia/styczeń/sty lutego/luty/lut marca/marzec/mar kwietnia/kwiecień/kwi maja/maj "
        "czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz "
        "października/październik/paź listopada/listopad/lis grudnia/grudzień/gru"
    ),
    "cs": (
        "ledna/leden/led února/únor/úno března/březen/bře dubna/duben/dub května/květen/kvě "
        "června/červen/čvn/čer července/červenec/čvc srpna/srpen/srp září/zář října/říjen/říj "
        "listopadu/listopad/lis prosince/prosinec/pro"
    ),
}


@cache
def months(locale: str) -> dict[str, int]:
    """Return the month of each name of a language, English ones too where they do not collide; raises `OptionError`."""
    language = locale.lower().replace("_", "-").partition("-")[0]
    language = "nb" if language == "no" else language
    if language not in NAMES:
        raise OptionError(f"the locale {locale!r} is not known; known are {', '.join(sorted(NAMES))}.")
    return _numbered("en") | _numbered(language)


def _numbered(language: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(NAMES[language].split(), 1) for name in names.split("/")}
