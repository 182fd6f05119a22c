-- What changed of one person: records, memberships, posts and lights; payments, of which there are
-- millions, stay out.
create index governance_fact_of_person on ledger_fact (person, seq)
where (kind >= 20 and kind < 40) or (kind >= 70 and kind < 80);
