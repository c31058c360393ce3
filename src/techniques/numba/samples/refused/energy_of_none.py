# Without a pair the result is the int 0, else a float.
def total_energy(positions):
    energy = 0
    for i in range(len(positions)):
        for j in range(i):
            energy += 1.0 / abs(positions[i] - positions[j])
    return energy


print(total_energy([1.5, 2.5, 4.0]), total_energy([1.5]))
