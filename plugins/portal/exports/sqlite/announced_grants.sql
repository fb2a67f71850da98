create view announced_grants as
-- Which grants were only announced? Nothing confirms them, and no other view counts them.
select grants.*
from grants
join certainties on certainties.code = grants.certainty
where not certainties.counted;
