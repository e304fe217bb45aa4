"""What a right repair of `fees` reads after the redesign: the columns swapped and renamed."""

from lakehouse.fetcher import Request, date, money, text


def start():
    yield Request("http://127.0.0.1:8765/documents/fee-schedule.pdf")


def parse(page):
    for row in page.pdf():
        yield {
            "code": text(row, '["Ref."]'),
            "department": text(row, "Office"),
            "service": text(row, "Description of service"),
            "unit": text(row, "Charged"),
            "fee": money(row, "Amount"),
            "effective": date(row, "In force since", order="DMY"),
        }
