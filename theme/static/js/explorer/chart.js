// explorer.views.chart(context): grants and money by year as bars, and as a table. Also what all views share; their
// patterns stand in components/explore_views.html.
{
  const { make, say, many, number, money, shortMoney, words } = explorer;
  const [WIDTH, TOP, FLOOR, EDGE] = [400, 26, 190, 14]; // a unit is 0.8 CSS pixels on a phone, 1.1 on a desk
  const [SIGN, YEAR] = [8.5, 36]; // room for a sign of a value in the widest font, and for a year

  const copy = (name) => document.getElementById(`explorer-${name}`).content.firstElementChild.cloneNode(true);

  const set = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));

  // The first cell of a row is its name.
  const fill = (table, rows) => {
    const titles = [...table.querySelectorAll("th")].map(({ textContent }) => textContent);
    const cell = (value, at) => (at ? make("td", { class: "number", "data-name": titles[at] }, value) : make("th", { scope: "row" }, value));
    table.tBodies[0].replaceChildren(...rows.map((row) => make("tr", {}, row.map(cell))));
  };

  // Asks more about the grants that the page shows, beside its own question; to the end, if that was.
  const ask = ({ index, answer, state: { q, filters, from, to } }, more) => index.ask({ text: q, filters, from, to, all: answer.exact, parallel: true, ...more });

  // Grants by the values of a dimension, its own filter left out.
  const facetOf = async (context, name) => (context.answer.facets[name] ? context.answer : await ask(context, { facets: [name] })).facets[name];

  // Links to the view by another dimension.
  const choose = (view, by, link) =>
    view.querySelectorAll("[data-by]").forEach((choice) => {
      const { by: name } = choice.dataset;
      set(choice, { href: link({ by: name }), "aria-current": name === by });
    });

  // What groups are called: of many, an answer names only the first.
  const nameAll = async ({ index }, dimension, groups) => {
    const unnamed = groups.filter(({ id }) => id === null);
    const told = await index.values(dimension, unnamed.map(({ value }) => value));
    told.forEach((one, at) => Object.assign(unnamed[at], one));
  };
  const called = ({ id, names }) => (names.some(Boolean) ? names : id || say("Not said"));

  // Says in a view that its figures are not whole yet, when they are not.
  const tellPart = (view, parts) => {
    view.querySelector(".note").hidden = parts.every(({ exact }) => exact);
  };

  const sums = (list, key = "amount", kind = "") => list.map((sum) => make("span", { class: "below" }, kind, kind && " ", money(sum[key], sum.currency)));

  const grantsSaid = ({ grants, counted }) => {
    const said = many("{number} grant", "{number} grants", counted);
    return grants > counted ? [said, many("{number} announced", "{number} announced", grants - counted)].join(", ") : said;
  };

  // bars: [year, full part, whole, label, figure in words]; link: year -> address.
  const draw = (title, bars, highest, link) => {
    const drawing = copy("bars");
    const [name, about, pattern] = drawing.children;
    const slot = (WIDTH - 2 * EDGE) / bars.length;
    const room = SIGN * Math.max(...bars.map(([, , , label]) => label.length));
    const top = bars.findIndex(([, , whole]) => whole === highest);
    const bar = ([year, full, whole, label, figure], at) => {
      const one = pattern.cloneNode(true);
      const [way, value] = one.children;
      const [tip, target, hollow, solid, foot] = way.children;
      const middle = EDGE + slot * (at + 0.5);
      const width = Math.min(60, slot * 0.66);
      const height = (part) => part && Math.max(2, (part / highest) * (FLOOR - TOP));
      const stand = (element, from, to) => to > from && set(element, { d: `M${middle - width / 2} ${FLOOR - from}V${FLOOR - to}h${width}V${FLOOR - from}z` });
      const write = (text, x, y, words) => {
        set(text, { x, y });
        text.textContent = words;
      };
      stand(target, 0, FLOOR); // a low bar could not be hit
      stand(hollow, height(full), height(whole));
      stand(solid, 0, height(full));
      tip.textContent = `${year}: ${figure}`;
      if (whole && link) {
        set(way, { href: link(year), "aria-label": tip.textContent });
      }
      // Without room for every value, only the highest says how high it is.
      if (whole && (room < slot || at === top)) {
        write(value, Math.min(Math.max(middle, room / 2), WIDTH - room / 2), FLOOR - height(whole) - 7, label);
      }
      if ((bars.length - 1 - at) % Math.ceil(YEAR / slot) === 0) {
        write(foot, middle, FLOOR + 18, year);
      }
      return one;
    };
    drawing.replaceChildren(name, about, ...bars.map(bar));
    name.textContent = title;
    about.textContent = bars.map(([year, , , , figure]) => `${year}: ${figure}`).join("; ");
    link && drawing.setAttribute("role", "group");
    return drawing;
  };
  // Drawings on one scale, of charts: [title, bars].
  const drawn = (charts, link) => {
    const highest = Math.max(...charts.flatMap(([, bars]) => bars.map(([, , whole]) => whole)));
    return charts.map(([title, bars]) => draw(title, bars, highest, link));
  };

  // Functions of maps year -> what there is. All years from the first to the last; the schema keeps them few.
  const yearsOf = (...known) => {
    const years = known.flatMap((map) => [...map.keys()]).map(Number);
    const first = Math.min(...years);
    return Array.from({ length: Math.max(...years) - first + 1 }, (_, at) => String(first + at));
  };
  const barsOf = (known, years) =>
    years.map((year) => {
      const { grants = 0, counted = 0 } = known.get(year) ?? {};
      return [year, counted, grants, number(grants), grantsSaid({ grants, counted })];
    });

  const chart = async (context) => {
    const answer = context.answer.years ? context.answer : await ask(context, { sums: true });
    const known = answer.years;
    const view = copy("chart");
    const years = yearsOf(known);
    const link = (year) => context.link({ filters: { ...context.state.filters, year: [year] } });
    const bars = barsOf(known, years);
    const isHollow = bars.some(([, counted, all]) => all > counted);
    const charts = [[isHollow ? say("Grants by year; hollow: only announced, not counted") : say("Grants by year"), bars, link]];
    for (const code of new Set([...known.values()].flatMap(({ sums }) => Object.keys(sums)))) {
      const bars = years.map((year) => {
        const amount = known.get(year)?.sums[code] ?? 0;
        return [year, Number(amount), Number(amount), shortMoney(amount, code), money(amount, code)];
      });
      charts.push([say("Money by year, {currency}", { currency: words.currencies[code] ?? code }), bars]);
      view.querySelector("tr").append(make("th", { scope: "col", class: "number" }, words.currencies[code] ?? code));
    }
    fill(view.querySelector("table"), years.map((year, at) => [year, ...charts.map(([, bars]) => bars[at][4])]));
    view.prepend(...charts.map(([title, bars, link]) => make("div", {}, title, drawn([[title, bars]], link))));
    tellPart(view, [answer.sums]);
    return view;
  };

  Object.assign(explorer, { copy, fill, ask, facetOf, choose, nameAll, called, tellPart, sums, grantsSaid, drawn, yearsOf, barsOf, views: { chart } });
}
