"""The words that fetchers may use: one list for the static check, and for the worker that hands the words out."""

from __future__ import annotations

IMPORTS: dict[str, frozenset[str]] = {
    module: frozenset(names.split())
    for module, names in {
        "lakehouse.fetcher": "Request Money Unread PageError SelectorError text link date datetime number money boolean items",
        "re": "compile escape findall finditer fullmatch match search split sub subn A ASCII I IGNORECASE M MULTILINE S DOTALL X VERBOSE",
        "json": "loads dumps JSONDecodeError",
        "datetime": "date datetime time timedelta timezone UTC",
        "decimal": "Decimal InvalidOperation ROUND_HALF_UP ROUND_HALF_EVEN ROUND_DOWN ROUND_UP ROUND_FLOOR ROUND_CEILING",
        "html": "escape unescape",
        "math": "ceil fabs floor fsum gcd hypot inf isclose isfinite isinf isnan log log10 nan pi sqrt trunc",
        "collections": "Counter OrderedDict defaultdict deque",
        "itertools": "accumulate chain compress count dropwhile filterfalse groupby islice pairwise repeat starmap takewhile zip_longest",
        "urllib.parse": "parse_qs parse_qsl quote quote_plus unquote unquote_plus urldefrag urlencode urljoin urlparse urlsplit urlunsplit",
        "__future__": "annotations",
    }.items()
}
"""Module to the names that a fetcher may take from it; none of them reaches a file, a clock or a random number."""

BUILTINS = frozenset(
    "abs all any ascii bin bool bytes callable chr dict divmod enumerate filter float frozenset hex int isinstance issubclass iter "
    "len list map max min next oct ord pow range repr reversed round set slice sorted str sum tuple zip None True False "
    "ArithmeticError AssertionError AttributeError Exception IndexError KeyError LookupError NotImplementedError OverflowError "
    "RecursionError RuntimeError StopIteration TypeError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError".split()
)

CONSTRUCTS = frozenset(
    "Module FunctionDef Return Delete Assign AugAssign AnnAssign For While If Raise Try Assert Import ImportFrom Expr Pass Break Continue "
    "BoolOp NamedExpr BinOp UnaryOp Lambda IfExp Dict Set ListComp SetComp DictComp GeneratorExp comprehension Yield YieldFrom Compare Call "
    "FormattedValue JoinedStr Constant Attribute Subscript Starred Name List Tuple Slice Load Store Del And Or Add Sub Mult Div Mod Pow "
    "LShift RShift BitOr BitXor BitAnd FloorDiv Invert Not UAdd USub Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn ExceptHandler arguments arg "
    "keyword alias Match match_case MatchValue MatchSingleton MatchSequence MatchMapping MatchStar MatchAs MatchOr".split()
)
"""Syntax that fetchers may contain. Classes, `with`, `async`, `global`, and class patterns (which read attributes by name) are not among it."""

CLOCKS = frozenset("now today utcnow".split())
"""Attributes that read the clock: the same page must give the same records on every day."""

INSIDES = frozenset(
    "format format_map mro throw with_traceback add_note "
    "gi_code gi_frame gi_running gi_suspended gi_yieldfrom cr_await cr_code cr_frame cr_origin ag_await ag_code ag_frame "
    "tb_frame tb_lasti tb_lineno tb_next f_back f_builtins f_code f_globals f_lasti f_lineno f_locals f_trace "
    "co_code co_consts co_names func_closure func_code func_globals".split()
)
"""Public attributes that lead from a value to the interpreter behind it; `str.format` reads attributes that no syntax shows."""

MAX_LINES = 1_500
MAX_CHARACTERS = 64_000
MAX_NODES = 20_000
MAX_DEPTH = 60
MAX_CONSTANT = 8_000
MAX_INTEGER_BITS = 128
