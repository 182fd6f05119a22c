-- rollup: structure
-- title: 党员队伍结构
-- title.en: Structure of the membership
-- why: 按党内统计公报的分组，统计每个党组织及其下级党员的性别、年龄、学历、职业、入党时间等构成。
-- why.en: Members of every organisation and all below it, in the groups of the yearly bulletin.
-- version: 1
WITH band (slot, dimension, code) AS (
  VALUES (10, 'sex', 'male'), (11, 'sex', 'female'), (19, 'sex', 'unknown'),
         (20, 'age', '30_or_less'), (21, 'age', '31_35'), (22, 'age', '36_40'),
         (23, 'age', '41_45'), (24, 'age', '46_50'), (25, 'age', '51_55'),
         (26, 'age', '56_60'), (27, 'age', '61_or_more'), (29, 'age', 'unknown'),
         (30, 'education', 'postgraduate'), (31, 'education', 'undergraduate'),
         (32, 'education', 'junior_college'), (33, 'education', 'secondary'),
         (34, 'education', 'lower'), (38, 'education', 'other'), (39, 'education', 'unknown'),
         (40, 'occupation', 'worker'), (41, 'occupation', 'farmer'),
         (42, 'occupation', 'professional'), (43, 'occupation', 'manager'),
         (44, 'occupation', 'official'), (45, 'occupation', 'student'),
         (46, 'occupation', 'other'), (47, 'occupation', 'retired'),
         (49, 'occupation', 'unknown'),
         (50, 'joined_period', 'before_1949_10'), (51, 'joined_period', '1949_10_to_1978_12'),
         (52, 'joined_period', '1978_12_to_2012_11'), (53, 'joined_period', 'since_2012_11'),
         (60, 'stage', 'full'), (61, 'stage', 'probationary'),
         (70, 'ethnic_group', 'han'), (71, 'ethnic_group', 'minority'),
         (79, 'ethnic_group', 'unknown')
),
day AS (
  SELECT s.as_of,
         CAST(s.as_of - INTERVAL '31 years' AS DATE) AS turned_31,
         CAST(s.as_of - INTERVAL '36 years' AS DATE) AS turned_36,
         CAST(s.as_of - INTERVAL '41 years' AS DATE) AS turned_41,
         CAST(s.as_of - INTERVAL '46 years' AS DATE) AS turned_46,
         CAST(s.as_of - INTERVAL '51 years' AS DATE) AS turned_51,
         CAST(s.as_of - INTERVAL '56 years' AS DATE) AS turned_56,
         CAST(s.as_of - INTERVAL '61 years' AS DATE) AS turned_61
  FROM (SELECT max(as_of) AS as_of FROM setting) AS s
),
placed AS (
  SELECT m.organisation,
         CASE m.sex WHEN 'male' THEN 10 WHEN 'female' THEN 11 ELSE 19 END AS sex,
         CASE WHEN m.birth > d.turned_31 THEN 20
              WHEN m.birth > d.turned_36 THEN 21
              WHEN m.birth > d.turned_41 THEN 22
              WHEN m.birth > d.turned_46 THEN 23
              WHEN m.birth > d.turned_51 THEN 24
              WHEN m.birth > d.turned_56 THEN 25
              WHEN m.birth > d.turned_61 THEN 26
              WHEN m.birth IS NOT NULL THEN 27 ELSE 29 END AS age,
         CASE WHEN m.education LIKE '1_' THEN 30
              WHEN m.education LIKE '2_' THEN 31
              WHEN m.education LIKE '3_' THEN 32
              WHEN m.education LIKE '4_' OR m.education LIKE '6_' THEN 33
              WHEN m.education LIKE '7_' OR m.education LIKE '8_' THEN 34
              WHEN m.education <> '' THEN 38 ELSE 39 END AS education,
         CASE m.occupation WHEN 'worker' THEN 40 WHEN 'farmer' THEN 41
                           WHEN 'professional' THEN 42 WHEN 'manager' THEN 43
                           WHEN 'official' THEN 44 WHEN 'student' THEN 45
                           WHEN 'retired' THEN 47
                           ELSE CASE WHEN m.occupation <> '' THEN 46 ELSE 49 END
                           END AS occupation,
         CASE WHEN m.joined < DATE '1949-10-01' THEN 50
              WHEN m.joined < DATE '1978-12-18' THEN 51
              WHEN m.joined < DATE '2012-11-08' THEN 52 ELSE 53 END AS joined_period,
         CASE WHEN m.stage = 'full' AND (m.confirmed IS NULL OR m.confirmed <= d.as_of)
              THEN 60 ELSE 61 END AS stage,
         CASE WHEN m.ethnic = '01' THEN 70
              WHEN m.ethnic BETWEEN '02' AND '56' THEN 71 ELSE 79 END AS ethnic_group
  FROM member AS m
  CROSS JOIN day AS d
  WHERE m.status = 'normal' AND m.joined <= d.as_of
),
counted AS (
  SELECT p.organisation,
         coalesce(p.sex, p.age, p.education, p.occupation, p.joined_period, p.stage,
                  p.ethnic_group) AS slot,
         count(*) AS members
  FROM placed AS p
  GROUP BY GROUPING SETS ((p.organisation, p.sex), (p.organisation, p.age),
                          (p.organisation, p.education), (p.organisation, p.occupation),
                          (p.organisation, p.joined_period), (p.organisation, p.stage),
                          (p.organisation, p.ethnic_group))
),
summed AS (
  SELECT a.ancestor, c.slot, CAST(sum(c.members) AS BIGINT) AS members
  FROM counted AS c
  JOIN ancestry AS a ON a.organisation = c.organisation
  GROUP BY a.ancestor, c.slot
)
SELECT s.ancestor AS organisation, b.dimension, b.code AS band, s.members
FROM summed AS s
JOIN band AS b ON b.slot = s.slot
