"""Hand-computed cases for every light, at its boundaries on both sides.

A case is (name, rule, city, D, expected lights as (subject, level, since, due)).
"""

from datetime import date

from dates import add_months
from records import Activity, City, Member, Organisation, Payment, Post


def day(text):
    return date.fromisoformat(text) if text else None


def branch(**given):
    """The organisation 'B' of most cases: a 支部 without any date."""
    return Organisation(**{"code": "B", "kind": "支部", **given})


def people(count, **given):
    """Full members M1, M2 … of B since 2010."""
    return [
        Member(**{"number": f"M{place}", "organisation": "B", "joined": day("2010-01-01"),
                  **given})
        for place in range(1, count + 1)
    ]


def paid(person, first, last, paid_on=None):
    """Payments of `person` for every month from `first` to `last` (both YYYY-MM)."""
    month, end, payments = day(first + "-01"), day(last + "-01"), []
    while month <= end:
        payments.append(Payment(person, month, day(paid_on)))
        month = add_months(month, 1)
    return payments


def election_cases():
    rule = "election/term_overdue"

    def body(**given):
        return City([branch(**{"elected": day("2023-03-01"), **given})])

    red = [("B", "red", "2026-03-02", "2026-03-01")]
    yellow = [("B", "yellow", "2025-09-01", "2026-03-01")]
    committee = {"kind": "党委", "elected": day("2021-03-01")}
    return [
        ("the contract's example", rule, body(), "2026-03-02", red),
        ("E itself is yellow", rule, body(), "2026-03-01", yellow),
        ("E − 6 months is yellow", rule, body(), "2025-09-01", yellow),
        ("a day before is none", rule, body(), "2025-08-31", []),
        ("a 党委 has 5 years", rule, body(**committee), "2026-03-02", red),
        ("a village has 5 years", rule, body(unit_kind="行政村"), "2026-03-02", []),
        ("a 党委's 任期 decides", rule, body(kind="党委", term=3), "2026-03-02", red),
        ("延期至 later counts", rule, body(extended=day("2026-08-31")), "2026-03-02",
         [("B", "yellow", "2026-02-28", "2026-08-31")]),
        ("延期至 earlier does not", rule, body(extended=day("2025-12-31")), "2026-03-02", red),
        ("29 February clips", rule, body(elected=day("2020-02-29")), "2023-03-01",
         [("B", "red", "2023-03-01", "2023-02-28")]),
        ("no election date", rule, body(elected=None), "2026-03-02", []),
        ("a 党小组 elects nobody", rule, body(kind="党小组"), "2026-03-02", []),
        ("a 临时支部 is no branch", rule, body(kind="临时支部"), "2026-03-02", []),
        ("ended at D", rule, body(ended=day("2026-03-02")), "2026-03-02", []),
        ("ended after D", rule, body(ended=day("2026-03-03")), "2026-03-02", red),
        ("founded after D", rule, body(founded=day("2026-03-03")), "2026-03-02", []),
        ("founded on D", rule, body(founded=day("2026-03-02")), "2026-03-02", red),
    ]


def size_cases():
    large, small = "registry/branch_too_large", "registry/branch_too_small"
    lit = [("B", "yellow", None, None)]
    unlit = [("B", "red", None, None)]
    joint = branch(kind="联合支部")
    group = branch(kind="党小组")
    later = people(51)
    later[50].joined = day("2026-03-02")
    unconfirmed = people(3, confirmed=day("2026-03-02"))
    moved = people(51)
    moved[0].status = "已转出"
    return [
        ("51 members", large, City([branch()], people(51)), "2026-03-01", lit),
        ("50 members", large, City([branch()], people(50)), "2026-03-01", []),
        ("the 51st joins tomorrow", large, City([branch()], later), "2026-03-01", []),
        ("the 51st joins today", large, City([branch()], later), "2026-03-02", lit),
        ("one of 51 has moved", large, City([branch()], moved), "2026-03-01", []),
        ("51 in a 联合支部", large, City([joint], people(51)), "2026-03-01", lit),
        ("51 in a 党小组", large, City([group], people(51)), "2026-03-01", []),
        ("three full members", small, City([branch()], people(3)), "2026-03-01", []),
        ("two", small, City([branch()], people(2)), "2026-03-01", unlit),
        ("none", small, City([branch()]), "2026-03-01", unlit),
        ("confirmed tomorrow", small, City([branch()], unconfirmed), "2026-03-01", unlit),
        ("confirmed today", small, City([branch()], unconfirmed), "2026-03-02", []),
        ("预备 only", small, City([branch()], people(9, category="预备党员")), "2026-03-01",
         unlit),
        ("a 联合支部 may be small", small, City([joint]), "2026-03-01", []),
    ]


def secretary_cases():
    rule = "registry/secretary_vacant"

    def city(*posts, kind="支部", founded=None):
        terms = [Post("M1", "B", post, day(start), day(end)) for post, start, end in posts]
        return City([branch(kind=kind, founded=day(founded))], people(1), terms)

    gone = ("书记", "2020-01-01", "2025-11-29")          # V = 2025-11-30
    yellow = [("B", "yellow", "2025-12-31", None)]
    red = [("B", "red", "2026-03-01", None)]
    return [
        ("V + 1 month", rule, city(gone), "2025-12-30", []),
        ("a day more", rule, city(gone), "2025-12-31", yellow),
        ("V + 3 months, clipped", rule, city(gone), "2026-02-28", yellow),
        ("a day more is red", rule, city(gone), "2026-03-01", red),
        ("the next one sits", rule, city(gone, ("书记", "2026-03-01", None)), "2026-03-01", []),
        ("the next one comes tomorrow", rule, city(gone, ("书记", "2026-03-02", None)),
         "2026-03-01", red),
        ("last day in office", rule, city(("书记", "2020-01-01", "2026-03-01")), "2026-03-01",
         []),
        ("the later end counts", rule, city(gone, ("书记", "2019-01-01", "2019-12-31")),
         "2025-12-31", yellow),
        ("a 副书记 does not fill it", rule, city(gone, ("副书记", "2020-01-01", None)),
         "2026-03-01", red),
        ("never one: founded", rule, city(founded="2025-11-30"), "2026-03-01", red),
        ("only a coming one: founded", rule,
         city(("书记", "2026-04-01", None), founded="2025-11-30"), "2026-03-01", red),
        ("neither known", rule, city(), "2026-03-01", []),
        ("a 党委 needs one", rule, city(gone, kind="党委"), "2026-03-01", red),
        ("a 临时支部 does not", rule, city(gone, kind="临时支部"), "2026-03-01", []),
    ]


def post_holder_cases():
    rule = "registry/post_holder_gone"

    def city(start="2020-01-01", end=None, status="已去世", kind="工委", **given):
        return City([branch(kind=kind, **given)], people(1, status=status),
                    [Post("M1", "B", "宣传委员", day(start), day(end))])

    lit = [("B", "yellow", None, None)]
    return [
        ("a dead holder", rule, city(), "2026-03-01", lit),
        ("a living one", rule, city(status="正常"), "2026-03-01", []),
        ("stopped membership", rule, city(status="停止党籍"), "2026-03-01", lit),
        ("removed on D", rule, city(end="2026-03-01"), "2026-03-01", []),
        ("removed after D", rule, city(end="2026-03-02"), "2026-03-01", lit),
        ("appointed on D", rule, city(start="2026-03-01"), "2026-03-01", lit),
        ("appointed after D", rule, city(start="2026-03-02"), "2026-03-01", []),
        ("the organisation has ended", rule, city(ended=day("2026-01-01")), "2026-03-01", []),
    ]


def stranded_cases():
    rule = "registry/member_stranded"

    def city(ended="2026-03-01", **given):
        return City([branch(ended=day(ended))], people(1, **given))

    return [
        ("ended on D", rule, city(), "2026-03-01", [("M1", "red", "2026-03-01", None)]),
        ("ended tomorrow", rule, city(), "2026-02-28", []),
        ("long ended", rule, city("2020-02-29"), "2026-03-01",
         [("M1", "red", "2020-02-29", None)]),
        ("not ended", rule, city(None), "2026-03-01", []),
        ("the member has moved", rule, city(status="已转出"), "2026-03-01", []),
        ("the member joins later", rule, city(joined=day("2026-03-02")), "2026-03-01", []),
    ]


def quarterly_cases():
    """members_meeting and lecture share their arithmetic; both are walked through."""
    cases = []
    for rule, kind in (("orglife/members_meeting", "支部党员大会"), ("orglife/lecture", "党课")):
        def city(*held, founded=None, kind_of_organisation="支部", kind=kind):
            return City([branch(kind=kind_of_organisation, founded=day(founded))], activities=[
                Activity("B", kind, day(when), period) for when, period in held])

        winter, spring = ("2025-12-31", ""), ("2026-01-01", "")
        yellow = [("B", "yellow", "2026-03-17", "2026-03-31")]
        red = [("B", "red", "2026-01-01", "2025-12-31")]
        cases += [
            ("none at all", rule, city(), "2026-01-01", red),
            ("red wins over yellow", rule, city(), "2026-03-31", red),
            ("15 days before the end", rule, city(winter), "2026-03-17", yellow),
            ("16 days before", rule, city(winter), "2026-03-16", []),
            ("the last day", rule, city(winter), "2026-03-31", yellow),
            ("the quarter is full", rule, city(winter), "2026-04-01",
             [("B", "red", "2026-04-01", "2026-03-31")]),
            ("held in both", rule, city(winter, spring), "2026-03-31", []),
            ("held after D", rule, city(winter, ("2026-03-31", "")), "2026-03-30", yellow),
            ("held on D", rule, city(winter, ("2026-03-31", "")), "2026-03-31", []),
            ("late with its period", rule, city(("2026-01-20", "2025Q4")), "2026-01-20", []),
            ("not yet held late", rule, city(("2026-01-20", "2025Q4")), "2026-01-19", red),
            ("a month counts inside", rule, city(("2026-01-20", "2025-11")), "2026-01-20", []),
            ("a year counts for none", rule, city(("2025-11-20", "2025")), "2026-01-20", red),
            ("period instead of date", rule, city(("2025-12-20", "2026Q1")), "2026-01-20", red),
            ("founded on the first day", rule, city(founded="2025-10-01"), "2026-01-20", red),
            ("a day later", rule, city(founded="2025-10-02"), "2026-01-20", []),
            ("yellow asks for its own quarter", rule, city(founded="2026-01-01"), "2026-03-20",
             yellow),
            ("founded within it", rule, city(founded="2026-01-02"), "2026-03-20", []),
            ("a 联合支部 too", rule, city(kind_of_organisation="联合支部"), "2026-01-20", red),
            ("no 党小组", rule, city(kind_of_organisation="党小组"), "2026-01-20", []),
        ]
    return cases


def monthly_cases():
    cases = []
    for rule, kind in (("orglife/committee_meeting", "支委会"), ("orglife/theme_day", "主题党日")):
        def city(*held, founded=None, kind=kind):
            return City([branch(founded=day(founded))], people(7), activities=[
                Activity("B", kind, day(when), period) for when, period in held])

        january, february = ("2024-01-31", ""), ("2024-02-29", "")
        yellow = [("B", "yellow", "2024-02-25", "2024-02-29")]
        red = [("B", "red", "2024-02-01", "2024-01-31")]
        cases += [
            ("none at all", rule, city(), "2024-02-01", red),
            ("red wins", rule, city(), "2024-02-29", red),
            ("5 last days of a leap month", rule, city(january), "2024-02-25", yellow),
            ("6 days before the end", rule, city(january), "2024-02-24", []),
            ("held on the last day", rule, city(january, february), "2024-02-29", []),
            ("a day before that", rule, city(january, february), "2024-02-28", yellow),
            ("late with its month", rule, city(("2024-02-02", "2024-01")), "2024-02-02", []),
            ("a quarter counts for none", rule, city(("2024-01-02", "2024Q1")), "2024-02-02",
             red),
            ("founded in the month", rule, city(founded="2024-01-02"), "2024-02-02", []),
            ("founded on its first", rule, city(founded="2024-01-01"), "2024-02-02", red),
        ]
    rule = "orglife/committee_meeting"
    probationer = people(7)
    probationer[6].confirmed = day("2024-02-03")
    return cases + [
        ("six full members", rule, City([branch()], people(6)), "2024-02-02", []),
        ("the seventh is confirmed tomorrow", rule, City([branch()], probationer), "2024-02-02",
         []),
        ("the seventh is confirmed today", rule, City([branch()], probationer), "2024-02-03",
         [("B", "red", "2024-02-01", "2024-01-31")]),
    ]


def life_meeting_cases():
    rule = "orglife/life_meeting"

    def city(*held, founded=None):
        return City([branch(founded=day(founded))], activities=[
            Activity("B", "组织生活会", day(when), period) for when, period in held])

    last = ("2025-06-01", "")
    spring = [("B", "yellow", "2026-01-01", "2026-03-31")]
    red = [("B", "red", "2026-04-01", "2026-03-31")]
    december = [("B", "yellow", "2026-12-02", "2026-12-31")]
    return [
        ("1 January", rule, city(), "2026-01-01", spring),
        ("31 March", rule, city(), "2026-03-31", spring),
        ("1 April", rule, city(), "2026-04-01", red),
        ("red all year", rule, city(), "2026-12-31", red),
        ("last year's was held", rule, city(last), "2026-12-01", []),
        ("2 December", rule, city(last), "2026-12-02", december),
        ("held in February without period", rule, city(("2026-02-10", "")), "2026-04-01", red),
        ("held in February for last year", rule, city(("2026-02-10", "2025")), "2026-04-01", []),
        ("… then this year's is owed", rule, city(("2026-02-10", "2025")), "2026-12-02",
         december),
        ("held even later", rule, city(("2026-06-10", "2025Q4")), "2026-06-10", []),
        ("a day before that", rule, city(("2026-06-10", "2025Q4")), "2026-06-09", red),
        ("founded on 2 January 2025", rule, city(founded="2025-01-02"), "2026-06-09", []),
        ("… owes 2026", rule, city(founded="2025-01-02"), "2026-12-31", december),
        ("founded on 1 January 2025", rule, city(founded="2025-01-01"), "2026-02-01", spring),
        ("founded in 2026", rule, city(founded="2026-01-02"), "2026-12-31", []),
        ("民主评议 is something else", rule, City([branch()], activities=[
            Activity("B", "民主评议", day("2025-06-01"))]), "2026-04-01", red),
    ]


def dues_cases():
    rule = "dues/unpaid"

    def city(payments, ended=None, joined="2010-01-01", lost=None):
        """M1 owes; M2 of the same branch pays throughout unless the case says otherwise."""
        owing, other = people(2)
        owing.joined, owing.lost = day(joined), day(lost)
        return City([branch(ended=day(ended))], [owing, other], payments=payments)

    all_year = paid("M2", "2025-01", "2026-06")
    three = [("M1", "yellow", "2026-03-01", "2026-02-28")]
    left = city(paid("M2", "2025-09", "2025-09"))
    left.members[1].status = "已转出"
    return [
        ("two months", rule, city(all_year + paid("M1", "2025-01", "2025-11")), "2026-02-28",
         []),
        ("the third is full", rule, city(all_year + paid("M1", "2025-01", "2025-11")),
         "2026-03-01", three),
        ("four", rule, city(all_year + paid("M1", "2025-01", "2025-11")), "2026-04-01",
         [("M1", "yellow", "2026-03-01", "2026-03-31")]),
        ("five", rule, city(all_year + paid("M1", "2025-01", "2025-11")), "2026-05-01",
         [("M1", "red", "2026-05-01", "2026-04-30")]),
        ("six", rule, city(all_year + paid("M1", "2025-01", "2025-11")), "2026-06-15",
         [("M1", "red", "2026-05-01", "2026-05-31")]),
        ("a gap that was passed", rule,
         city(all_year + paid("M1", "2025-01", "2025-03") + paid("M1", "2026-02", "2026-02")),
         "2026-03-01", []),
        ("a month between splits the run", rule,
         city(all_year + paid("M1", "2025-11", "2025-11")), "2026-03-01", three),
        ("paid after D", rule,
         city(all_year + paid("M1", "2025-01", "2025-11")
              + paid("M1", "2025-12", "2026-02", "2026-03-02")), "2026-03-01", three),
        ("paid on D", rule,
         city(all_year + paid("M1", "2025-01", "2025-11")
              + paid("M1", "2025-12", "2026-02", "2026-03-01")), "2026-03-01", []),
        ("counting from the month after joining", rule, city(all_year, joined="2025-11-30"),
         "2026-03-01", three),
        ("joined a month later", rule, city(all_year, joined="2025-12-01"), "2026-03-01", []),
        ("never before the first payment", rule, city(paid("M2", "2025-12", "2026-06")),
         "2026-03-01", three),
        ("first payment a month later", rule, city(paid("M2", "2026-01", "2026-06")),
         "2026-03-01", []),
        ("no payment on record", rule, city([]), "2026-03-01", []),
        ("the only payment comes after D", rule,
         city(paid("M2", "2025-09", "2025-09", "2026-03-02")), "2026-03-01", []),
        ("the only payer has left", rule, left, "2026-03-01", []),
        ("another's branch pays", rule, elsewhere(), "2026-03-01", []),
        ("lost on D", rule, city(all_year, lost="2026-03-01"), "2026-03-01", []),
        ("lost tomorrow", rule, city(all_year, joined="2025-11-30", lost="2026-03-02"),
         "2026-03-01", three),
        ("the branch has ended", rule, city(all_year, joined="2025-11-30", ended="2020-01-01"),
         "2026-03-01", three),
    ]


def elsewhere():
    """Only a member of another branch has paid."""
    owing, other = people(2)
    other.organisation = "C"
    return City([branch(), branch(code="C")], [owing, other],
                payments=paid("M2", "2026-02", "2026-02"))


def probation_cases():
    rule = "development/probation_overdue"

    def city(**given):
        return City([branch()], people(1, **{
            "category": "预备党员", "joined": day("2025-03-01"), **given}))

    yellow = [("M1", "yellow", "2026-01-30", "2026-03-01")]
    red = [("M1", "red", "2026-03-02", "2026-03-01")]
    return [
        ("P", rule, city(), "2026-03-01", yellow),
        ("P + 1 day", rule, city(), "2026-03-02", red),
        ("P − 30 days", rule, city(), "2026-01-30", yellow),
        ("P − 31 days", rule, city(), "2026-01-29", []),
        ("extended", rule, city(probation_until=day("2026-09-01")), "2026-03-02", []),
        ("extended to the day before", rule, city(probation_until=day("2026-03-01")),
         "2026-03-02", red),
        ("a leap day", rule, city(joined=day("2024-02-29")), "2025-03-01",
         [("M1", "red", "2025-03-01", "2025-02-28")]),
        ("confirmed by D", rule, city(category="正式党员", confirmed=day("2026-03-02")),
         "2026-03-02", []),
        ("confirmed after D", rule, city(category="正式党员", confirmed=day("2026-03-03")),
         "2026-03-02", red),
        ("full, no date given", rule, city(category="正式党员"), "2026-03-02", []),
        ("has left", rule, city(status="出党"), "2026-03-02", []),
    ]


def lost_contact_cases():
    rule = "registry/lost_contact"

    def city(lost, **given):
        return City([branch()], people(1, lost=day(lost), **given))

    return [
        ("L + 3 months", rule, city("2025-11-30"), "2026-02-28", []),
        ("a day more", rule, city("2025-11-30"), "2026-03-01",
         [("M1", "yellow", "2026-03-01", None)]),
        ("L + 6 months", rule, city("2025-08-31"), "2026-02-28",
         [("M1", "yellow", "2025-12-01", None)]),
        ("a day more is red", rule, city("2025-08-31"), "2026-03-01",
         [("M1", "red", "2026-03-01", None)]),
        ("not lost", rule, city(None), "2026-03-01", []),
        ("lost later", rule, city("2026-03-02"), "2026-03-01", []),
        ("has left", rule, city("2025-01-01", status="已去世"), "2026-03-01", []),
    ]


def light_cases():
    return (election_cases() + size_cases() + secretary_cases() + post_holder_cases()
            + stranded_cases() + quarterly_cases() + monthly_cases() + life_meeting_cases()
            + dues_cases() + probation_cases() + lost_contact_cases())
