-- rule: registry/branch_too_large
-- title: 支部党员一般不超过五十人
-- title.en: A branch has at most fifty members
-- subject: organisation
-- severity: yellow
-- basis: 《中国共产党支部工作条例（试行）》第四条：支部党员人数一般不超过五十人
-- why: 人数过多，会议难开、人人发言难，支部管不细，党员也容易游离在组织生活之外。
-- why.en: In a branch too large meetings are hard to hold and members slip out of sight.
-- remedy: 研究分设支部；符合条件、工作需要的，报上级批准设立党总支。
-- remedy.en: Consider splitting the branch, or a general branch with the superior's approval.
-- lit: 支部现有党员{members}名，超过{max_members}名。
-- lit.en: The branch has {members} members, more than {max_members}.
-- clear: 支部现有党员{members}名，没有超过{max_members}名。
-- clear.en: The branch has {members} members, not more than {max_members}.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: max_members int default 50 range 1..500
WITH branch AS (
  SELECT o.organisation, s.as_of, s.max_members
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind IN ('branch', 'joint_branch')
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
counted AS (
  SELECT b.organisation, count(*) AS members
  FROM branch AS b
  JOIN member AS m ON m.organisation = b.organisation
  WHERE m.status = 'normal' AND m.joined <= b.as_of
  GROUP BY b.organisation
)
SELECT b.organisation,
       b.organisation AS subject,
       CASE WHEN c.members > b.max_members THEN 'yellow' END AS level,
       CAST(NULL AS DATE) AS since,
       CAST(NULL AS DATE) AS due,
       coalesce(c.members, 0) AS members,
       b.max_members
FROM branch AS b
LEFT JOIN counted AS c ON c.organisation = b.organisation

-- rows:
SELECT m.organisation, m.organisation AS subject, m.person, m.stage, m.joined
FROM member AS m
JOIN setting AS s ON s.organisation = m.organisation
WHERE m.status = 'normal' AND m.joined <= s.as_of
