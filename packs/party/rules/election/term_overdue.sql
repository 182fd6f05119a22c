-- rule: election/term_overdue
-- title: 党组织按期换届
-- title.en: Elections are held when the term ends
-- subject: organisation
-- severity: red
-- basis: 《关于党的基层组织任期的意见》（2018）：党委每届五年，总支、支部三年，村和社区五年；届满前六个月提醒
-- why: 任期届满不换届，班子履职就失去了选举的依据，党员的选举权也落了空。
-- why.en: Past its term a committee acts without a mandate, and members lose their vote.
-- remedy: 届满前向上级党组织报送换届请示；确需延期的，报上级批准后登记“延期至”，一般不超过一年。
-- remedy.en: Ask the superior for the election in time, or record the approved extension.
-- lit: 本届于{elected}选举产生，任期{term_years}年，应在{due}前完成换届选举。
-- lit.en: Elected on {elected} for {term_years} years; the next election is due by {due}.
-- clear: 本届于{elected}选举产生，任期到{term_end}，还未到换届提醒期。
-- clear.en: Elected on {elected}, the term runs to {term_end}; no election is due yet.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: warn_months int default 6 range 0..24
-- param: committee_years int default 5 range 1..10
-- param: branch_years int default 3 range 1..10
-- param: village_years int default 5 range 1..10
WITH body AS (
  SELECT o.organisation, o.kind, o.unit_kind, o.elected, o.extended_to, s.as_of, s.warn_months,
         coalesce(o.term_years,
                  CASE WHEN o.kind = 'committee' THEN s.committee_years
                       WHEN o.unit_kind IN ('community', 'village') THEN s.village_years
                       ELSE s.branch_years END) AS term_years
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.kind IN ('committee', 'general_branch', 'branch', 'joint_branch')
    AND o.elected IS NOT NULL
    AND (o.founded IS NULL OR o.founded <= s.as_of)
    AND (o.ended IS NULL OR o.ended > s.as_of)
),
elapsed AS (
  SELECT b.*, CAST(b.elected + b.term_years * INTERVAL '1 year' AS DATE) AS ordinary_end
  FROM body AS b
),
term AS (
  SELECT e.*,
         CASE WHEN e.extended_to > e.ordinary_end THEN e.extended_to
              ELSE e.ordinary_end END AS term_end
  FROM elapsed AS e
),
notice AS (
  SELECT t.*, CAST(t.term_end - t.warn_months * INTERVAL '1 month' AS DATE) AS warn_from
  FROM term AS t
)
SELECT n.organisation,
       n.organisation AS subject,
       CASE WHEN n.as_of > n.term_end THEN 'red'
            WHEN n.as_of >= n.warn_from THEN 'yellow' END AS level,
       CASE WHEN n.as_of > n.term_end THEN n.term_end + 1
            WHEN n.as_of >= n.warn_from THEN n.warn_from END AS since,
       CASE WHEN n.as_of >= n.warn_from THEN n.term_end END AS due,
       n.elected, n.term_years, n.extended_to, n.term_end, n.kind, n.unit_kind
FROM notice AS n

-- rows:
SELECT o.organisation, o.organisation AS subject,
       o.kind, o.unit_kind, o.elected, o.term_years, o.extended_to
FROM organisation AS o
WHERE o.elected IS NOT NULL
