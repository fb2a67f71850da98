// explorer.card(row, context): all that is known of a grant, as its page says it. The words and their order stand in the
// patterns of components/explore_card.html; here is what takes the place of their slots.
{
  const { make, many, number, money, day, name, named, texts, words } = explorer;
  const DAYS = ["paid_on", "planned_on", "presented_on", "changed_on", "issued_on"]; // the first that there is counts

  const list = (items) => items.flatMap((item, at) => (at ? [", ", item] : item));
  const linked = (href, names, id) => {
    const { text, lang } = name(names);
    return make("span", {}, make("a", { href, lang }, text || id), lang && " ", lang && make("span", { class: "lang-note" }, words.languageNames[lang]));
  };

  // A copy of a pattern. parts: kind -> what there is of it, of a field.
  const filled = (pattern, parts) => {
    const copy = document.getElementById(`explorer-${pattern}`).content.firstElementChild.cloneNode(true);
    const part = (key) => {
      const [kind, field] = key.split(" ");
      return parts[kind](field);
    };
    const each = (what, change) => copy.querySelectorAll(`[data-${what}]`).forEach((one) => change(one, one.dataset[what].split(",")));
    each("if", (one, keys) => keys.some(part) || one.remove());
    each("unless", (one, keys) => keys.some(part) && one.remove());
    each("href", (one, [key]) => one.setAttribute("href", part(key)));
    each("slot", (one, [key]) => one.replaceWith(...[part(key) || ""].flat()));
    return copy;
  };

  explorer.card = (row, { index: { meta }, link }) => {
    const { id, values, hanging } = row;

    // What any record may have. tables: field -> table that it points at.
    const partsOf = (record, tables = {}) => {
      const of = (tell) => (field) => record[field] && tell(record[field], field);
      const each = (tell) => of((keys, field) => list(keys.split(meta.lists[field]).map((key) => tell(row.names(tables[field], key), key, tables[field]))));
      return {
        value: (field) => record[field],
        ours: (field) => record[field] === "ours",
        on: of(day),
        number: of(number),
        sum: of((amount) => record.currency && money(amount, record.currency)),
        text: (field) => texts(record, field).some(Boolean) && named(texts(record, field)),
        said: each(named),
        open: each((names, key, table) => linked(`${table}/${key}.html`, names, key)),
      };
    };

    const sourced = (key) => {
      const { title, title_note: about = [], title_language: written, ...source } = row.sources(key) ?? {};
      const lang = title && written !== words.language ? written : null;
      const text = title || name(about).text;
      return {
        ...partsOf(source),
        title: () => (title || source.url ? make("span", { lang }, text || source.url) : named(about)),
        listed: () => `sources/index.html#${key}`,
        brief: () => list([source.publisher || text || key, source.published_on?.slice(0, 4)].filter(Boolean)),
      };
    };

    const dated = (table) =>
      hanging[table]?.length && hanging[table].map((item) => {
        const { url, people_reached: people, year_from: from, year_to: to } = item;
        const parts = partsOf({ ...item, day: DAYS.map((field) => item[field]).find(Boolean) }, { kind: `${table.slice(0, -1)}_kinds`, organization: "organizations" });
        return filled("dated", {
          ...sourced(item.source),
          ...parts,
          title: () => (url ? name(texts(item, "title")).text || url : parts.text("title")),
          years: () => [...new Set([from, to])].filter(Boolean).join("–"),
          people: () => people && many("{number} person reached.", "{number} people reached.", people),
        });
      });

    const [places, certainties] = ["place", "certainty"].map((key) => meta.dimensions.find((one) => one.name === key));
    const around = (at) => (at ? [", ", linked(`places/${places.values[at]}.html`, places.labels[at], places.values[at]), ...around(places.parents[at])] : []);
    const level = certainties.values.indexOf(values.certainty);
    const meaning = certainties.descriptions?.[level] ?? [];
    const [group, amount, currency, count] = meta.joint.find(([key]) => key === values.amount_group) ?? [];
    const shared = { count, sum: group && money(amount, currency) };
    const others = hanging.together ?? [];
    const sources = [values.source, ...(values.also_sources?.split(meta.lists.also_sources) ?? [])].filter(Boolean).map((key) => filled("source", sourced(key)));
    return filled("card", {
      ...partsOf(values, meta.refers),
      title: () => explorer.titleOf(row),
      pages: () => words.pages,
      page: () => `grants/${id}.html`,
      year: () => `years/${values.year}.html`,
      record: () => `../data/api/grants/${id}.json`,
      counted: () => meta.certain.includes(level),
      meaning: () => meaning.length && named(meaning),
      around: () => around(places.parents[places.values.indexOf(values.place)]),
      joint: () => group,
      part: () => many("part of {sum} for {count} grant together", "part of {sum} for {count} grants together", count, shared),
      shared: () => group && many("A joint sum of {sum} is reported for {count} grant.", "A joint sum of {sum} is reported for {count} grants; how it was divided is not published.", count, shared),
      others: () => list(others.map((other) => linked(link({ grant: other.id }), texts(other, "title"), other.id))),
      more: () => count > others.length + 1 && many("and {number} more", "and {number} more", count - others.length - 1),
      payments: (_, num = hanging.payments?.length) => num && many("{num} payment", "{num} payments", num, { num }),
      reports: (_, num = hanging.reports?.length) => num && many("{num} report", "{num} reports", num, { num }),
      dated,
      source: () => sources[0],
      also: () => sources[1] && sources.slice(1),
    });
  };
}
