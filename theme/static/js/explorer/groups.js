// explorer.views.groups(context): the answer by recipient, funder and so on, each a link to its grants.
{
  const { make, name, named, copy, ask, choose, fill, nameAll, called, tellPart, grantsSaid, sums, words } = explorer;
  const STEP = 50; // rows at once

  explorer.views.groups = async (context) => {
    const { index, state, link } = context;
    const by = state.by || "recipient";
    const answer = context.answer.groups ? context.answer : await ask(context, { groups: by });
    const groups = [...answer.groups];
    const title = (group) => name(called(group)).text;
    const label = (group) => make("a", { href: link({ view: "list", filters: { ...state.filters, [by]: [group.id || "none"] } }) }, named(called(group)));
    // By the portal's own currency; what is only in others comes last.
    const money = (key) => ({ awarded }) => awarded.find(({ currency }) => currency === index.meta.currency)?.[key] ?? -1;
    const values = [title, ({ counted }) => counted, money("amount"), money("median"), money("largest")];
    let [sorted, shown] = [1, STEP];

    const view = copy("grouped");
    const [table, more] = view.querySelectorAll("table, div > button");
    const sorters = [...table.querySelectorAll("button")];
    const write = async () => {
      const value = values[sorted];
      await nameAll(context, by, sorted ? [] : groups);
      groups.sort((a, b) => (sorted ? value(b) - value(a) : value(a).localeCompare(value(b), words.language)));
      const some = groups.slice(0, shown);
      await nameAll(context, by, some);
      fill(table, some.map((group) => [label(group), grantsSaid(group), ...["amount", "median", "largest"].map((key) => sums(group.awarded, key))]));
      sorters.forEach(({ parentElement: heading }, at) => heading.setAttribute("aria-sort", at !== sorted ? "none" : at ? "descending" : "ascending"));
      more.hidden = shown >= groups.length;
    };
    sorters[0].textContent = words.labels[by];
    sorters.forEach((sorter, at) => sorter.addEventListener("click", () => write((sorted = at))));
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
