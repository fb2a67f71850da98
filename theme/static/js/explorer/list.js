// explorer.list(context): the grants of an answer as cards, like those of the other pages.
{
  const { make, say, many, money, named, texts } = explorer;

  explorer.titleOf = (row) => {
    const names = texts(row.values, "title");
    return names.some(Boolean) ? named(names) : say("Grant {id}", row);
  };

  const amountOf = ({ amount_awarded: amount, currency, amount_group: group }, { joint }) => {
    const [, sum, code, grants] = joint.find(([id]) => id === group) ?? [];
    return amount
      ? money(amount, currency)
      : sum
        ? many("part of {sum} for {number} grant together", "part of {sum} for {number} grants together", grants, { sum: money(sum, code) })
        : make("span", { class: "soft" }, say("amount not published"));
  };

  // Rows that come first are shown first, and names of filed values when they come.
  explorer.list = async (context) => {
    const { answer, state, link, index } = context;
    const { meta } = index;
    const certainty = meta.dimensions.find(({ name }) => name === "certainty");
    const numbers = answer.numbers.slice(0, state.shown);
    const cards = numbers.map(() => make("li", { class: "grant-card" }));
    const write = (row, at) => {
      const { id, values, isEarly } = row;
      const nameOf = (field) => values[field] && named(row.names(meta.refers[field], values[field]));
      const line = [nameOf("recipient") || (isEarly ? "…" : say("recipient not named")), nameOf("place"), nameOf("beneficiary_group")].filter(Boolean);
      cards[at].replaceChildren(
        make("h3", { class: "grant-card__title" }, make("a", { href: link({ grant: id }), "data-grant": id }, explorer.titleOf(row))),
        make("p", { class: "grant-card__line" }, ...line.flatMap((part, at) => (at ? [" · ", part] : part))),
        make(
          "p",
          { class: "grant-card__amount" },
          make("span", {}, values.year),
          make("span", {}, amountOf(values, meta)),
          !meta.certain.includes(certainty.values.indexOf(values.certainty)) && make("span", { class: "tag tag--announced" }, nameOf("certainty")),
        ),
      );
    };
    const whole = context.rows(numbers).then((rows) => rows.forEach(write));
    await (state.shown > 20 ? whole : Promise.race([whole, ...numbers.map(async (number, at) => write(await index.early(number), at))]));
    whole.catch(() => {}); // the answer says which part did not come
    return make("ul", { class: "grant-cards" }, ...cards);
  };
}
