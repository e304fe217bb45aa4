"""Air quality: a CSV file; then columns of other names and order, semicolons and decimal commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from lakehouse.demo.site.answer import Answer, Asked
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.dress.landing import landing
from lakehouse.demo.site.truth.air import Reading

ADDRESS = "/data/air-quality.csv"
PLAIN = ("station", "measured_at_utc", "pm25", "no2", "aqi", "status")
RENAMED = ("Time (UTC)", "AQI", "Nitrogen dioxide", "Fine dust", "Site", "Verified")


def _commas(asked: Asked) -> Answer:
    return _csv(PLAIN, map(_plain_row, asked.records), ",")


def _semicolons(asked: Asked) -> Answer:
    return _csv(RENAMED, map(_renamed_row, asked.records), ";")


def _plain_row(reading: Reading) -> tuple[object, ...]:
    status = "provisional" if reading.provisional else "verified"
    return reading.station, f"{reading.measured_at:%Y-%m-%d %H:%M}", reading.pm25, reading.no2, reading.index, status


def _renamed_row(reading: Reading) -> tuple[object, ...]:
    moment = f"{reading.measured_at:%d/%m/%Y %H:%M}"
    verified = "no" if reading.provisional else "yes"
    return moment, reading.index, _comma(reading.no2), _comma(reading.pm25), reading.station, verified


def _comma(number: Decimal | None) -> str:
    return "" if number is None else str(number).replace(".", ",")


def _csv(header: tuple[str, ...], rows: Iterable[tuple[object, ...]], delimiter: str) -> Answer:
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows(rows)
    disposition = {"Content-Disposition": 'attachment; filename="air-quality.csv"'}
    return Answer(sheet.getvalue().encode(), "text/csv; charset=utf-8", headers=disposition)


DRESSES = {
    1: Dress("/air-quality", ADDRESS, {"/air-quality": landing("air", "v1"), ADDRESS: _commas}),
    2: Dress("/air-quality", ADDRESS, {"/air-quality": landing("air", "v2"), ADDRESS: _semicolons}),
}
