-- Rows refused of the subject in its last import, as the light's evidence says.
alter table insight_light add column doubts integer not null default 0;
