-- rule: registry/post_holder_gone
-- title: 任职人员党籍状态正常
-- title.en: Posts are held by members in good standing
-- subject: organisation
-- severity: yellow
-- basis: 任职名册与党员名册须一致：党籍状态不是“正常”的，不应仍登记为在任
-- why: 已转出、去世、出党或者停止党籍的人仍登记在任，工作无人承担，名册也不真实。
-- why.en: A post whose holder has left is work that nobody does and a roster that is wrong.
-- remedy: 核实后登记免职日期，并按程序补选；党籍状态登记有误的，更正党员名册。
-- remedy.en: Record the day the post ended and fill it; or correct the member's status.
-- lit: 在任{posts}个职务中，有{gone}个职务的任职人员党籍状态不是“正常”。
-- lit.en: Of {posts} posts in force, {gone} are held by someone whose status is not normal.
-- clear: 在任{posts}个职务，任职人员党籍状态都正常。
-- clear.en: All {posts} posts in force are held by members in good standing.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
WITH body AS (
  SELECT o.organisation, s.as_of
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
held AS (
  SELECT b.organisation,
         count(*) AS posts,
         count(*) FILTER (WHERE p.holder_status <> 'normal') AS gone,
         min(p.post) FILTER (WHERE p.holder_status <> 'normal') AS first_post
  FROM body AS b
  JOIN post AS p ON p.organisation = b.organisation
  WHERE p.from_date <= b.as_of AND (p.to_date IS NULL OR p.to_date > b.as_of)
  GROUP BY b.organisation
)
SELECT b.organisation,
       b.organisation AS subject,
       CASE WHEN h.gone > 0 THEN 'yellow' END AS level,
       CAST(NULL AS DATE) AS since,
       CAST(NULL AS DATE) AS due,
       coalesce(h.posts, 0) AS posts,
       coalesce(h.gone, 0) AS gone,
       h.first_post
FROM body AS b
LEFT JOIN held AS h ON h.organisation = b.organisation

-- rows:
SELECT p.organisation, p.organisation AS subject,
       p.post, p.person, p.title, p.from_date, p.to_date, p.holder_status
FROM post AS p
JOIN setting AS s ON s.organisation = p.organisation
WHERE p.from_date <= s.as_of AND (p.to_date IS NULL OR p.to_date > s.as_of)
