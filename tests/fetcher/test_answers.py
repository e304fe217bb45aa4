"""The trace: which selector answered."""

from lakehouse.fetcher import Answer, Page, Unread, date, items, link, number, text


def test_each_answer_tells_the_selector_that_gave_it():
    page = Page("https://a.example/", b"<p>x</p><a href=/y>y</a>")
    node = page.one()
    text(node, "b", "p")
    link(node, "a")
    items(node, "p")
    assert page.answers == [
        Answer("text", ("b", "p"), 1, "x"),
        Answer("link", ("a",), 0, "https://a.example/y"),
        Answer("items", ("p",), 0, ["x"]),
    ]


def test_an_answer_without_a_value_has_the_index_minus_one():
    page = Page("https://a.example/", b"<p></p>")
    text(page.one(), "p", default="d")
    assert page.answers == [Answer("text", ("p",), -1, None)]


def test_what_could_not_be_read_is_an_answer_too():
    page = Page("https://a.example/", b"<p>soon</p>")
    found = date(page.one(), "p")
    assert page.answers == [Answer("date", ("p",), 0, found)]
    assert found == Unread("soon", "date", "no date is there")
    assert not found


def test_a_node_without_a_selector_answers_as_number_zero():
    page = Page("https://a.example/", b"[5]", "application/json")
    number(page.json()[0])
    assert [answer.index for answer in page.answers] == [0]
