"""The words that fetchers may use: one list for the static check, and for the worker that hands the words out."""

from __future__ import annotations

_IMPORTS = """
lakehouse.fetcher: CODE DATE Money PageError Request SelectorError Unread boolean date datetime items link money
    number text
re: A ASCII DOTALL I IGNORECASE M MULTILINE S VERBOSE X compile escape findall finditer fullmatch match search
    split sub subn
json: JSONDecodeError dumps loads
datetime: UTC date datetime time timedelta timezone
decimal: Decimal InvalidOperation ROUND_CEILING ROUND_DOWN ROUND_FLOOR ROUND_HALF_EVEN ROUND_HALF_UP ROUND_UP
html: escape unescape
math: ceil fabs floor fsum gcd hypot inf isclose isfinite isinf isnan log log10 nan pi sqrt trunc
collections: Counter OrderedDict defaultdict deque
itertools: accumulate chain compress count dropwhile filterfalse groupby islice pairwise repeat starmap
    takewhile zip_longest
urllib.parse: parse_qs parse_qsl quote quote_plus unquote unquote_plus urldefrag urlencode urljoin urlparse
    urlsplit urlunsplit
__future__: annotations
"""

_BUILTINS = """
    ArithmeticError AssertionError AttributeError Exception False IndexError KeyError LookupError None
    NotImplementedError OverflowError RecursionError RuntimeError StopIteration True TypeError
    UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError abs all any ascii bin bool
    bytes callable chr dict divmod enumerate filter float frozenset hex int isinstance issubclass iter len list
    map max min next oct ord pow range repr reversed round set slice sorted str sum tuple zip
"""

_CONSTRUCTS = """
    Add And AnnAssign Assert Assign Attribute AugAssign BinOp BitAnd BitOr BitXor BoolOp Break Call Compare
    Constant Continue Del Delete Dict DictComp Div Eq ExceptHandler Expr FloorDiv For FormattedValue FunctionDef
    GeneratorExp Gt GtE If IfExp Import ImportFrom In Invert Is IsNot JoinedStr LShift Lambda List ListComp Load
    Lt LtE Match MatchAs MatchMapping MatchOr MatchSequence MatchSingleton MatchStar MatchValue Mod Module Mult
    Name NamedExpr Not NotEq NotIn Or Pass Pow RShift Raise Return Set SetComp Slice Starred Store Sub Subscript
    Try Tuple UAdd USub UnaryOp While Yield YieldFrom alias arg arguments comprehension keyword match_case
"""

_INSIDES = """
    add_note ag_await ag_code ag_frame co_code co_consts co_names cr_await cr_code cr_frame cr_origin f_back
    f_builtins f_code f_globals f_lasti f_lineno f_locals f_trace format format_map func_closure func_code
    func_globals gi_code gi_frame gi_running gi_suspended gi_yieldfrom mro tb_frame tb_lasti tb_lineno tb_next
    throw with_traceback
"""


def _modules(listing: str) -> dict[str, frozenset[str]]:
    lines = listing.replace("\n    ", " ").strip().splitlines()
    return {module: frozenset(names.split()) for module, _, names in (line.partition(": ") for line in lines)}


IMPORTS = _modules(_IMPORTS)
"""Module to the names that a fetcher may take from it; none of them reaches a file, a clock or a random number."""

BUILTINS = frozenset(_BUILTINS.split())

CONSTRUCTS = frozenset(_CONSTRUCTS.split())
"""Syntax that fetchers may contain: no classes, `with`, `async`, `global`; no class patterns, they read attributes."""

CLOCKS = frozenset({"now", "today", "utcnow"})
"""Attributes that read the clock: the same page must give the same records on every day."""

INSIDES = frozenset(_INSIDES.split())
"""Public attributes that lead to the interpreter behind a value, or read attributes that no syntax shows (`format`)."""

MAX_LINES = 1_500
MAX_CHARACTERS = 64_000
MAX_NODES = 20_000
MAX_DEPTH = 60
MAX_CONSTANT = 8_000
MAX_INTEGER_BITS = 128
