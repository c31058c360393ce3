"""In columns."""


def delays(flights):
    flights = flights.copy()
    flights["delay"] = flights["arrived"] - flights["planned"]
    flights["late"] = flights["delay"] > 15
    return flights
