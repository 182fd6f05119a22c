-- The name of an organisation outside of this system to which a letter goes; receiver is 0 then.
alter table workflow_letter add column outside text not null default '';
