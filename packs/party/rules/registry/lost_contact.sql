-- rule: registry/lost_contact
-- title: 失联党员及时查找处置
-- title.en: Members out of contact are searched for
-- subject: person
-- severity: red
-- basis: 《中国共产党党员教育管理工作条例》：失去联系六个月以上、查找无果的，按程序停止党籍
-- why: 失联越久越难找回；满六个月要按程序研究停止党籍，不能放着不管。
-- why.en: The longer the silence, the harder the search; after six months a decision is due.
-- remedy: 通过家属、单位、社区和户籍地继续查找并留下记录；取得联系的，清除失联日期。
-- remedy.en: Search through family, work and residence and note it; once found, clear the date.
-- lit: 自{lost_since}起失去联系，至今没有取得联系的记录。
-- lit.en: Out of contact since {lost_since}, with no record of contact since.
-- clear: 自{lost_since}起失去联系，尚未超过{yellow_months}个月。
-- clear.en: Out of contact since {lost_since}, not yet for more than {yellow_months} months.
-- owner: organization department
-- risk: medium
-- version: 1
-- valid_from: 2026-01-01
-- param: yellow_months int default 3 range 0..24
-- param: red_months int default 6 range 0..36
WITH lost AS (
  SELECT m.organisation, m.person, m.lost_since, s.as_of, s.yellow_months, s.red_months,
         CAST(m.lost_since + s.yellow_months * INTERVAL '1 month' AS DATE) + 1 AS yellow_from,
         CAST(m.lost_since + s.red_months * INTERVAL '1 month' AS DATE) + 1 AS red_from
  FROM member AS m
  JOIN setting AS s ON s.organisation = m.organisation
  WHERE m.status = 'normal' AND m.joined <= s.as_of
    AND m.lost_since <= s.as_of
)
SELECT l.organisation,
       l.person AS subject,
       CASE WHEN l.as_of >= l.red_from THEN 'red'
            WHEN l.as_of >= l.yellow_from THEN 'yellow' END AS level,
       CASE WHEN l.as_of >= l.red_from THEN l.red_from
            WHEN l.as_of >= l.yellow_from THEN l.yellow_from END AS since,
       CAST(NULL AS DATE) AS due,
       l.lost_since, l.yellow_months, l.red_months
FROM lost AS l

-- rows:
SELECT m.organisation, m.person AS subject, m.status, m.joined, m.lost_since
FROM member AS m
WHERE m.lost_since IS NOT NULL
