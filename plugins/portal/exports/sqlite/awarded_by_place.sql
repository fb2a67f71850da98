create view awarded_by_place as
-- How much was awarded for work in each place, in how many grants? One row a currency: currencies are never added.
-- A grant counts at its place and at all places around it, so do not add the rows of a town and of its region.
-- A row without a currency counts the grants whose amount no source says. Sums for several grants: joint_sums.
select
    places.id as place,
    {places},
    case when amount_awarded is not null then currency end as currency,
    count(*) as grants,
    {awarded}
from counted_grants
join place_paths on place_paths.place = counted_grants.place
join places on places.id = place_paths.ancestor
group by places.id, case when amount_awarded is not null then currency end
order by places.id, amount_awarded is null, counted_grants.currency;
