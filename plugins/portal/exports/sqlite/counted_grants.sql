create view counted_grants as
-- Which grants are counted? All but those that were only announced.
-- `whole` and `fraction` are the two parts of the amount: added apart, sums of any length keep every cent.
select
    grants.*,
    certainties.counted,
    cast(grants.amount_awarded as integer) as whole,
    grants.amount_awarded - cast(grants.amount_awarded as integer) as fraction
from grants
join certainties on certainties.code = grants.certainty
where certainties.counted;
