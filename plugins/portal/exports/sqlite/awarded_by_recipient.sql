create view awarded_by_recipient as
-- How much was each organization awarded, in how many grants? One row a currency: currencies are never added.
-- A row without a currency counts the grants whose amount no source says. Sums for several grants: joint_sums.
-- Grants that name no recipient are in unnamed_recipients.
select
    recipient,
    {organizations},
    case when amount_awarded is not null then currency end as currency,
    count(*) as grants,
    {awarded}
from counted_grants
join organizations on organizations.id = counted_grants.recipient
group by recipient, case when amount_awarded is not null then currency end
order by recipient, amount_awarded is null, counted_grants.currency;
