-- 1: those before whom a task lies were reminded that it will be due.
alter table workflow_task add column reminded integer not null default 0;
