"""Requests per address and status from a web server's log, and which addresses were refused most often."""

import random
import re


def parse(lines):
    records = []
    for line in lines:
        match = re.match(r'(\S+) - - \[([^\]]+)\] "(\w+) (\S+) [^"]*" (\d{3}) (\d+|-)', line)
        if match:
            address, when, method, path, status, size = match.groups()
            records.append({"address": address, "when": when, "path": path, "status": int(status),
                            "bytes": 0 if size == "-" else int(size)})
    return records


def summarize(records):
    addresses = []
    for record in records:
        if record["address"] not in addresses:
            addresses.append(record["address"])
    summary = []
    for address in addresses:
        requests = [record for record in records if record["address"] == address]
        refused = len([record for record in requests if record["status"] >= 400])
        summary.append((address, len(requests), refused, sum(record["bytes"] for record in requests)))
    return summary


if __name__ == "__main__":
    rng = random.Random(47)
    lines = []
    for k in range(44_000):
        address = f"10.0.{rng.randrange(12)}.{rng.randrange(80)}"
        status = rng.choice([200, 200, 200, 304, 404, 500])
        lines.append(f'{address} - - [25/Nov/2026:10:{k // 600 % 60:02d}:{k % 60:02d} +0000] "GET /p/{k % 300} HTTP/1.1" {status} {k * 17 % 9000}')
    summary = summarize(parse(lines))
    for row in sorted(summary, key=lambda row: (-row[2], row[0]))[:5]:
        print(*row)
