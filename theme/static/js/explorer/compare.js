// explorer.views.compare(context): the funders, places or recipients of the filter beside each other; else the largest.
{
  const { make, say, number, name, named, copy, ask, choose, fill, nameAll, called, tellPart, grantsSaid, sums, yearsOf, barsOf, drawn, words } = explorer;
  const FOLDERS = { funder: "organizations", place: "places", recipient: "organizations" };
  const [COMPARED, OFFERED, AT_FIRST] = [8, 20, 3];

  explorer.views.compare = async (context) => {
    const { index, state: { by, filters }, link } = context;
    const dimension = FOLDERS[by] ? by : "funder";
    const chosen = filters[dimension] ?? [];
    const values = await Promise.all(chosen.map((id) => index.valueNamed(dimension, id)));
    const isChosen = ({ value }) => values.some((one) => one?.value === value);
    const among = (ids) => ({ filters: { ...filters, [dimension]: ids } });
    const everything = await ask(context, { ...among([]), groups: dimension });
    const groups = everything.groups.filter(({ value }) => value);
    const offered = groups.sort((a, b) => isChosen(b) - isChosen(a) || b.counted - a.counted).slice(0, OFFERED);
    await nameAll(context, dimension, offered);
    const compared = offered.slice(0, Math.min(COMPARED, chosen.length > 1 ? chosen.length : AT_FIRST));
    const answers = await Promise.all(compared.map(({ id }) => ask(context, { ...among([id]), sums: true })));
    const years = yearsOf(...answers.map((answer) => answer.years));
    const charts = drawn(compared.map((group, at) => [name(called(group)).text, barsOf(answers[at].years, years)]));

    const view = copy("compared");
    const [choice, table] = view.querySelectorAll("nav + nav, table");
    const [first, ...others] = table.querySelectorAll("th");
    choose(view, dimension, link);
    first.textContent = words.labels[dimension];
    others.at(-1).append(`, ${years[0]}–${years.at(-1)}`);
    const toggle = (group) => {
      const ids = isChosen(group) ? chosen.filter((one) => one !== group.id) : [...chosen, group.id];
      return make("a", { class: "choices__link", href: link(among(ids)), "aria-current": isChosen(group) }, named(called(group)));
    };
    choice.append(...offered.map(toggle));
    const row = (group, at) => {
      const { id, awarded } = group;
      const { counted, announced, withAmount, awarded: sum, joint, announcedAmounts } = answers[at].sums;
      return [
        make("a", { href: `${FOLDERS[dimension]}/${id}.html` }, named(called(group))),
        grantsSaid({ counted, grants: counted + announced }),
        [...sums(sum), ...sums(joint, "amount", `${say("joint")} `), ...sums(announcedAmounts, "amount", `${say("announced")} `)],
        sums(awarded, "median"),
        sums(awarded, "largest"),
        say("{known} of {all}", { known: number(withAmount), all: number(counted) }),
        charts[at],
      ];
    };
    fill(table, compared.map(row));
    tellPart(view, [everything, ...answers]);
    return view;
  };
}
