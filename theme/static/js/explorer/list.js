// explorer.list(context): the grants of an answer as cards, in its order, looking as the cards of the other pages.
{
  const { make, say, many, money, named, texts } = explorer;

  const titleOf = (row) => {
    const names = texts(row.values, "title");
    return names.some(Boolean) ? named(names) : say("Grant {id}", row);
  };

  const amountOf = ({ amount_awarded: amount, currency, amount_group: group }, meta) => {
    if (amount) {
      return money(amount, currency);
    }
    const [, sum, code, grants] = (group && meta.joint.find(([id]) => id === group)) || [];
    return sum
      ? many("part of {sum} for {number} grant together", "part of {sum} for {number} grants together", grants, { sum: money(sum, code) })
      : make("span", { class: "soft", text: say("amount not published") });
  };

  const cardOf = (row, { index: { meta }, link, state }) => {
    const { values } = row;
    const nameOf = (field) => values[field] && named(row.names(meta.refers[field], values[field]));
    const certainty = meta.dimensions.find(({ name }) => name === "certainty");
    const isCounted = !certainty || meta.certain.includes(certainty.values.indexOf(values.certainty));
    const line = [nameOf("recipient") || say("recipient not named"), nameOf("place"), nameOf("beneficiary_group")].filter(Boolean);
    return make(
      "li",
      { class: "grant-card" },
      make(
        "h3",
        { class: "grant-card__title" },
        make("a", { href: link({ grant: row.id }), "data-grant": row.id, "aria-current": row.id === state.grant && "true" }, titleOf(row)),
      ),
      make("p", { class: "grant-card__line" }, ...line.flatMap((part, at) => (at ? [" · ", part] : [part]))),
      make(
        "p",
        { class: "grant-card__amount" },
        make("span", { text: values.year }),
        make("span", {}, amountOf(values, meta)),
        !isCounted && make("span", { class: "tag tag--announced" }, nameOf("certainty")),
      ),
    );
  };

  explorer.list = async (context) => {
    const { answer, state } = context;
    const rows = await context.rows(answer.numbers.slice(0, state.shown));
    return make("ul", { class: "grant-cards" }, ...rows.map((row) => cardOf(row, context)));
  };

  explorer.titleOf = titleOf;
}
