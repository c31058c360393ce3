def total_energy(positions, charges):
    energy = 0.0
    for i in range(len(positions)):
        for j in range(i):
            r = abs(positions[i] - positions[j])
            energy += charges[i] * charges[j] / (r**2 + 0.1) ** 0.5
    return energy


positions = [((i * 7919) % 1009) / 10.0 for i in range(80)]
charges = [1.0 if i % 3 else -1.5 for i in range(80)]
print(f"{total_energy(positions, charges):.9f}")
