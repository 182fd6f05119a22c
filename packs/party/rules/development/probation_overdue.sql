-- rule: development/probation_overdue
-- title: 预备党员按期讨论转正
-- title.en: Probation ends with a decision in time
-- subject: person
-- severity: red
-- basis: 《中国共产党发展党员工作细则》（2026）：预备期一年，期满及时讨论转正；可延长一次，六个月至一年
-- why: 预备期满不讨论，预备党员能否转正就一直悬着，党员权利也受影响。
-- why.en: When probation lapses undecided the member is left in doubt and without full rights.
-- remedy: 提醒本人提交转正申请，支部及时开会讨论并报批；已办结的，补登转正日期或者“预备期延长至”。
-- remedy.en: Ask for the application, hold the meeting and report it; or record what was decided.
-- lit: {joined}入党，预备期到{probation_end}，还没有转正或者延长预备期的记录。
-- lit.en: Joined on {joined}; probation runs to {probation_end}, and no decision is on record.
-- clear: {joined}入党，预备期到{probation_end}，还未到提醒时间。
-- clear.en: Joined on {joined}; probation runs to {probation_end}, and nothing is due yet.
-- owner: organization department
-- risk: medium
-- version: 1
-- valid_from: 2026-01-01
-- param: probation_months int default 12 range 6..24
-- param: warn_days int default 30 range 0..180
WITH probation AS (
  SELECT m.organisation, m.person, m.joined, m.confirmed, m.probation_until,
         s.as_of, s.warn_days,
         coalesce(m.probation_until,
                  CAST(m.joined + s.probation_months * INTERVAL '1 month' AS DATE))
           AS probation_end
  FROM member AS m
  JOIN setting AS s ON s.organisation = m.organisation
  WHERE m.status = 'normal' AND m.joined <= s.as_of
    AND (m.stage <> 'full' OR m.confirmed > s.as_of)
)
SELECT p.organisation,
       p.person AS subject,
       CASE WHEN p.as_of > p.probation_end THEN 'red'
            WHEN p.as_of >= p.probation_end - p.warn_days THEN 'yellow' END AS level,
       CASE WHEN p.as_of > p.probation_end THEN p.probation_end + 1
            WHEN p.as_of >= p.probation_end - p.warn_days
            THEN p.probation_end - p.warn_days END AS since,
       CASE WHEN p.as_of >= p.probation_end - p.warn_days THEN p.probation_end END AS due,
       p.joined, p.probation_until, p.probation_end, p.confirmed
FROM probation AS p

-- rows:
SELECT m.organisation, m.person AS subject,
       m.stage, m.joined, m.probation_until, m.confirmed, m.status
FROM member AS m
