// explorer.views.compare(context): the funders, places or recipients of the filter beside each other; else the largest.
{
  const { make, say, number, name, named, copy, ask, facetOf, choose, fill, called, tellPart, grantsSaid, sums, yearsOf, barsOf, drawn, words } = explorer;
  const FOLDERS = { funder: "organizations", place: "places", recipient: "organizations" };
  const [COMPARED, OFFERED, AT_FIRST] = [8, 20, 3];

  explorer.views.compare = async (context) => {
    const { index, state: { by, filters }, link } = context;
    const dimension = FOLDERS[by] ? by : "funder";
    const ids = filters[dimension] ?? [];
    const chosen = (await Promise.all(ids.map((id) => index.valueNamed(dimension, id)))).filter(Boolean);
    const facet = await facetOf(context, dimension);
    const others = [...facet.counts.keys()].filter((value) => value && chosen.every((one) => one.value !== value));
    others.sort((a, b) => facet.counts.get(b) - facet.counts.get(a));
    const offered = [...chosen, ...(await index.values(dimension, others.slice(0, OFFERED)))];
    const compared = chosen.length > 1 ? chosen.slice(0, COMPARED) : offered.slice(0, AT_FIRST);
    const among = (ids) => ({ filters: { ...filters, [dimension]: ids } });
    const answers = await Promise.all(compared.map(({ id }) => ask(context, { ...among([id]), sums: true, groups: dimension })));
    const years = yearsOf(...answers.map((answer) => answer.years));
    const charts = drawn(compared.map((one, at) => [name(called(one)).text, barsOf(answers[at].years, years)]));

    const view = copy("compared");
    const [choice, table] = view.querySelectorAll("nav + nav, table");
    const [first, ...titles] = table.querySelectorAll("th");
    choose(view, dimension, link);
    first.textContent = words.labels[dimension];
    titles.at(-1).append(`, ${years[0]}–${years.at(-1)}`);
    const toggle = (one) => {
      const next = ids.includes(one.id) ? ids.filter((id) => id !== one.id) : [...ids, one.id];
      return make("a", { class: "choices__link", href: link(among(next)), "aria-current": chosen.includes(one) }, named(called(one)));
    };
    choice.append(...offered.map(toggle));
    const row = (one, at) => {
      const { counted, announced, withAmount, awarded: sum, joint, announcedAmounts } = answers[at].sums;
      const { awarded = [] } = answers[at].groups.find(({ value }) => value === one.value) ?? {};
      return [
        make("a", { href: `${FOLDERS[dimension]}/${one.id}.html` }, named(called(one))),
        grantsSaid({ counted, grants: counted + announced }),
        [...sums(sum), ...sums(joint, "amount", say("joint:")), ...sums(announcedAmounts, "amount", say("announced:"))],
        sums(awarded, "median"),
        sums(awarded, "largest"),
        say("{known} of {all}", { known: number(withAmount), all: number(counted) }),
        charts[at],
      ];
    };
    fill(table, compared.map(row));
    tellPart(view, [facet, ...answers]);
    return view;
  };
}
