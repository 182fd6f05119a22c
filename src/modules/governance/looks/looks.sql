-- name: at_person
select f.seq, f.kind, f.recorded, f.subject, coalesce(c.name, ''), f.payload
from ledger_fact f left join identity_published_account c on c.id = f.subject
where f.person = $1 and f.kind >= 95 and f.kind <= 97 order by f.seq desc limit $2;
