"""Feeds of every kind give the same keys."""

import datetime as dt

import pytest

from lakehouse.fetcher import Page, PageError, date, datetime, link, text

RSS = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:court="urn:court"><channel><title>Site</title><link>https://a.example/</link>
<item><title>First &amp; last</title><link> /1 </link>
<guid isPermaLink="false">id-1</guid><pubDate>Wed, 31 Jan 2024 10:00:00 +0200</pubDate>

<description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded><dc:creator>Ann</dc:creator>
<category>x</category><category>y</category>
<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/><court:docket>12-3</court:docket></item>
</channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>Site</title></channel>
<item rdf:about="https://a.example/1"><title>First</title><dc:date>2024-01-31T08:00Z</dc:date><dc:subject>x</dc:subject></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title><entry><title type="html">First</title>

<link rel="enclosure" href="https://a.example/1.pdf"/><link rel="self" href="/self"/><link href="https://a.example/1"/>
<id>urn:1</id>
<published>2024-01-31T08:00:00Z</published><updated>2024-02-01T08:00:00Z</updated><summary>Short</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Long <b>text</b></div></content>
<author><name>Ann</name><email>a@a.example</email></author>
<author><name>Bob</name></author><category term="x" label="X"/></entry></feed>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "items": [
{"id": "1", "url": "https://a.example/1", "title": "First",

"date_published": "2024-01-31T08:00:00Z", "content_html": "<p>Long</p>", "authors": [{"name": "Ann"}],
"tags": ["x"], "_court": {"docket": "12-3"}}]}"""


def entries(body):
    return Page("https://a.example/feed", body.encode()).feed()


def test_rss_entries():
    (entry,) = entries(RSS)
    assert entry.value == {
        "title": "First & last",
        "link": "/1",
        "id": "id-1",
        "published": "Wed, 31 Jan 2024 10:00:00 +0200",
        "summary": "<p>Short</p>",
        "content": "<p>Long</p>",
        "author": "Ann",
        "categories": ["x", "y"],
        "court:docket": "12-3",
        "media": [{"url": "https://a.example/1.mp3", "type": "audio/mpeg"}],
    }
    assert link(entry, "link") == "https://a.example/1"


def test_rdf_entries():
    (entry,) = entries(RDF)
    assert entry.value == {
        "title": "First",
        "link": "https://a.example/1",
        "id": "https://a.example/1",
        "published": "2024-01-31T08:00Z",
        "categories": ["x"],
    }


def test_atom_entries():
    (entry,) = entries(ATOM)
    assert entry.value == {
        "title": "First",
        "link": "https://a.example/1",
        "id": "urn:1",
        "published": "2024-01-31T08:00:00Z",
        "updated": "2024-02-01T08:00:00Z",
        "summary": "Short",
        "content": "Long text",
        "author": "Ann, Bob",
        "categories": ["X"],
        "media": [{"rel": "enclosure", "href": "https://a.example/1.pdf", "url": "https://a.example/1.pdf"}],
    }


def test_json_feed_entries():
    (entry,) = entries(JSON_FEED)
    assert entry.value == {
        "title": "First",
        "link": "https://a.example/1",
        "id": "1",
        "published": "2024-01-31T08:00:00Z",
        "content": "<p>Long</p>",
        "author": "Ann",
        "categories": ["x"],
        "_court": {"docket": "12-3"},
    }


@pytest.mark.parametrize("body", [RSS, RDF, ATOM, JSON_FEED])
def test_the_same_fetcher_reads_every_kind(body):
    (entry,) = entries(body)
    assert text(entry, "title", after="F") in {"irst", "irst & last"}
    assert date(entry, "published") == dt.date(2024, 1, 31)
    assert datetime(entry, "published") == dt.datetime(2024, 1, 31, 8, tzinfo=dt.UTC)


def test_markup_in_a_summary_can_be_read_as_html():
    (entry,) = entries(RSS)
    summary = entry.first("summary")
    assert summary is not None
    assert text(summary.as_html(), "p") == "Short"


@pytest.mark.parametrize(
    "body",
    [
        RSS.replace("&amp;", "&"),
        RSS.replace("</item>", "").replace("</channel></rss>", ""),
        RSS.replace("Wed,", "\x0bWed,"),
        RSS.replace("&amp;", "&nbsp;&bogus;"),
    ],
)
def test_malformed_feeds_still_give_their_entries(body):
    (entry,) = entries(body)
    assert text(entry, "id") == "id-1"
    assert text(entry, "author") == "Ann"


def test_an_entity_bomb_in_a_feed_stays_small():
    bomb = "<!DOCTYPE r [" + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)) + "]>"
    (entry,) = entries(bomb + "<rss><item><title>&e9;</title></item></rss>")
    assert text(entry, "title") == "&e9;"


@pytest.mark.parametrize("body", ["", "<html><p>no", "{}", '{"items": 5}', "[]"])
def test_a_page_that_is_no_feed_is_named_in_the_error(body):
    with pytest.raises(PageError, match=r"https://a\.example/feed"):
        entries(body)


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        ("<link href='/a' rel='self'/><link href='/b'/>", "link", "/b"),
        ("<link rel='enclosure' href='/a.mp3'/>", "link", "/a.mp3"),
        ("<guid>https://a.example/1</guid>", "link", "https://a.example/1"),
        ("<guid isPermaLink='false'>https://a.example/1</guid>", "link", None),
        ("<title>a</title><title>b</title>", "title", "a"),
        ("<title><![CDATA[a <b>bold</b> & c]]></title>", "title", "a <b>bold</b> & c"),
        ("<title>a &lt;b&gt; &amp;amp; &#233;</title>", "title", "a <b> &amp; é"),
        ("<author><name>A</name></author><author><name>B</name></author>", "author", "A, B"),
        ("<dc:creator>A</dc:creator>", "author", "A"),
        ("<category term='x'/><category label='Y' term='y'/><category>x</category>", "categories", "x, Y"),
        ("<dc:date>2024-01-31</dc:date>", "published", "2024-01-31"),
        ("<court:docket>26-1</court:docket>", "court:docket", "26-1"),
        ("<x>1</x><x>2</x>", "x", "1, 2"),
        ("<TITLE>a</TITLE>", "title", None),
        ("<title/>", "title", None),
        ("<title>a<br>b</title>", "title", "ab"),
    ],
)
def test_an_item_may_say_it_in_many_ways(item, field, value):
    (entry,) = entries(f"<rss><channel><item>{item}</item></channel></rss>")
    assert text(entry, field) == value


@pytest.mark.parametrize(
    "body",
    [
        "\ufeff\n\n<?xml version='1.0'?><rss><item><title>a</title></item></rss>",
        "<rss><channel><item><title>a</title></item></channel></rss><script>x</script>",
        "<html><body><rss><item><title>a</title></item></rss></body></html>",
        "<rss><item><title>a</title></item><item",
        "<rss><item><title>a</item></rss>",
        "<rss xmlns:z='http://purl.org/rss/1.0/'><z:item><z:title>a</z:title></z:item></rss>",
        "<feed><entry><title>a</title></entry></feed>",
        "<rss><item title='x > y'><title>a</title></item></rss>",
    ],
)
def test_feeds_broken_in_known_ways_still_give_the_title(body):
    assert text(entries(body)[0], "title") == "a"
