create view awarded_by_funder as
-- How much did each body award, in how many grants? One row a currency: currencies are never added.
-- A row without a currency counts the grants whose amount no source says. Sums for several grants: joint_sums.
select
    funder,
    {organizations},
    case when amount_awarded is not null then currency end as currency,
    count(*) as grants,
    {awarded}
from counted_grants
join organizations on organizations.id = counted_grants.funder
group by funder, case when amount_awarded is not null then currency end
order by funder, amount_awarded is null, counted_grants.currency;
