"""The fourteen lights of section 2, evaluated plainly from records for an as-of date.

Independent of the program: written from the contract's text, slow and obvious on purpose.

Where the text leaves room, this reading was chosen:
 1. The members of an organisation are those whose own 组织代码 names it, not those of its
    party groups or of other organisations below it.
 2. 'On record' for the first month of dues means a payment that counts (缴纳日期 empty or <= D);
    'any member at D' includes lost members.
 3. A payment of 0 yuan is a payment.
 4. A secretary fills the post whatever became of the person (`post_holder_gone` tells that).
 5. 'If there never was one': no 书记 with 任职日期 <= D. One who starts after D is not yet one.
 6. A 所属期间 that lies after D's own period counts for that period all the same.
 7. A 预备党员 with a 转正日期 stays probationary; a 正式党员 whose 转正日期 is after D is so too.
 8. An election date after D is used as it stands (it never leads to a light by D).
 9. `life_meeting` before 1 April asks whether the branch was founded by 1 January of last year,
    as red does, for last year is that level's period.
10. The organisation of a member's own light may be unknown to organisation lights (ended, or
    founded after D): the member's light stays.
"""

from datetime import date, timedelta

from dates import (ONE_DAY, add_months, add_years, month_of, next_month, period_from_text,
                   quarter_of, year_of)

BRANCHES = ("支部", "联合支部")
ELECTING = ("党委", "总支") + BRANCHES
FIVE_YEAR_UNITS = ("社区", "行政村")


def lights(city, day):
    """All lights of the city at `day`, sorted by rule, then subject, by code point."""
    found = []
    for rule in RULES:
        found.extend(rule(city, day))
    return sorted(found, key=lambda light: (light["rule"], light["subject"]))


def make_light(rule, subject_kind, subject, level, since, due):
    """A light as `jishi lights --json` prints it, without its evidence."""
    return {
        "rule": rule,
        "version": 1,
        "subject_kind": subject_kind,
        "subject": subject,
        "level": level,
        "since": since.isoformat() if since else None,
        "due": due.isoformat() if due else None,
    }


def organisation_light(rule, organisation, level, since=None, due=None):
    return make_light(rule, "organisation", organisation.code, level, since, due)


def member_light(rule, member, level, since=None, due=None):
    return make_light(rule, "person", member.number, level, since, due)


# --- who is looked at ------------------------------------------------------------------------


def is_ended(organisation, day):
    """'撤销日期 <= D is ended.'"""
    return organisation.ended is not None and organisation.ended <= day


def organisations_at(city, day, kinds=None):
    """'Only for organisations not ended at D and not founded after D.'"""
    return [
        organisation
        for organisation in city.organisations
        if (kinds is None or organisation.kind in kinds)
        and not is_ended(organisation, day)
        and (organisation.founded is None or organisation.founded <= day)
    ]


def founded_by(organisation, first_day):
    """'Founded on or before the first day of that level's period (or no 成立日期).'"""
    return organisation.founded is None or organisation.founded <= first_day


def members_at(city, day):
    """'Member at D = 党籍状态 正常 (as recorded now) and 入党日期 <= D.'"""
    return [m for m in city.members if m.status == "正常" and m.joined <= day]


def members_of(city, organisation, day):
    return [m for m in members_at(city, day) if m.organisation == organisation.code]


def is_full(member, day):
    """'正式党员 with 转正日期 <= D or none given; else probationary.'"""
    if member.category != "正式党员":
        return False
    return member.confirmed is None or member.confirmed <= day


def full_members_of(city, organisation, day):
    return [m for m in members_of(city, organisation, day) if is_full(m, day)]


def is_lost(member, day):
    """'失联日期 <= D is lost.'"""
    return member.lost is not None and member.lost <= day


# --- election --------------------------------------------------------------------------------


def term_years(organisation):
    """'任期 if given, else 党委 5, and 总支 and branch 5 where 社区 or 行政村, else 3.'"""
    if organisation.term is not None:
        return organisation.term
    if organisation.kind == "党委" or organisation.unit_kind in FIVE_YEAR_UNITS:
        return 5
    return 3


def term_end(organisation):
    """E: 'the later of election date + term and 延期至'."""
    end = add_years(organisation.elected, term_years(organisation))
    if organisation.extended is not None and organisation.extended > end:
        return organisation.extended
    return end


def term_overdue(city, day):
    rule = "election/term_overdue"
    for organisation in organisations_at(city, day, ELECTING):
        if organisation.elected is None:
            continue
        end = term_end(organisation)
        warned_from = add_months(end, -6)
        if day > end:
            yield organisation_light(rule, organisation, "red", end + ONE_DAY, end)
        elif warned_from <= day:
            yield organisation_light(rule, organisation, "yellow", warned_from, end)


# --- registry: organisations -----------------------------------------------------------------


def branch_too_large(city, day):
    for branch in organisations_at(city, day, BRANCHES):
        if len(members_of(city, branch, day)) > 50:
            yield organisation_light("registry/branch_too_large", branch, "yellow")


def branch_too_small(city, day):
    """Only 支部, not 联合支部."""
    for branch in organisations_at(city, day, ("支部",)):
        if len(full_members_of(city, branch, day)) < 3:
            yield organisation_light("registry/branch_too_small", branch, "red")


def secretaries_so_far(city, organisation, day):
    return [
        post
        for post in city.posts
        if post.organisation == organisation.code and post.post == "书记" and post.start <= day
    ]


def vacant_from(city, organisation, day):
    """V, or None where there is a secretary or nothing is known to count from."""
    secretaries = secretaries_so_far(city, organisation, day)
    if any(post.end is None or post.end >= day for post in secretaries):
        return None
    if secretaries:
        return max(post.end for post in secretaries) + ONE_DAY
    return organisation.founded


def secretary_vacant(city, day):
    for organisation in organisations_at(city, day, ELECTING):
        vacant = vacant_from(city, organisation, day)
        if vacant is None:
            continue
        late = level_after_months(vacant, day, yellow_months=1, red_months=3)
        if late:
            yield organisation_light("registry/secretary_vacant", organisation, *late)


def level_after_months(start, day, yellow_months, red_months):
    """'D > start + n months': the level and since when (start + n months + 1 day), or None."""
    for level, months in (("red", red_months), ("yellow", yellow_months)):
        limit = add_months(start, months)
        if day > limit:
            return level, limit + ONE_DAY
    return None


def post_holder_gone(city, day):
    gone = {m.number for m in city.members if m.status != "正常"}
    for organisation in organisations_at(city, day):
        if any(
            post.organisation == organisation.code
            and post.start <= day
            and not (post.end is not None and post.end <= day)
            and post.person in gone
            for post in city.posts
        ):
            yield organisation_light("registry/post_holder_gone", organisation, "yellow")


# --- registry: members -----------------------------------------------------------------------


def member_stranded(city, day):
    by_code = {organisation.code: organisation for organisation in city.organisations}
    for member in members_at(city, day):
        organisation = by_code[member.organisation]
        if is_ended(organisation, day):
            yield member_light("registry/member_stranded", member, "red", organisation.ended)


def lost_contact(city, day):
    for member in members_at(city, day):
        if not is_lost(member, day):
            continue
        late = level_after_months(member.lost, day, yellow_months=3, red_months=6)
        if late:
            yield member_light("registry/lost_contact", member, *late)


def probation_end(member):
    """P: '预备期延长至 if given, else 入党日期 + 1 year'."""
    return member.probation_until or add_years(member.joined, 1)


def probation_overdue(city, day):
    rule = "development/probation_overdue"
    for member in members_at(city, day):
        if is_full(member, day):
            continue
        end = probation_end(member)
        warned_from = end - timedelta(days=30)
        if day > end:
            yield member_light(rule, member, "red", end + ONE_DAY, end)
        elif warned_from <= day:
            yield member_light(rule, member, "yellow", warned_from, end)


# --- organisational life ---------------------------------------------------------------------


def was_held(city, organisation, kind, period, day):
    """'By 所属期间 if given, else by 日期; those with 日期 after D not at all.'"""
    for activity in city.activities:
        if activity.organisation != organisation.code or activity.kind != kind:
            continue
        if activity.day > day:
            continue
        if activity.period:
            if period.covers(period_from_text(activity.period)):
                return True
        elif period.contains(activity.day):
            return True
    return False


def regular_meeting(city, day, rule, kind, period_of, last_days, wanted=lambda branch: True):
    """A meeting that each period owes: yellow in the last days of D's, red after a full one."""
    current = period_of(day)
    full = current.previous(period_of)
    warned_from = current.last - timedelta(days=last_days - 1)
    for branch in filter(wanted, organisations_at(city, day, BRANCHES)):
        if founded_by(branch, full.first) and not was_held(city, branch, kind, full, day):
            yield organisation_light(rule, branch, "red", full.last + ONE_DAY, full.last)
        elif (day >= warned_from and founded_by(branch, current.first)
              and not was_held(city, branch, kind, current, day)):
            yield organisation_light(rule, branch, "yellow", warned_from, current.last)


def members_meeting(city, day):
    return regular_meeting(city, day, "orglife/members_meeting", "支部党员大会", quarter_of, 15)


def committee_meeting(city, day):
    """Only where the branch has seven or more full members at D."""
    return regular_meeting(
        city, day, "orglife/committee_meeting", "支委会", month_of, 5,
        wanted=lambda branch: len(full_members_of(city, branch, day)) >= 7)


def theme_day(city, day):
    return regular_meeting(city, day, "orglife/theme_day", "主题党日", month_of, 5)


def lecture(city, day):
    return regular_meeting(city, day, "orglife/lecture", "党课", quarter_of, 15)


def life_meeting(city, day):
    """The year's 组织生活会: due by its end, borne until 31 March of the next year."""
    rule = "orglife/life_meeting"
    this_year = year_of(day)
    last_year = this_year.previous(year_of)
    grace_end = date(day.year, 3, 31)
    december = date(day.year, 12, 2)
    for branch in organisations_at(city, day, BRANCHES):
        owed_last = (founded_by(branch, last_year.first)
                     and not was_held(city, branch, "组织生活会", last_year, day))
        owed_now = (founded_by(branch, this_year.first)
                    and not was_held(city, branch, "组织生活会", this_year, day))
        if owed_last and day > grace_end:
            yield organisation_light(rule, branch, "red", grace_end + ONE_DAY, grace_end)
        elif owed_last:
            yield organisation_light(rule, branch, "yellow", this_year.first, grace_end)
        elif owed_now and day >= december:
            yield organisation_light(rule, branch, "yellow", december, this_year.last)


# --- dues ------------------------------------------------------------------------------------


def counted_payments(city, day):
    """'A payment counts when its 缴纳日期 is empty or <= D.'"""
    return [p for p in city.payments if p.paid is None or p.paid <= day]


def first_recorded_months(city, day):
    """Per organisation: the first month for which any member at D of it has paid."""
    organisation_of = {m.number: m.organisation for m in members_at(city, day)}
    first = {}
    for payment in counted_payments(city, day):
        organisation = organisation_of.get(payment.person)
        if organisation is not None:
            first[organisation] = min(payment.month, first.get(organisation, payment.month))
    return first


def unpaid_run(start, last_full_month, paid_months):
    """The consecutive unpaid months up to and including the last full one, oldest first."""
    run = []
    month = last_full_month
    while month >= start and month not in paid_months:
        run.insert(0, month)
        month = add_months(month, -1)
    return run


def unpaid(city, day):
    rule = "dues/unpaid"
    last_full = month_of(day).previous(month_of)
    first_months = first_recorded_months(city, day)
    paid = {}
    for payment in counted_payments(city, day):
        paid.setdefault(payment.person, set()).add(payment.month)
    for member in members_at(city, day):
        if is_lost(member, day) or member.organisation not in first_months:
            continue
        start = max(next_month(month_of(member.joined).first), first_months[member.organisation])
        run = unpaid_run(start, last_full.first, paid.get(member.number, set()))
        if len(run) >= 5:
            yield member_light(rule, member, "red", next_month(run[4]), last_full.last)
        elif len(run) >= 3:
            yield member_light(rule, member, "yellow", next_month(run[2]), last_full.last)


RULES = (
    term_overdue,
    branch_too_large,
    branch_too_small,
    secretary_vacant,
    post_holder_gone,
    member_stranded,
    members_meeting,
    committee_meeting,
    theme_day,
    lecture,
    life_meeting,
    unpaid,
    probation_overdue,
    lost_contact,
)
