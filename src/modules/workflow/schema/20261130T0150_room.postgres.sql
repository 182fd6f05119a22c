-- A case changes with each of its steps, a task and an item of a dispatch once at least, in columns
-- that no index holds. With room beside a row its new version stands on the same page, and no index
-- learns of it.
alter table workflow_case set (fillfactor = 50);
alter table workflow_task set (fillfactor = 70);
alter table workflow_dispatch_item set (fillfactor = 50);
