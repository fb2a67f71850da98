create view awarded_and_paid as
-- What was paid of each grant? Only payments with a day count as paid; awarded and paid are never added.
select
    counted_grants.id as "grant",
    counted_grants.amount_awarded as awarded,
    counted_grants.currency as awarded_currency,
    count(*) as payments,
    payments.currency as paid_currency,
    case round(sum(payments.amount - cast(payments.amount as integer)), 6)
        when 0 then sum(cast(payments.amount as integer))
        else
            sum(cast(payments.amount as integer))
            + round(sum(payments.amount - cast(payments.amount as integer)), 6)
    end as paid
from counted_grants
join payments on payments."grant" = counted_grants.id
where payments.paid_on is not null
group by counted_grants.id, payments.currency
order by counted_grants.id, payments.currency;
