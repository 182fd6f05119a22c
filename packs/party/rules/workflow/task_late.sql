-- rule: workflow/task_late
-- title: 流程任务在期限内办结
-- title.en: Tasks of procedures are done in time
-- subject: organisation
-- severity: red
-- basis: 各流程自带的办理期限，依据写在流程文件的步骤上
-- why: 一步拖住，后面的人和当事人都在等。
-- why.en: Where one step stands still, everybody behind it waits, and the person it is about.
-- remedy: 打开“我的待办”办结；办不了的转交他人，或请管理流程的人改派。
-- remedy.en: Do it under “My tasks”; pass it on if you cannot, or have it reassigned.
-- lit: 逾期的任务{late}件，快到期的{soon}件；最早一件最迟{due}办结。
-- lit.en: Tasks past their day: {late}; due soon: {soon}; the earliest due on {due}.
-- clear: 没有逾期或快到期的任务。
-- clear.en: No task is late or due soon.
-- owner: organization department
-- risk: low
-- version: 1
-- valid_from: 2026-01-01
-- param: warn_days int default 2 range 0..30
WITH body AS (
  SELECT o.organisation, s.as_of, s.warn_days
  FROM organisation AS o
  JOIN setting AS s ON s.organisation = o.organisation
  WHERE o.ended IS NULL OR o.ended > s.as_of
),
waiting AS (
  SELECT b.organisation,
         count(t.task) FILTER (WHERE t.due < b.as_of) AS late,
         count(t.task) FILTER (WHERE t.due >= b.as_of) AS soon,
         min(t.due) AS due
  FROM body AS b
  JOIN task AS t ON t.organisation = b.organisation AND t.due - b.as_of <= b.warn_days
  GROUP BY b.organisation
)
SELECT b.organisation, b.organisation AS subject,
       CASE WHEN w.late > 0 THEN 'red' WHEN w.soon > 0 THEN 'yellow' END AS level,
       CASE WHEN w.late > 0 THEN w.due + 1 WHEN w.soon > 0 THEN b.as_of END AS since,
       w.due, coalesce(w.late, 0) AS late, coalesce(w.soon, 0) AS soon
FROM body AS b
LEFT JOIN waiting AS w ON w.organisation = b.organisation

-- rows:
SELECT t.organisation, t.organisation AS subject, t.task, t.process, t.opened, t.due
FROM task AS t
