-- A case that is ended takes its letter with it.
create index workflow_letter_case on workflow_letter (case_id);
