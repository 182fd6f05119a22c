-- rule: registry/secretary_vacant
-- title: 党组织书记不空缺
-- title.en: The post of secretary is filled
-- subject: organisation
-- severity: red
-- basis: 《中国共产党支部工作条例（试行）》：支部设书记一名；软弱涣散党组织排查的地方标准：书记空缺超过三个月
-- why: 书记空缺，支部工作就没有人牵头负责，时间一长组织容易松散。
-- why.en: Without a secretary nobody answers for the work, and in time the body falls apart.
-- remedy: 及时选举或者由上级党组织指派书记；已经任职的，补登任职日期。
-- remedy.en: Elect or appoint a secretary; if there is one, record the post and its first day.
-- lit: 书记一职自{vacant_from}起空缺，至今无人任职。
-- lit.en: The post of secretary has been vacant since {vacant_from}.
-- clear: 现任书记{in_office}名；没有书记的，空缺尚未超过{yellow_months}个月。
-- clear.en: {in_office} secretary in office; a vacancy, if any, is within {yellow_months} months.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: yellow_months int default 1 range 0..24
-- param: red_months int default 3 range 0..36
WITH body AS (
  SELECT o.organisation, o.founded, s.as_of, s.yellow_months, s.red_months
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind IN ('branch', 'joint_branch', 'general_branch', 'committee')
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
secretary AS (
  SELECT b.organisation,
         count(*) FILTER (WHERE p.to_date IS NULL OR p.to_date >= b.as_of) AS in_office,
         max(p.to_date) AS left_on
  FROM body AS b
  JOIN post AS p ON p.organisation = b.organisation
  WHERE p.title = 'secretary' AND p.from_date <= b.as_of
  GROUP BY b.organisation
),
vacancy AS (
  SELECT b.*, coalesce(t.in_office, 0) AS in_office,
         CASE WHEN t.in_office > 0 THEN NULL
              WHEN t.organisation IS NULL THEN b.founded
              ELSE t.left_on + 1 END AS vacant_from
  FROM body AS b
  LEFT JOIN secretary AS t ON t.organisation = b.organisation
),
overdue AS (
  SELECT v.*,
         CAST(v.vacant_from + v.yellow_months * INTERVAL '1 month' AS DATE) + 1 AS yellow_from,
         CAST(v.vacant_from + v.red_months * INTERVAL '1 month' AS DATE) + 1 AS red_from
  FROM vacancy AS v
  WHERE v.in_office > 0 OR v.vacant_from IS NOT NULL
)
SELECT v.organisation,
       v.organisation AS subject,
       CASE WHEN v.as_of >= v.red_from THEN 'red'
            WHEN v.as_of >= v.yellow_from THEN 'yellow' END AS level,
       CASE WHEN v.as_of >= v.red_from THEN v.red_from
            WHEN v.as_of >= v.yellow_from THEN v.yellow_from END AS since,
       CAST(NULL AS DATE) AS due,
       v.in_office, v.vacant_from, v.founded, v.yellow_months, v.red_months
FROM overdue AS v

-- rows:
SELECT p.organisation, p.organisation AS subject,
       p.post, p.person, p.title, p.from_date, p.to_date
FROM post AS p
JOIN setting AS s ON s.organisation = p.organisation
WHERE p.title = 'secretary' AND p.from_date <= s.as_of
