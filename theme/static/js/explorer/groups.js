// explorer.views.groups(context): the answer by recipient, funder and so on, each a link to its grants.
{
  const { make, name, named, copy, ask, choose, fill, nameAll, called, tellPart, grantsSaid, sums, words } = explorer;
  const STEP = 50; // rows at once
  const ORDERS = ["name", "counted", "amount", "median", "largest"]; // as the address says them

  const title = (group) => name(called(group)).text;
  // By the portal's own currency; what is only in others comes last.
  const figure = ({ counted, awarded }, order, own) => (order === "counted" ? counted : awarded.find(({ currency }) => currency === own)?.[order] ?? -1);

  // Groups in the order that the reader chose; a file has the same.
  explorer.inOrder = async (context, by, groups) => {
    const { index, state } = context;
    const isByName = state.order === "name";
    await nameAll(context, by, isByName ? groups : []);
    return groups.toSorted((a, b) =>
      isByName ? title(a).localeCompare(title(b), words.language) : figure(b, state.order, index.meta.currency) - figure(a, state.order, index.meta.currency) || b.counted - a.counted);
  };

  explorer.views.groups = async (context) => {
    const { index, state, link } = context;
    const by = state.by || "recipient";
    const answer = context.answer.groups ? context.answer : await ask(context, { groups: by });
    const label = (group) => make("a", { href: link({ view: "list", filters: { ...state.filters, [by]: [group.id || "none"] } }) }, named(called(group)));
    let shown = STEP;

    const view = copy("grouped");
    const [table, more] = view.querySelectorAll("table, div > button");
    const sorters = [...table.querySelectorAll("button")];
    const write = async () => {
      const groups = await explorer.inOrder(context, by, answer.groups);
      const some = groups.slice(0, shown);
      await nameAll(context, by, some);
      fill(table, some.map((group) => [label(group), grantsSaid(group), ...["amount", "median", "largest"].map((key) => sums(group.awarded, key))]));
      sorters.forEach(({ parentElement: heading }, at) => heading.setAttribute("aria-sort", ORDERS[at] !== state.order ? "none" : at ? "descending" : "ascending"));
      more.hidden = shown >= groups.length;
    };
    sorters[0].textContent = words.labels[by];
    sorters.forEach((sorter, at) => sorter.addEventListener("click", () => {
      history.replaceState(history.state, "", link({ order: (state.order = ORDERS[at]) }));
      write();
    }));
    more.addEventListener("click", async () => {
      await write((shown += STEP));
      table.rows[shown - STEP + 1].querySelector("a").focus();
    });
    choose(view, by, link);
    tellPart(view, [answer]);
    await write();
    return view;
  };
}
