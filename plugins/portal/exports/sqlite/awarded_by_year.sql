create view awarded_by_year as
-- How much was awarded in each year, in how many grants? One row a currency: currencies are never added.
-- A row without a currency counts the grants whose amount no source says. Sums for several grants: joint_sums.
select
    year,
    case when amount_awarded is not null then currency end as currency,
    count(*) as grants,
    {awarded}
from counted_grants
group by year, case when amount_awarded is not null then currency end
order by year, amount_awarded is null, counted_grants.currency;
