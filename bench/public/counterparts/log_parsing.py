"""By hand: one pass, the sums of each address in a dict."""


def summarize(records):
    summary = {}
    for record in records:
        row = summary.setdefault(record["address"], [0, 0, 0])
        row[0] += 1
        row[1] += record["status"] >= 400
        row[2] += record["bytes"]
    return [(address, *row) for address, row in summary.items()]
