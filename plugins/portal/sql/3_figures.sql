-- What can be counted for each subject. A grant whose certainty is not counted (one that was only announced) is
-- never in a count of grants or in a sum; joint sums stay apart from the amounts of single grants.
create view counted_grants as
select grants.*, certainties.counted
from grants
join certainties on certainties.code = grants.certainty;

create view figures as
select
    kind,
    subject,
    count(*) filter (where counted) as grants,
    count(*) filter (where not counted) as announced,
    count(*) filter (where counted and amount_awarded is not null) as with_amount,
    min(year) filter (where counted) as first_year,
    max(year) filter (where counted) as last_year
from grant_subjects
join counted_grants on counted_grants.id = grant_subjects.grant_id
group by kind, subject;

create view awarded_sums as
select kind, subject, currency, cast(sum(amount_awarded) as decimal(38, 6)) as amount
from grant_subjects
join counted_grants on counted_grants.id = grant_subjects.grant_id
where counted and amount_awarded is not null
group by kind, subject, currency
order by kind, subject, count(*) desc, currency;

-- A joint sum belongs to a subject only with all its grants.
create view whole_joint_sums as
select kind, subject, amount_group
from grant_subjects
join counted_grants on counted_grants.id = grant_subjects.grant_id
where counted and amount_group is not null
group by kind, subject, amount_group
having count(*) = (select count(*) from grants as others where others.amount_group = counted_grants.amount_group)
order by kind, subject, amount_group;
