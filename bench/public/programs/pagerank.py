"""Which pages matter: PageRank by repeated passes over a dict of links, all ranks from the pass before."""

import random


def pagerank(links, damping=0.85, tolerance=1e-10, most=200):
    pages = list(links)
    rank = {page: 1.0 / len(pages) for page in pages}
    for _ in range(most):
        new = {page: (1.0 - damping) / len(pages) for page in pages}
        lost = sum(rank[page] for page in pages if not links[page])
        for page in pages:
            new[page] += damping * lost / len(pages)
        for page in pages:
            for target in links[page]:
                new[target] += damping * rank[page] / len(links[page])
        change = sum(abs(new[page] - rank[page]) for page in pages)
        rank = new
        if change < tolerance:
            break
    return rank


if __name__ == "__main__":
    rng = random.Random(13)
    pages = [f"/page/{k}" for k in range(40000)]
    links = {page: rng.sample(pages, rng.choice([0, 3, 5, 8, 20])) for page in pages}
    rank = pagerank(links)
    for page in sorted(rank, key=rank.get, reverse=True)[:5]:
        print(page, f"{rank[page]:.8f}")
