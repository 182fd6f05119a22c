-- rule: dues/unpaid
-- title: 党员按月交纳党费
-- title.en: Members pay their dues every month
-- subject: person
-- severity: red
-- basis: 《中国共产党不合格党员组织处置办法》：无正当理由连续六个月不交党费的予以除名；中组发〔2008〕3号：补交不超过六个月
-- why: 连续六个月不交党费会影响党籍；早一点提醒，忘交的能补上，有困难的能申请减免。
-- why.en: Six months unpaid can cost the membership; a reminder leaves time to pay or ask relief.
-- remedy: 支部与本人当面了解情况，及时补交；有困难的按规定减免；已交未记的，补登记录。
-- remedy.en: Talk with the member; pay what is owed, ask for relief, or record the payment.
-- lit: 从{unpaid_from}起，连续{unpaid_months}个月没有交纳党费的记录（算到{due}）。
-- lit.en: No dues on record for {unpaid_months} months in a row from {unpaid_from} to {due}.
-- clear: 连续未交党费{unpaid_months}个月，不到{yellow_months}个月的提醒标准。
-- clear.en: {unpaid_months} months unpaid in a row, fewer than the {yellow_months} of a reminder.
-- owner: organization department
-- risk: medium
-- version: 1
-- valid_from: 2026-01-01
-- param: yellow_months int default 3 range 1..24
-- param: red_months int default 5 range 1..24
WITH day AS (
  SELECT max(s.as_of) AS as_of,
         CAST(extract(year FROM max(s.as_of)) * 12 + extract(month FROM max(s.as_of)) - 2
              AS INTEGER) AS last_month
  FROM setting AS s
),
paid AS (
  SELECT p.person, min(p.month) AS first_month, max(p.month) AS paid_month
  FROM payment AS p
  CROSS JOIN day AS d
  WHERE p.month <= d.last_month AND coalesce(p.paid_on, d.as_of) <= d.as_of
  GROUP BY p.person
),
payer AS (
  SELECT m.organisation, m.person, m.joined, m.lost_since,
         p.first_month, p.paid_month, d.as_of, d.last_month
  FROM member AS m
  CROSS JOIN day AS d
  LEFT JOIN paid AS p ON p.person = m.person
  WHERE m.status = 'normal' AND m.joined <= d.as_of
),
opened AS (
  SELECT p.organisation, min(p.first_month) AS first_month
  FROM payer AS p
  WHERE p.first_month IS NOT NULL
  GROUP BY p.organisation
),
counted AS (
  SELECT p.organisation, p.person, p.joined, p.paid_month, p.last_month,
         o.first_month AS opened_month, s.yellow_months, s.red_months,
         greatest(o.first_month, coalesce(p.paid_month + 1, 0),
                  CAST(extract(year FROM p.joined) * 12 + extract(month FROM p.joined)
                       AS INTEGER)) AS run_month
  FROM payer AS p
  JOIN opened AS o ON o.organisation = p.organisation
  JOIN setting AS s ON s.organisation = p.organisation
  WHERE p.lost_since IS NULL OR p.lost_since > p.as_of
),
run AS (
  SELECT c.*,
         greatest(c.last_month - c.run_month + 1, 0) AS unpaid_months,
         CASE WHEN c.last_month - c.run_month + 1 >= c.red_months THEN 'red'
              WHEN c.last_month - c.run_month + 1 >= c.yellow_months THEN 'yellow' END AS level
  FROM counted AS c
)
SELECT r.organisation,
       r.person AS subject,
       r.level,
       CASE r.level
         WHEN 'red' THEN CAST(DATE '2000-01-01' + (r.run_month + r.red_months - 24000)
                              * INTERVAL '1 month' AS DATE)
         WHEN 'yellow' THEN CAST(DATE '2000-01-01' + (r.run_month + r.yellow_months - 24000)
                                 * INTERVAL '1 month' AS DATE) END AS since,
       CASE WHEN r.level IS NOT NULL
            THEN CAST(DATE '2000-01-01' + (r.last_month + 1 - 24000) * INTERVAL '1 month'
                      AS DATE) - 1 END AS due,
       r.unpaid_months,
       CASE WHEN r.unpaid_months > 0
            THEN CAST(DATE '2000-01-01' + (r.run_month - 24000) * INTERVAL '1 month'
                      AS DATE) END AS unpaid_from,
       CAST(DATE '2000-01-01' + (r.paid_month - 24000) * INTERVAL '1 month' AS DATE)
         AS last_paid_month,
       CAST(DATE '2000-01-01' + (r.opened_month - 24000) * INTERVAL '1 month' AS DATE)
         AS first_month_on_record,
       r.joined, r.yellow_months, r.red_months
FROM run AS r

-- rows:
SELECT p.organisation, p.person AS subject, p.month, p.paid_on, p.amount_cents
FROM payment AS p
JOIN setting AS s ON s.organisation = p.organisation
WHERE (p.paid_on IS NULL OR p.paid_on <= s.as_of)
  AND p.month >= extract(year FROM s.as_of) * 12 + extract(month FROM s.as_of) - 14
