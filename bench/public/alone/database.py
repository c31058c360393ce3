"""A report from a database: the time is SQLite's."""

import sqlite3

db = sqlite3.connect(":memory:")
db.execute("create table sales (day integer, shop integer, amount real)")
db.executemany("insert into sales values (?, ?, ?)", ((k % 365, k % 97, (k * 7919) % 1000 / 10) for k in range(400_000)))
query = "select a.shop, count(*), sum(a.amount) from sales a join sales b on a.rowid = b.rowid + 1 group by a.shop order by 3 desc limit 3"
for _ in range(4):
    print(db.execute(query).fetchall())
