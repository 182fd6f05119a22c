-- rule: registry/member_stranded
-- title: 党员都编在现有党组织
-- title.en: Every member belongs to an organisation that exists
-- subject: person
-- severity: red
-- basis: 《中国共产党党员教育管理工作条例》：新的党组织接收以前，原党组织仍负有管理责任
-- why: 所在党组织已经撤销而组织关系没有转走，党员就成了没有人管的“口袋党员”。
-- why.en: When the organisation is gone and the membership stays, nobody looks after the member.
-- remedy: 由上级党组织尽快把组织关系转到接续的党组织；撤销日期登记有误的，更正名册。
-- remedy.en: Move the membership to the organisation that succeeds; or correct the date it ended.
-- lit: 所在党组织已于{ended}撤销，组织关系还没有转出。
-- lit.en: The member's organisation ended on {ended}, and the membership has not been moved.
-- clear: 组织关系在现有的党组织。
-- clear.en: The membership is with an organisation that exists.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
SELECT m.organisation,
       m.person AS subject,
       CASE WHEN o.ended <= s.as_of THEN 'red' END AS level,
       CASE WHEN o.ended <= s.as_of THEN o.ended END AS since,
       CAST(NULL AS DATE) AS due,
       o.ended, m.joined
FROM member AS m
JOIN organisation AS o ON o.organisation = m.organisation
JOIN setting AS s ON s.organisation = m.organisation
WHERE m.status = 'normal' AND m.joined <= s.as_of

-- rows:
SELECT m.organisation, m.person AS subject, m.status, m.joined, o.kind, o.ended
FROM member AS m
JOIN organisation AS o ON o.organisation = m.organisation
