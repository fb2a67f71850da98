create view unnamed_recipients as
-- How many grants name no recipient, by year and by the body that gave them?
select
    year,
    funder,
    {organizations},
    count(*) as grants,
    count(*) filter (where recipient is null) as without_recipient
from counted_grants
join organizations on organizations.id = counted_grants.funder
group by year, funder
having count(*) filter (where recipient is null) > 0
order by year, funder;
