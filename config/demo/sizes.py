"""How large everything is, and which figures are the client's own."""

# 24 clusters of one mentor and four mentee schools; the others as their projects had them.
SCHOOLS = {"AL": (8, 3), "MK": (6,), "RS": (28,)}
CLUSTERS, SCHOOLS_OF_A_CLUSTER = 4, 5

# Macedonia: twelve trained teachers of six schools pass on to 55 colleagues.
MK_TRAINED, MK_REACHED = (2, 2, 2, 2, 2, 2), (9, 9, 9, 9, 9, 10)
# Serbia: 28 schools send 33 people; 32 of them finish online; 26 schools reach 357 colleagues.
RS_TRAINED = (2,) * 5 + (1,) * 23
RS_REACHED = (14,) * 19 + (13,) * 7
RS_WITHOUT_REPORT, RS_ONLINE = 2, 32
RS_STAFF_WITHOUT_REPORT = 6


def schools_of(code: str) -> tuple[int, ...]:
    """The number of schools of each cluster of a country."""
    return SCHOOLS.get(code, (SCHOOLS_OF_A_CLUSTER,) * CLUSTERS)


def staff_of(code: str, number: int) -> int:
    """How many people of a school take part in the network; schools are counted from 0."""
    if code == "AL":
        return 8 if number < SCHOOLS["AL"][0] else 4
    if code == "MK":
        return MK_TRAINED[number] + MK_REACHED[number]
    if code == "RS":
        reached = (*RS_REACHED, *(RS_STAFF_WITHOUT_REPORT,) * RS_WITHOUT_REPORT)
        return RS_TRAINED[number] + reached[number]
    return 10 + (number % 3 == 0)


def code_of(code: str, number: int) -> str:
    """The national code of an invented school; the last of a country has none yet."""
    if code in {"HR", "PT"} and number == sum(schools_of(code)) - 1:
        return ""
    return f"{code}-{1000 + 37 * number}"
