// explorer.views.table(context): the grants as a table, with the columns that the reader chose, in their order.
{
  const { make, number, money, day, named, titleOf, copy, words } = explorer;
  const OWN = `title_${words.language}`;
  const USUAL = [OWN, "recipient", "funder", "place", "year", "amount_awarded"];
  const SORTS = { year: "newest", amount_awarded: "amount" };
  const label = (field) => words.fieldLabels[field];
  let [open, used] = [false, ""]; // the choice of columns, and the control in it that was used: the view is made anew

  const cell = (row, field, { refers, lists, numbers }) => {
    const value = row.values[field];
    if (field === OWN) {
      return titleOf(row); // in another language, if it has none in this
    }
    if (!value) {
      return "";
    }
    if (refers[field]) {
      return value.split(lists[field] ?? null).flatMap((id, at) => [at ? ", " : "", named(row.names(refers[field], id))]);
    }
    if (numbers.includes(field) && field !== "year") {
      return field.startsWith("amount") ? money(value, row.values.currency) : number(value);
    }
    return /_(on|start|end)$/.test(field) ? day(value) : value;
  };

  explorer.views.table = async ({ index: { meta }, state, answer, link, go, rows }) => {
    const known = state.columns.filter(label);
    const columns = known.length ? known : USUAL;
    const grants = await rows(answer.numbers.slice(0, state.shown));
    const view = copy("table");
    const [choice, table] = ["details", "table"].map((part) => view.querySelector(part));

    const column = (field, at) => {
      const item = copy("column");
      const rest = columns.filter((one) => one !== field);
      item.querySelector("span").textContent = label(field);
      item.querySelectorAll("input, button").forEach((control) => {
        const to = Math.max(0, at + Number(control.value));
        control.id = `column${control.value}${field}`;
        control.checked = columns.includes(field);
        control.hidden = control.title && !control.checked;
        control.title && control.setAttribute("aria-label", `${control.title}: ${label(field)}`);
        control.addEventListener("click", () => {
          used = control.id;
          go({ columns: control.checked ? [...rest.slice(0, to), field, ...rest.slice(to)] : rest });
        });
      });
      return item;
    };
    choice.lastElementChild.append(...[...new Set([...columns, ...meta.fields])].map(column));
    choice.open = open;
    choice.addEventListener("toggle", () => (open = choice.open));
    const focused = used;
    focused && requestAnimationFrame(() => document.getElementById(focused)?.focus());
    used = "";

    const heading = (field) => {
      const sort = SORTS[field];
      return make("th", { scope: "col", "aria-sort": sort === state.sort && "descending" }, sort ? make("a", { href: link({ sort }) }, label(field)) : label(field));
    };
    const line = (row) =>
      columns.map((field, at) => {
        const content = cell(row, field, meta);
        return at ? make("td", {}, content) : make("th", { scope: "row" }, make("a", { href: link({ grant: row.id }), "data-grant": row.id }, content || row.id));
      });
    table.tHead.rows[0].replaceChildren(...columns.map(heading));
    table.tBodies[0].append(...grants.map((row) => make("tr", {}, line(row))));
    return view;
  };
}
