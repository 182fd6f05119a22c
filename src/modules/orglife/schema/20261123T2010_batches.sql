-- What other modules may read of where activities come from: what stands in the way of an undo.
create view orglife_published_made as
select id, source, batch from orglife_activity;
