-- What other modules may read of imports: subjects that had rows refused in the last import that
-- spoke of them.
create view intake_published_doubt as
select subject_kind, subject, rows from intake_doubt;
