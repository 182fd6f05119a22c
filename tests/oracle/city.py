#!/usr/bin/python3
"""Random small cities whose dates crowd around the thresholds of an as-of date D.

Every row is valid by section 1 of the contract. The same seed gives the same city, on any day:
no date of a member lies after LAST_DAY, which is before today.

Run: python3 city.py SEED DIR     writes the five CSVs of a city to DIR and prints its D
"""

import csv
import os
import random
import sys
from datetime import date, timedelta

from dates import (ONE_DAY, add_months, add_years, month_of, period_text, quarter_of, year_of)
from identity import citizen_check_sign, citizen_id
from records import UNNAMED, Activity, City, Member, Organisation, Payment, Post

LAST_DAY = date(2026, 6, 30)
FIRST_AS_OF = date(2019, 1, 1)
LAST_AS_OF = date(2026, 5, 15)

KINDS = ("支部",) * 9 + ("联合支部",) * 4 + (
    "党委", "总支", "临时支部", "流动党员支部", "党小组", "党组", "工委")
UNIT_KINDS = ("机关", "事业单位", "国有企业", "非公企业", "社会组织", "街道", "乡镇", "社区", "社区",
              "行政村", "行政村", "其他", "", "", "")
LEFT = ("停止党籍", "已转出", "已去世", "出党")
OTHER_POSTS = ("副书记", "组织委员", "宣传委员", "纪检委员", "委员", "青年委员")
ACTIVITY_KINDS = {
    "支部党员大会": quarter_of, "党课": quarter_of, "支委会": month_of, "主题党日": month_of,
    "组织生活会": year_of, "党小组会": month_of, "民主评议": year_of,
}
PLAIN_MEMBERS = (0, 1, 2, 2, 3, 3, 4, 6, 7, 7, 8, 12, 20, 49, 50, 51, 52)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN_NAMES = ("建国", "秀英", "伟", "芳", "志强", "敏", "丽", "军", "洋", "玉兰", "海燕", "一鸣")


def make_city(seed):
    """The city of this seed and its D."""
    rng = random.Random(seed)
    day = choose_as_of(rng)
    maker = Maker(rng, day)
    maker.add_organisations()
    for organisation in maker.city.organisations:
        maker.add_members(organisation)
        maker.add_secretaries(organisation)
        maker.add_other_posts(organisation)
        maker.add_activities(organisation)
        maker.add_payments(organisation)
    return maker.city, day


def choose_as_of(rng):
    """A day on or beside an edge that some rule looks at, or any day."""
    anywhere = FIRST_AS_OF + timedelta(days=rng.randrange((LAST_AS_OF - FIRST_AS_OF).days))
    year = anywhere.year
    month, quarter = month_of(anywhere), quarter_of(anywhere)
    leap_year = rng.choice((2020, 2024))
    edges = (
        month.first, month.last, month.last - timedelta(days=4), month.last - timedelta(days=5),
        quarter.first, quarter.last, quarter.last - timedelta(days=14),
        quarter.last - timedelta(days=15), date(year, 1, 1), date(year, 3, 31),
        date(year, 4, 1), date(year, 12, 1), date(year, 12, 2), date(year, 12, 31),
        date(leap_year, 2, 28), date(leap_year, 2, 29), date(leap_year, 3, 1),
        anywhere, anywhere, anywhere,
    )
    return min(rng.choice(edges), LAST_AS_OF)


def boundary_days(day):
    """Days from which D is exactly, nearly or just no longer some months or periods away."""
    exact = [add_months(day, months) for months in (-13, -12, -6, -3, -1, 0, 1, 3, 6, 12)]
    for period_of in (month_of, quarter_of, year_of):
        current = period_of(day)
        exact += [current.first, current.last, current.previous(period_of).first]
    exact += [day - timedelta(days=30), day + timedelta(days=30)]
    return [edge + timedelta(days=shift) for edge in exact for shift in (-1, 0, 1)]


class Maker:
    """Collects the rows of one city; each method adds the rows of one kind."""

    def __init__(self, rng, day):
        self.rng = rng
        self.day = day
        self.city = City()
        self.near = boundary_days(day)
        self.ids = set()

    def maybe(self, probability):
        return self.rng.random() < probability

    def near_day(self, latest=LAST_DAY):
        return min(self.rng.choice(self.near), latest)

    def beside(self, edge, spread=1):
        return edge + timedelta(days=self.rng.randint(-spread, spread))

    # --- organisations

    def add_organisations(self):
        for place in range(self.rng.randint(1, 12)):
            self.city.organisations.append(self.make_organisation(place))

    def make_organisation(self, place):
        rng = self.rng
        kind = rng.choice(KINDS)
        above = self.city.organisations
        organisation = Organisation(
            code=self.organisation_code(place),
            kind=kind,
            name=f"石桥{place}号{kind}",
            parent=rng.choice(above).code if above and self.maybe(0.8) else "",
            unit_kind=rng.choice(UNIT_KINDS),
            term=rng.choice((None, None, None, 1, 3, 5, 10)),
            founded=self.founding_day(),
        )
        if self.maybe(0.7):
            self.set_election(organisation)
        if self.maybe(0.15):
            founded = organisation.founded or date(2000, 1, 1)
            organisation.ended = max(self.near_day(), founded)
        return organisation

    def organisation_code(self, place):
        if self.maybe(0.06):
            return f"{UNNAMED}organisation {place}"
        return self.rng.choice((f"DZZ{place}", f"9900{place:05d}", f"DZ-{place}", f"Z{place}B"))

    def founding_day(self):
        chance = self.rng.random()
        if chance < 0.25:
            return None
        if chance < 0.55:
            return date(self.rng.randint(1950, 2015), self.rng.randint(1, 12), 1)
        return self.near_day()

    def set_election(self, organisation):
        """An election from which D stands just before or after E or E − 6 months."""
        term = organisation.term or self.rng.choice((3, 5))
        edge = self.rng.choice((self.day, add_months(self.day, 6)))
        end = self.rng.choice((self.beside(edge), self.near_day()))
        organisation.elected = add_years(end, -term)
        if self.maybe(0.3):
            organisation.extended = self.rng.choice((self.beside(edge), self.near_day()))

    # --- members

    def add_members(self, organisation):
        """Plain members in a number near a threshold, and a few with something about them."""
        for _ in range(self.rng.choice(PLAIN_MEMBERS)):
            self.add_member(organisation, self.plain_member())
        for _ in range(self.rng.choice((0, 0, 1, 2, 3, 5))):
            self.add_member(organisation, self.odd_member())

    def plain_member(self):
        joined = add_months(self.day, -self.rng.randint(14, 400))
        confirmed = add_years(joined, 1) if self.maybe(0.7) else None
        return {"joined": joined, "confirmed": confirmed}

    def odd_member(self):
        rng, day = self.rng, self.day
        edge = rng.choice((day, day, day + timedelta(days=30), self.near_day()))
        long_ago = add_months(day, -rng.randint(14, 200))
        loss = rng.choice((add_months(day, -3), add_months(day, -6), day))
        joined_near = min(self.beside(add_years(edge, -1)), LAST_DAY)
        return rng.choice((
            {"joined": joined_near, "category": "预备党员"},
            {"joined": joined_near, "category": "预备党员"},
            {"joined": long_ago, "category": "预备党员", "probation_until": self.beside(edge)},
            {"joined": long_ago, "confirmed": min(self.beside(day), LAST_DAY)},
            {"joined": long_ago, "category": "预备党员", "confirmed": add_years(long_ago, 1)},
            {"joined": min(self.beside(day), LAST_DAY)},
            {"joined": self.near_day()},
            {"joined": long_ago, "status": rng.choice(LEFT)},
            {"joined": long_ago, "status": rng.choice(LEFT)},
            {"joined": long_ago, "lost": self.beside(loss)},
            {"joined": long_ago, "lost": self.beside(loss)},
            {"joined": long_ago, "lost": self.near_day()},
        ))

    def add_member(self, organisation, about):
        place = len(self.city.members)
        sex, birth, identity = self.identity_of(about["joined"])
        number = self.rng.choice((f"RY{place}", f"R{place:05d}", f"7{place:04d}"))
        chance = self.rng.random()
        if chance < 0.05:
            number = f"{UNNAMED}member {place}"
        elif chance < 0.10:
            identity = ""
        self.city.members.append(Member(
            number=number, organisation=organisation.code, citizen_id=identity,
            name=self.rng.choice(SURNAMES) + self.rng.choice(GIVEN_NAMES),
            sex=sex, birth=birth, **about))

    def identity_of(self, joined):
        """Sex, birth date and a new citizen id of someone at least 18 when joining."""
        latest = add_years(joined, -18)
        birth = latest if self.maybe(0.1) else latest - timedelta(days=self.rng.randint(1, 12000))
        if (birth.month, birth.day) == (2, 29):
            birth -= ONE_DAY
        while True:
            sequence = self.rng.randint(1, 999)
            identity = citizen_id(self.rng.randint(990000, 999999), birth, sequence)
            if identity not in self.ids:
                self.ids.add(identity)
                return "男" if sequence % 2 else "女", birth, identity

    # --- posts

    def add_secretaries(self, organisation):
        """Sitting, gone for about one or three months, coming, or never one."""
        if not self.city.members:
            return
        day, long_ago = self.day, add_years(self.day, -4)
        vacant_from = [self.beside(add_months(day, -months), 2) for months in (1, 3)]
        gone = [(long_ago, vacant - ONE_DAY) for vacant in vacant_from]
        terms = self.rng.choice((
            [], [], [(long_ago, None)], [(self.beside(day), None)],
            [(long_ago, self.beside(day))], gone[:1], gone[:1], gone[1:], gone[1:], gone,
            gone[1:] + [(self.near_day(), None)],
        ))
        for start, end in terms:
            self.add_post(organisation, "书记", start, end)

    def add_other_posts(self, organisation):
        holders = [m for m in self.city.members if m.status != "正常"] or self.city.members
        for _ in range(self.rng.choice((0, 0, 1, 2)) if holders else 0):
            start = self.rng.choice((add_years(self.day, -2), self.beside(self.day)))
            end = self.rng.choice((None, self.beside(self.day), self.near_day()))
            if end is not None and end < start:
                end = None
            self.add_post(organisation, self.rng.choice(OTHER_POSTS), start, end,
                          self.rng.choice(holders))

    def add_post(self, organisation, post, start, end, holder=None):
        holder = holder or self.rng.choice(self.city.members)
        key = (holder.number, organisation.code, post, start)
        if all((p.person, p.organisation, p.post, p.start) != key for p in self.city.posts):
            self.city.posts.append(Post(*key, end))

    # --- activities

    def add_activities(self, organisation):
        """Around D's period and the one or two before it, each kind held or left out."""
        diligence = self.rng.choice((0.2, 0.6, 0.9))
        for kind, period_of in ACTIVITY_KINDS.items():
            period = period_of(self.day)
            for _ in range(3):
                if self.maybe(diligence):
                    self.add_activity(organisation, kind, period)
                period = period.previous(period_of)

    def add_activity(self, organisation, kind, period):
        day, text = self.held_for(period)
        self.city.activities.append(Activity(
            organisation.code, kind, min(day, LAST_DAY), text,
            topic=f"主题{len(self.city.activities)}"))

    def held_for(self, period):
        """A day and a 所属期间 (mostly none) by which the period has its activity, or just not."""
        rng = self.rng
        inside = period.first + timedelta(days=rng.randint(0, (period.last - period.first).days))
        edge = rng.choice((period.first, period.last))
        late = rng.choice((self.day, self.day - ONE_DAY, self.day + ONE_DAY))
        return rng.choice((
            (inside, ""), (inside, ""), (edge, ""), (self.beside(edge), ""),
            (self.beside(self.day), ""),
            (late, period_text(period)),
            (late, period_text(month_of(inside))),
            (inside, period_text(year_of(inside))),
            (inside, period_text(quarter_of(inside))),
            (inside, period_text(month_of(self.near_day()))),
        ))

    # --- dues

    def add_payments(self, organisation):
        """Months paid from a common start; most stop some months before D."""
        own = [m for m in self.city.members if m.organisation == organisation.code]
        if not own or self.maybe(0.2):
            return
        last_full = month_of(self.day).first - ONE_DAY
        start = add_months(last_full.replace(day=1), -self.rng.randint(1, 9))
        payers = own if self.maybe(0.8) else [self.rng.choice(own)]
        for member in payers:
            owed = self.rng.choice((-2, 0, 0, 0, 1, 2, 3, 4, 5, 6))
            end = add_months(month_of(self.day).first, -1 - owed)
            self.pay_months(member, start, end)

    def pay_months(self, member, start, end):
        month = start if self.maybe(0.8) else add_months(start, self.rng.randint(1, 3))
        while month <= end:
            if self.maybe(0.93):
                paid = self.rng.choice((
                    None, None, None, month, self.beside(month_of(month).last, 3),
                    self.beside(self.day)))
                amount = self.rng.choice(("0", "5", "20.5", "33.33"))
                self.city.payments.append(Payment(member.number, month, paid, amount))
            month = add_months(month, 1)


# --- the five CSVs ---------------------------------------------------------------------------

HEADERS = {
    "organisations": ("组织代码", "组织名称", "上级组织代码", "组织类别", "单位类别", "成立日期",
                      "本届选举日期", "任期", "延期至", "撤销日期"),
    "members": ("人员编号", "姓名", "公民身份号码", "性别", "出生日期", "人员类别", "组织代码",
                "入党日期", "转正日期", "预备期延长至", "党籍状态", "失联日期"),
    "posts": ("人员编号", "公民身份号码", "组织代码", "职务", "任职日期", "免职日期"),
    "activities": ("组织代码", "活动类别", "日期", "所属期间", "主题"),
    "dues": ("人员编号", "公民身份号码", "所属月份", "金额", "缴纳日期"),
}


def write_city(city, directory):
    """Writes the five CSVs (UTF-8, comma) and returns their paths by kind."""
    rows = Rows(city)
    table = {
        "organisations": [rows.organisation(o) for o in city.organisations],
        "members": [rows.member(m) for m in city.members],
        "posts": [rows.post(p, place) for place, p in enumerate(city.posts)],
        "activities": [rows.activity(a) for a in city.activities],
        "dues": [rows.payment(p, place) for place, p in enumerate(city.payments)],
    }
    paths = {}
    for kind, header in HEADERS.items():
        paths[kind] = os.path.join(directory, f"{kind}.csv")
        with open(paths[kind], "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header] + table[kind])
    return paths


def own_code(code):
    """A code or number as its own row gives it: nothing where the program makes one."""
    return "" if code.startswith(UNNAMED) else code


class Rows:
    """Turns records into rows; refers to organisations and people in every allowed way."""

    def __init__(self, city):
        self.names = {o.code: o.name for o in city.organisations}
        self.people = {m.number: m for m in city.members}

    def organisation_reference(self, code):
        """'The code or the name, as real rosters do'; without a code only the name is left."""
        return own_code(code) or self.names.get(code, "")

    def person_reference(self, number, place):
        """人员编号, 公民身份号码, or both, whichever the person has."""
        identity = self.people[number].citizen_id
        ways = [(own_code(number), identity), (own_code(number), ""), ("", identity)]
        possible = [way for way in ways if any(way)]
        return possible[place % len(possible)]

    def organisation(self, o):
        return (own_code(o.code), o.name, self.organisation_reference(o.parent), o.kind,
                o.unit_kind, o.founded, o.elected, o.term, o.extended, o.ended)

    def member(self, m):
        """Where there is a citizen id, sex and birth date are given only now and then."""
        told = not m.citizen_id or len(m.name) == 2
        return (own_code(m.number), m.name, m.citizen_id, m.sex if told else "",
                m.birth if told else "", m.category, self.organisation_reference(m.organisation),
                m.joined, m.confirmed, m.probation_until, m.status, m.lost)

    def post(self, p, place):
        return (*self.person_reference(p.person, place),
                self.organisation_reference(p.organisation), p.post, p.start, p.end)

    def activity(self, a):
        return self.organisation_reference(a.organisation), a.kind, a.day, a.period, a.topic

    def payment(self, p, place):
        return (*self.person_reference(p.person, place), f"{p.month:%Y-%m}", p.amount, p.paid)


# --- what section 1 asks of accepted rows ----------------------------------------------------


def problems(city):
    """Every clause of section 1 that the city would break; none is expected."""
    codes = [o.code for o in city.organisations]
    numbers = [m.number for m in city.members]
    keys = {
        "organisation": codes,
        "organisation name": [o.name for o in city.organisations],
        "member": numbers,
        "citizen id": [m.citizen_id for m in city.members if m.citizen_id],
        "post": [(p.person, p.organisation, p.post, p.start) for p in city.posts],
        "activity": [(a.organisation, a.kind, a.day, a.topic) for a in city.activities],
        "payment": [(p.person, p.month, p.amount, p.paid) for p in city.payments],
    }
    for name, values in keys.items():
        if len(set(values)) < len(values):
            yield f"the same {name} twice"
    for organisation in city.organisations:
        yield from organisation_problems(organisation, codes)
    for member in city.members:
        yield from member_problems(member, codes)
    for post in city.posts:
        if post.person not in numbers or post.organisation not in codes:
            yield f"a post that refers to nothing: {post}"
        if post.end is not None and post.end < post.start:
            yield f"任职 > 免职: {post}"
    for activity in city.activities:
        if activity.organisation not in codes:
            yield f"an activity of no organisation: {activity}"
    for payment in city.payments:
        if payment.person not in numbers:
            yield f"a payment of nobody: {payment}"


def organisation_problems(organisation, codes):
    """A parent stands above its own row, so that there is no cycle."""
    above = codes[:codes.index(organisation.code)]
    if organisation.parent and organisation.parent not in above:
        yield f"parent below: {organisation}"
    if organisation.founded and organisation.ended and organisation.founded > organisation.ended:
        yield f"成立 > 撤销: {organisation}"


def member_problems(member, codes):
    if member.organisation not in codes:
        yield f"no organisation: {member}"
    if not member.birth < member.joined <= (member.confirmed or member.joined) <= LAST_DAY:
        yield f"date order: {member}"
    if add_years(member.birth, 18) > member.joined:
        yield f"under age: {member}"
    if not member.citizen_id:
        if member.number.startswith(UNNAMED):
            yield f"neither number nor id: {member}"
        return
    if citizen_check_sign(member.citizen_id[:17]) != member.citizen_id[17]:
        yield f"check digit: {member}"
    if member.citizen_id[6:14] != f"{member.birth:%Y%m%d}":
        yield f"birth: {member}"
    if (int(member.citizen_id[16]) % 2 == 1) != (member.sex == "男"):
        yield f"sex: {member}"


def main():
    seed, directory = int(sys.argv[1]), sys.argv[2]
    os.makedirs(directory, exist_ok=True)
    city, day = make_city(seed)
    write_city(city, directory)
    print(day)


if __name__ == "__main__":
    main()
