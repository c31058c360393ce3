for arguments in [(0, 3, 1), (3, 0, 2), (2, True, 5), (2, 2, 2.5), (3, 4, "a"), (2.0, 3, 1), (2, 30, 2**70)]:
    try:
        print(simulate(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
