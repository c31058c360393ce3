"""Orders with their customers' cities: a join of two lists of dicts by nested loops."""

import random


def join(orders, customers):
    rows = []
    for order in orders:
        for customer in customers:
            if customer["id"] == order["customer_id"]:
                rows.append({"order": order["id"], "city": customer["city"], "amount": order["amount"]})
    return rows


def totals(rows):
    cities = []
    for row in rows:
        if row["city"] not in cities:
            cities.append(row["city"])
    return {city: round(sum(row["amount"] for row in rows if row["city"] == city), 2) for city in cities}


if __name__ == "__main__":
    rng = random.Random(61)
    customers = [{"id": k, "city": f"city{rng.randrange(60)}"} for k in range(6000)]
    orders = [{"id": k, "customer_id": rng.randrange(6500), "amount": round(rng.uniform(1, 500), 2)} for k in range(7000)]
    rows = join(orders, customers)
    print(len(rows), rows[0], rows[-1])
    print(sorted(totals(rows).items(), key=lambda item: -item[1])[:3])
