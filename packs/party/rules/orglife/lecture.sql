-- rule: orglife/lecture
-- title: 党课每季度至少一次
-- title.en: A Party lecture at least once a quarter
-- subject: organisation
-- severity: red
-- basis: 《中国共产党支部工作条例（试行）》：定期开展党课；条例未定次数，每季度一次为各地通行做法
-- why: 党课是党员经常性教育的基本形式，长期不上，党员学习就跟不上。
-- why.en: The lecture is the usual form of members' education; without it learning falls behind.
-- remedy: 本季度尽快安排党课；上季度已经补课的，登记时填写所属期间；已讲未记的，补登记录。
-- remedy.en: Give one soon; if given late, record it with its period; if given, record it.
-- lit: {period_first}至{period_last}没有党课的记录，这一季度的党课应在{due}前安排。
-- lit.en: No Party lecture is on record for {period_first} to {period_last}; due by {due}.
-- clear: 上季度上党课{last_quarter}次，本季度至今{this_quarter}次，目前无须提醒。
-- clear.en: Last quarter {last_quarter} lectures, this quarter {this_quarter}; none due now.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: warn_days int default 15 range 0..60
WITH branch AS (
  SELECT o.organisation, o.founded, s.as_of, s.warn_days,
         CAST(date_trunc('quarter', CAST(s.as_of AS TIMESTAMP)) AS DATE) AS first_day
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind IN ('branch', 'joint_branch')
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
quarter AS (
  SELECT b.*,
         CAST(b.first_day + INTERVAL '3 months' AS DATE) - 1 AS last_day,
         CAST(b.first_day - INTERVAL '3 months' AS DATE) AS previous_first
  FROM branch AS b
  WHERE b.founded IS NULL OR b.founded <= b.first_day
),
held AS (
  SELECT q.organisation,
         count(*) FILTER (WHERE coalesce(a.period_first, a.held_on) >= q.first_day
                            AND coalesce(a.period_last, a.held_on) <= q.last_day) AS this_quarter,
         count(*) FILTER (WHERE coalesce(a.period_first, a.held_on) >= q.previous_first
                            AND coalesce(a.period_last, a.held_on) < q.first_day) AS last_quarter,
         max(a.held_on) AS latest_on
  FROM quarter AS q
  JOIN activity AS a ON a.organisation = q.organisation
  WHERE a.kind = 'lecture' AND a.held_on <= q.as_of
  GROUP BY q.organisation
),
judged AS (
  SELECT q.*,
         coalesce(h.this_quarter, 0) AS this_quarter,
         coalesce(h.last_quarter, 0) AS last_quarter,
         h.latest_on,
         CASE WHEN coalesce(h.last_quarter, 0) = 0
                   AND (q.founded IS NULL OR q.founded <= q.previous_first) THEN 'red'
              WHEN coalesce(h.this_quarter, 0) = 0
                   AND q.as_of > q.last_day - q.warn_days THEN 'yellow' END AS level
  FROM quarter AS q
  LEFT JOIN held AS h ON h.organisation = q.organisation
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
       j.last_quarter, j.this_quarter, j.latest_on, j.founded
FROM judged AS j

-- rows:
SELECT a.organisation, a.organisation AS subject,
       a.activity, a.kind, a.held_on, a.period_kind, a.period_first, a.period_last
FROM activity AS a
JOIN setting AS s ON s.organisation = a.organisation
WHERE a.kind = 'lecture' AND a.held_on <= s.as_of
  AND coalesce(a.period_last, a.held_on)
      >= CAST(date_trunc('quarter', CAST(s.as_of AS TIMESTAMP)) - INTERVAL '3 months' AS DATE)
