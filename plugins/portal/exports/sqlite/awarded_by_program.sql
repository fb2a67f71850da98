create view awarded_by_program as
-- How much was awarded in each program, in how many grants? One row a currency: currencies are never added.
-- A row without a currency counts the grants whose amount no source says. Sums for several grants: joint_sums.
select
    program,
    {programs},
    case when amount_awarded is not null then currency end as currency,
    count(*) as grants,
    {awarded}
from counted_grants
join programs on programs.id = counted_grants.program
group by program, case when amount_awarded is not null then currency end
order by program, amount_awarded is null, counted_grants.currency;
