-- rule: registry/branch_too_small
-- title: 支部有三名以上正式党员
-- title.en: A branch has at least three full members
-- subject: organisation
-- severity: red
-- basis: 《中国共产党支部工作条例（试行）》：正式党员三人以上的成立支部，不足三人的按就近就便原则成立联合支部
-- why: 正式党员不足三名，会议和表决都难以成立，支部起不到应有的作用。
-- why.en: With fewer than three full members a branch can neither meet nor vote properly.
-- remedy: 与相邻或者同行业的单位成立联合支部，或者调整隶属关系；名册有误的，更正党员名册。
-- remedy.en: Form a joint branch with neighbours, or correct the roster if it is wrong.
-- lit: 支部现有正式党员{full_members}名（党员共{members}名），不足{min_full}名。
-- lit.en: The branch has {full_members} full members of {members}, fewer than {min_full}.
-- clear: 支部现有正式党员{full_members}名，不少于{min_full}名。
-- clear.en: The branch has {full_members} full members, not fewer than {min_full}.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: min_full int default 3 range 1..20
WITH branch AS (
  SELECT o.organisation, s.as_of, s.min_full
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind = 'branch'
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
counted AS (
  SELECT b.organisation,
         count(*) AS members,
         count(*) FILTER (WHERE m.stage = 'full'
                            AND (m.confirmed IS NULL OR m.confirmed <= b.as_of)) AS full_members
  FROM branch AS b
  JOIN member AS m ON m.organisation = b.organisation
  WHERE m.status = 'normal' AND m.joined <= b.as_of
  GROUP BY b.organisation
)
SELECT b.organisation,
       b.organisation AS subject,
       CASE WHEN coalesce(c.full_members, 0) < b.min_full THEN 'red' END AS level,
       CAST(NULL AS DATE) AS since,
       CAST(NULL AS DATE) AS due,
       coalesce(c.full_members, 0) AS full_members,
       coalesce(c.members, 0) AS members,
       b.min_full
FROM branch AS b
LEFT JOIN counted AS c ON c.organisation = b.organisation

-- rows:
SELECT m.organisation, m.organisation AS subject, m.person, m.stage, m.joined, m.confirmed
FROM member AS m
JOIN setting AS s ON s.organisation = m.organisation
WHERE m.status = 'normal' AND m.joined <= s.as_of
