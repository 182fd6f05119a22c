-- rollup: lights
-- title: 亮灯汇总
-- title.en: Lights by organisation
-- why: 上级一眼看到本级和下级各有多少黄灯、红灯，点开就是清单和依据。
-- why.en: A superior sees how many lights stand at each organisation and below it.
-- version: 1
WITH counted AS (
  SELECT l.organisation, l.rule, l.level, count(*) AS lights
  FROM light AS l
  GROUP BY l.organisation, l.rule, l.level
)
SELECT a.ancestor AS organisation, c.rule, c.level, CAST(sum(c.lights) AS BIGINT) AS lights
FROM counted AS c
JOIN ancestry AS a ON a.organisation = c.organisation
GROUP BY a.ancestor, c.rule, c.level
