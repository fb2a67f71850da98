create view joint_sums as
-- Which sums were reported for several grants together? They are never divided, and no other view adds them.
select
    amount_groups.id as joint_sum,
    amount_groups.amount,
    amount_groups.currency,
    count(counted_grants.id) as grants,
    json_group_array(counted_grants.id) filter (where counted_grants.id is not null) as grant_ids
from amount_groups
left join counted_grants on counted_grants.amount_group = amount_groups.id
group by amount_groups.id
order by amount_groups.id;
