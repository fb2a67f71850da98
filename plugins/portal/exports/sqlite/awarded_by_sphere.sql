create view awarded_by_sphere as
-- How much was awarded in each sphere, in how many grants? One row a currency: currencies are never added.
-- A row without a currency counts the grants whose amount no source says. Sums for several grants: joint_sums.
select
    sphere,
    {spheres},
    case when amount_awarded is not null then currency end as currency,
    count(*) as grants,
    {awarded}
from counted_grants
join spheres on spheres.code = counted_grants.sphere
group by sphere, case when amount_awarded is not null then currency end
order by sphere, amount_awarded is null, counted_grants.currency;
