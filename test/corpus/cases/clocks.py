"""Times and money: ends of months, weeks and years, hours that a change of clocks takes or gives, rounding of decimals."""

import calendar
import datetime
import decimal
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo


# %% original: a month later
def f(day):
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for d in range(day.day, 0, -1):
        try:
            return datetime.date(year, month, d)
        except ValueError:
            continue


# %% calls
f(datetime.date(2024, 4, 15))
f(datetime.date(2023, 12, 3))


# %% wrong: no day behind the 28th
def f(day):
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime.date(year, month, min(day.day, 28))


# %% wrong: as many days as this month has
def f(day):
    return day + datetime.timedelta(days=calendar.monthrange(day.year, day.month)[1])


# %% wrong: February never leaps
def f(day):
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return datetime.date(year, month, min(day.day, last))


# %% right: the length of that month
def f(day):
    year, month = divmod(12 * day.year + day.month, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# %% original: is it the last of its month
def f(day):
    return (day + datetime.timedelta(days=1)).month != day.month


# %% calls
f(datetime.date(2024, 4, 30))
f(datetime.date(2024, 5, 30))


# %% wrong: from the 30th on
def f(day):
    return day.day == (31 if day.month in (1, 3, 5, 7, 8, 10, 12) else 30)


# %% wrong: leap years of four
def f(day):
    last = [31, 28 + (day.year % 4 == 0), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day.day == last[day.month - 1] and day.day > 28


# %% right: the length of the month
def f(day):
    return day.day == calendar.monthrange(day.year, day.month)[1]


# %% original: quarter
def f(day):
    return (day.month - 1) // 3 + 1


# %% calls
f(datetime.date(2024, 2, 15))
f(datetime.date(2024, 5, 9))


# %% wrong: the third month begins the next
def f(day):
    return day.month // 3 + 1


# %% wrong: fours of months
def f(day):
    return day.month // 4 + 1


# %% right: upwards
def f(day):
    return -(-day.month // 3)


# %% original: the week's number
def f(day):
    return day.isocalendar()[1]


# %% calls
f(datetime.date(2024, 3, 6))
f(datetime.date(2024, 11, 20))


# %% wrong: Mondays since the year began, and one in a year that a Monday does not begin
def f(day):
    return int(day.strftime("%W")) + (datetime.date(day.year, 1, 1).weekday() != 0)


# %% wrong: sevens of days
def f(day):
    return (day.timetuple().tm_yday - 1) // 7 + 1


# %% right: as strftime says
def f(day):
    return int(day.strftime("%V"))


# %% original: hours between
def f(start, end):
    return (end.astimezone(datetime.timezone.utc) - start.astimezone(datetime.timezone.utc)).total_seconds() / 3600


# %% calls
f(
    datetime.datetime(2024, 3, 4, 12, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime.datetime(2024, 3, 5, 18, tzinfo=ZoneInfo("Europe/Berlin")),
)


# %% wrong: by the clock on the wall
def f(start, end):
    return (end - start).total_seconds() / 3600


# %% wrong: without days
def f(start, end):
    zone = datetime.timezone.utc
    gap = end.astimezone(zone) - start.astimezone(zone)
    return 24 * gap.days + gap.seconds / 3600


# %% original: minutes of a day
def f(start, end):
    return int((end - start).total_seconds() // 60)


# %% calls
f(datetime.datetime(2024, 1, 1, 8, 0), datetime.datetime(2024, 1, 1, 9, 30))
f(datetime.datetime(2024, 1, 1, 8, 0), datetime.datetime(2024, 1, 2, 8, 0))


# %% wrong: seconds within the day
def f(start, end):
    return (end - start).seconds // 60


# %% wrong: towards zero
def f(start, end):
    return int((end - start).total_seconds() / 60)


# %% right: divided by a minute
def f(start, end):
    return (end - start) // datetime.timedelta(minutes=1)


# %% original: prices rounded half up, and added
def f(prices):
    total = Decimal(0)
    for price in prices:
        total += price.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return total


# %% calls
f([Decimal("1.239"), Decimal("2.501")])


# %% wrong: half to even
def f(prices):
    return sum((price.quantize(Decimal("0.01")) for price in prices), Decimal(0))


# %% wrong: rounded in the end
def f(prices):
    return sum(prices, Decimal(0)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


# %% wrong: rounds half up ever after
def f(prices):
    decimal.getcontext().rounding = ROUND_HALF_UP
    return sum((price.quantize(Decimal("0.01")) for price in prices), Decimal(0))


# %% right: the cent made once
def f(prices):
    cent = Decimal("0.01")
    return sum((price.quantize(cent, rounding=ROUND_HALF_UP) for price in prices), Decimal(0))


# %% original: shares to many places
def f(parts):
    with decimal.localcontext() as context:
        context.prec = 40
        total = sum(parts, Decimal(0))
        return [part / total for part in parts]


# %% calls
f([Decimal(1), Decimal(3)])
f([Decimal(5)])


# %% wrong: 28 places
def f(parts):
    total = sum(parts, Decimal(0))
    return [part / total for part in parts]


# %% wrong: lazily, when the places are gone
def f(parts):
    with decimal.localcontext() as context:
        context.prec = 40
        total = sum(parts, Decimal(0))
    return [part / total for part in parts]


# %% wrong: times the reciprocal
def f(parts):
    with decimal.localcontext() as context:
        context.prec = 40
        share = 1 / sum(parts, Decimal(0))
        return [part * share for part in parts]
