def polynomial(text):
    h = 7
    for c in text:
        h = h * 31 + ord(c)
    return h


print(polynomial("speedwell " * 4))
