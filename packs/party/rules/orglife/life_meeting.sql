-- rule: orglife/life_meeting
-- title: 组织生活会每年至少一次
-- title.en: An organisational life meeting at least once a year
-- subject: organisation
-- severity: red
-- basis: 《中国共产党支部工作条例（试行）》：组织生活会每年至少召开一次；次年三月底前可补开，时限可调
-- why: 组织生活会开展批评和自我批评，一年不开，问题就没有机会当面讲清、及时改正。
-- why.en: It is where members criticise and correct one another; without it nothing is put right.
-- remedy: 尽快召开；补开上一年度的，登记时所属期间填写该年度；已开未记的，补登记录。
-- remedy.en: Hold it soon; if it is last year's, record it with last year as its period.
-- lit: {year}年度没有组织生活会的记录，应在{due}前召开。
-- lit.en: No organisational life meeting is on record for {year}; it is due by {due}.
-- clear: 上年度召开组织生活会{last_year}次，本年度至今{this_year}次，目前无须提醒。
-- clear.en: Last year {last_year} life meetings, this year {this_year}; none due now.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: grace_months int default 3 range 0..11
-- param: warn_days int default 30 range 0..180
WITH branch AS (
  SELECT o.organisation, o.founded, s.as_of, s.warn_days, s.grace_months,
         CAST(date_trunc('year', CAST(s.as_of AS TIMESTAMP)) AS DATE) AS first_day
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind IN ('branch', 'joint_branch')
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
year AS (
  SELECT b.*,
         CAST(b.first_day + INTERVAL '1 year' AS DATE) - 1 AS last_day,
         CAST(b.first_day - INTERVAL '1 year' AS DATE) AS previous_first,
         CAST(b.first_day + b.grace_months * INTERVAL '1 month' AS DATE) - 1 AS deadline
  FROM branch AS b
  WHERE b.founded IS NULL OR b.founded <= b.first_day
),
held AS (
  SELECT y.organisation,
         count(*) FILTER (WHERE coalesce(a.period_first, a.held_on) >= y.first_day
                            AND coalesce(a.period_last, a.held_on) <= y.last_day) AS this_year,
         count(*) FILTER (WHERE coalesce(a.period_first, a.held_on) >= y.previous_first
                            AND coalesce(a.period_last, a.held_on) < y.first_day) AS last_year,
         max(a.held_on) AS latest_on
  FROM year AS y
  JOIN activity AS a ON a.organisation = y.organisation
  WHERE a.kind = 'life_meeting' AND a.held_on <= y.as_of
  GROUP BY y.organisation
),
judged AS (
  SELECT y.*,
         coalesce(h.this_year, 0) AS this_year,
         coalesce(h.last_year, 0) AS last_year,
         h.latest_on,
         coalesce(h.last_year, 0) = 0
           AND (y.founded IS NULL OR y.founded <= y.previous_first) AS last_year_open,
         coalesce(h.this_year, 0) = 0
           AND y.as_of > y.last_day - y.warn_days AS this_year_open
  FROM year AS y
  LEFT JOIN held AS h ON h.organisation = y.organisation
)
SELECT j.organisation,
       j.organisation AS subject,
       CASE WHEN j.last_year_open AND j.as_of > j.deadline THEN 'red'
            WHEN j.last_year_open OR j.this_year_open THEN 'yellow' END AS level,
       CASE WHEN j.last_year_open AND j.as_of > j.deadline THEN j.deadline + 1
            WHEN j.last_year_open THEN j.first_day
            WHEN j.this_year_open THEN j.last_day - j.warn_days + 1 END AS since,
       CASE WHEN j.last_year_open THEN j.deadline
            WHEN j.this_year_open THEN j.last_day END AS due,
       CAST(extract(year FROM j.first_day) AS INTEGER)
         - CASE WHEN j.last_year_open THEN 1 ELSE 0 END AS year,
       j.last_year, j.this_year, j.latest_on, j.founded
FROM judged AS j

-- rows:
SELECT a.organisation, a.organisation AS subject,
       a.activity, a.kind, a.held_on, a.period_kind, a.period_first, a.period_last
FROM activity AS a
JOIN setting AS s ON s.organisation = a.organisation
WHERE a.kind = 'life_meeting' AND a.held_on <= s.as_of
  AND coalesce(a.period_last, a.held_on)
      >= CAST(date_trunc('year', CAST(s.as_of AS TIMESTAMP)) - INTERVAL '1 year' AS DATE)
