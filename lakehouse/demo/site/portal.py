"""The pages that belong to no source: home, robots.txt, the sitemap and the files of the design."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from lakehouse.demo.site.answer import Answer, Asked
from lakehouse.demo.site.catalogue import CATALOGUE
from lakehouse.demo.site.rendering import long_date, page
from lakehouse.demo.site.routing import dresses
from lakehouse.demo.site.state import Setting

STATIC = Path(__file__).parent / "static"
STATIC_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def portal_page(setting: Setting, asked: Asked) -> Answer | None:
    """Return one of the site's general pages, or None where the path is none of them."""
    if asked.path.startswith("/static/"):
        return _static(asked.path.removeprefix("/static/"))
    view = _PAGES.get(asked.path)
    return view and view(setting, asked)


def _home(setting: Setting, asked: Asked) -> Answer:
    return page(
        "v1/home.html",
        asked,
        cards=[(CATALOGUE[name], dress) for name, dress in dresses(setting).items()],
        news=CATALOGUE["news"].records(setting.day)[:3],
        today=f"{setting.day:%A}, {long_date(setting.day)}",
    )


def _robots(asked: Asked) -> Answer:
    rules = ["User-agent: *", "Disallow: /staff/", "Disallow: /_control/", "Crawl-delay: 0", ""]
    return Answer("\n".join([*rules, f"Sitemap: {asked.origin}/sitemap.xml", ""]).encode(), "text/plain; charset=utf-8")


def _sitemap(setting: Setting, asked: Asked) -> Answer:
    root = Element("urlset", xmlns=SITEMAP_NAMESPACE)
    for path in _addresses(setting):
        SubElement(SubElement(root, "url"), "loc").text = asked.origin + path
    return Answer(tostring(root, encoding="utf-8", xml_declaration=True), "application/xml")


def _addresses(setting: Setting) -> list[str]:
    paths = ["/"]
    for name, dress in dresses(setting).items():
        paths += dict.fromkeys((dress.home, dress.data, *dress.details(CATALOGUE[name].records(setting.day))))
    return paths


def _static(name: str) -> Answer | None:
    file = STATIC / name
    if "/" in name or file.suffix not in STATIC_TYPES or not file.is_file():
        return None
    return Answer(file.read_bytes(), STATIC_TYPES[file.suffix])


_PAGES: dict[str, Callable[[Setting, Asked], Answer | None]] = {
    "/": _home,
    "/robots.txt": lambda _, asked: _robots(asked),
    "/sitemap.xml": _sitemap,
    "/favicon.ico": lambda _, __: _static("favicon.svg"),
    "/favicon.svg": lambda _, __: _static("favicon.svg"),
    "/staff/": lambda _, asked: page("wall/login.html", asked),
}
