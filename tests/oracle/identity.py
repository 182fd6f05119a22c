"""Check digits of FACTS.md G1: citizen ids (GB 11643) and credit codes (GB 32100)."""

CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def citizen_check_sign(first_17):
    total = sum(int(digit) * weight for digit, weight in zip(first_17, CITIZEN_WEIGHTS))
    return "10X98765432"[total % 11]


def citizen_id(area, birth, sequence):
    """An 18-sign id; an odd sequence is a man's. Areas from 990000 on are not assigned."""
    first_17 = f"{area:06d}{birth:%Y%m%d}{sequence:03d}"
    return first_17 + citizen_check_sign(first_17)


def credit_check_sign(first_17):
    total = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31)
                for place, sign in enumerate(first_17))
    return CREDIT_SIGNS[(31 - total % 31) % 31]


def credit_code(first_17):
    return first_17 + credit_check_sign(first_17)


def wrong_check_sign(code):
    """The same code with another last sign, so that it fails its check."""
    return code[:-1] + ("1" if code[-1] != "1" else "2")
