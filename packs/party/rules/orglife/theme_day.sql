-- rule: orglife/theme_day
-- title: 主题党日每月一次
-- title.en: A theme day every month
-- subject: organisation
-- severity: red
-- basis: 《中国共产党支部工作条例（试行）》：支部每月相对固定一天开展主题党日
-- why: 主题党日把学习、议事、服务放在固定的一天，一个月不开展，组织生活就断了档。
-- why.en: The theme day gives study, discussion and service their fixed day each month.
-- remedy: 本月尽快安排；上月已经补办的，登记时填写所属期间；已开展未记的，补登记录。
-- remedy.en: Hold it soon; if held late, record it with its period; if held, record it.
-- lit: {period_first}至{period_last}没有主题党日的记录，这一个月的主题党日应在{due}前开展。
-- lit.en: No theme day is on record for {period_first} to {period_last}; due by {due}.
-- clear: 上月开展主题党日{last_month}次，本月至今{this_month}次，目前无须提醒。
-- clear.en: Last month {last_month} theme days, this month {this_month}; none due now.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: warn_days int default 5 range 0..20
WITH branch AS (
  SELECT o.organisation, o.founded, s.as_of, s.warn_days,
         CAST(date_trunc('month', CAST(s.as_of AS TIMESTAMP)) AS DATE) AS first_day
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind IN ('branch', 'joint_branch')
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
month AS (
  SELECT b.*,
         CAST(b.first_day + INTERVAL '1 month' AS DATE) - 1 AS last_day,
         CAST(b.first_day - INTERVAL '1 month' AS DATE) AS previous_first
  FROM branch AS b
  WHERE b.founded IS NULL OR b.founded <= b.first_day
),
held AS (
  SELECT m.organisation,
         count(*) FILTER (WHERE coalesce(a.period_first, a.held_on) >= m.first_day
                            AND coalesce(a.period_last, a.held_on) <= m.last_day) AS this_month,
         count(*) FILTER (WHERE coalesce(a.period_first, a.held_on) >= m.previous_first
                            AND coalesce(a.period_last, a.held_on) < m.first_day) AS last_month,
         max(a.held_on) AS latest_on
  FROM month AS m
  JOIN activity AS a ON a.organisation = m.organisation
  WHERE a.kind = 'theme_day' AND a.held_on <= m.as_of
  GROUP BY m.organisation
),
judged AS (
  SELECT m.*,
         coalesce(h.this_month, 0) AS this_month,
         coalesce(h.last_month, 0) AS last_month,
         h.latest_on,
         CASE WHEN coalesce(h.last_month, 0) = 0
                   AND (m.founded IS NULL OR m.founded <= m.previous_first) THEN 'red'
              WHEN coalesce(h.this_month, 0) = 0
                   AND m.as_of > m.last_day - m.warn_days THEN 'yellow' END AS level
  FROM month AS m
  LEFT JOIN held AS h ON h.organisation = m.organisation
)
SELECT j.organisation,
       j.organisation AS subject,
       j.level,
       CASE j.level WHEN 'red' THEN j.first_day
                    WHEN 'yellow' THEN j.last_day - j.warn_days + 1 END AS since,
       CASE j.level WHEN 'red' THEN j.first_day - 1
                    WHEN 'yellow' THEN j.last_day END AS due,
       CASE j.level WHEN 'red' THEN j.previous_first ELSE j.first_day END AS period_first,
       CASE j.level WHEN 'red' THEN j.first_day - 1 ELSE j.last_day END AS period_last,
       j.last_month, j.this_month, j.latest_on, j.founded
FROM judged AS j

-- rows:
SELECT a.organisation, a.organisation AS subject,
       a.activity, a.kind, a.held_on, a.period_kind, a.period_first, a.period_last
FROM activity AS a
JOIN setting AS s ON s.organisation = a.organisation
WHERE a.kind = 'theme_day' AND a.held_on <= s.as_of
  AND coalesce(a.period_last, a.held_on)
      >= CAST(date_trunc('month', CAST(s.as_of AS TIMESTAMP)) - INTERVAL '1 month' AS DATE)
