-- Of a day or a message that came: the element of the file that had waited for it. Of what was done
-- with a task its row says it.
alter table workflow_case_event add column element text not null default '';
