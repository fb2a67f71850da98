// Conditions on grants that are not words. A condition has a name, that of its dimension; known(window): how many grants
// fulfil it, or -1 where only mask() can tell; mask(window): 1 for each that does; decide(cell): 1, 0, or -1 for a part of it.
{
  const undecided = () => -1;

  // Some values of a dimension. Places stand for all inside them.
  const choose = (parts, name, values) => {
    const { dimensions, cells, cellsOf, fill, inCells, column, aroundOf } = parts;
    const { size, counts, constant } = dimensions.get(name);
    const isPlace = name === "place";
    const chosen = Uint8Array.from({ length: size }, (_, value) => [value, ...(isPlace ? aroundOf(value) : [])].some((one) => values.includes(one)));

    // A region is chosen in part when places inside it are; one around other regions has nothing that is inside a place.
    const partly = new Set(isPlace ? [...chosen.keys()].flatMap((value) => (chosen[value] ? aroundOf(value) : [])) : []);
    isPlace && cells.forEach(({ region }) => aroundOf(region).forEach((around) => partly.delete(around)));
    const decide = ({ region, [name]: value }) => (isPlace ? chosen[region] || (partly.has(region) ? -1 : 0) : inCells[name] ? chosen[value] : -1);

    const known = (w) => (constant != null ? chosen[constant] * w.size : counts ? counts.reduce((total, of, value) => total + chosen[value] * of[w.at], 0) : -1);
    const mask = async (w) => {
      const here = cellsOf(w);
      const found = new Uint8Array(w.size);
      if (known(w) === w.size) {
        return found.fill(1);
      }
      if (!here.length || here.some((cell) => decide(cell) < 0)) {
        return (await column(name, w)).map((value) => chosen[value]);
      }
      here.forEach((cell) => fill(found, w, cell, decide(cell)));
      return found;
    };
    return { name, known, mask, decide };
  };

  // Some values of a dimension that have lists of their grants, and perhaps those of which nothing is said.
  const chooseFiled = (parts, name, entries, others) => ({
    name,
    known: (w) => (others || entries.some((entry) => parts.reaches(entry, w)) ? -1 : 0),
    mask: async (w) => {
      const found = others ? await others.mask(w) : new Uint8Array(w.size);
      await Promise.all(entries.map((entry) => parts.mark(entry, w, found)));
      return found;
    },
    decide: undecided,
  });

  // 1950.5 -> 195050n, up or down to the next whole one; undefined for no amount.
  const scaled = (text, scale, up) => {
    const [, whole, part = ""] = /^(-?\d+)(?:[.,](\d+))?$/.exec(text.replace(/\s/g, "")) ?? [];
    return whole && BigInt(whole + part.slice(0, scale).padEnd(scale, "0")) + (up && /[1-9]/.test(part.slice(scale)) ? 1n : 0n);
  };

  const chooseAmounts = (parts, from, to) => {
    const { meta, dimensions } = parts;
    const bound = (at) => (at in meta.bands ? scaled(meta.bands[at], meta.scale) : undefined);
    const bands = [...Array(dimensions.get("amount").size).keys()].filter((band) => band && !(bound(band - 1) <= from) && !(bound(band - 2) > to));
    const inBands = choose(parts, "amount", bands);
    return {
      name: "amount",
      known: (w) => inBands.known(w) && -1,
      mask: async (w) => (await parts.amounts(w)).map((amount) => amount !== null && !(amount < from) && !(amount > to)),
      decide: undecided,
    };
  };

  // The filters of a question as conditions. Values that do not exist are noted in run.unknown.
  explorer.conditionsOf = async (parts, { filters = {}, from, to }, run) => {
    const { dimensions, meta } = parts;
    const conditions = await Promise.all(
      Object.entries(filters).map(async ([name, ids]) => {
        const { kind, values } = dimensions.get(name) ?? {};
        const isListed = kind === "listed";
        const valueOf = (id) => (id === "none" ? 0 : isListed ? values.indexOf(id, 1) : kind ? run.soft(parts.entry(`${name}=${id}`), null) : -1);
        const all = await Promise.all(ids.map(valueOf));
        const isKnown = (value) => value !== undefined && value !== -1;
        run.unknown.push(...ids.filter((_, at) => !isKnown(all[at])).map((id) => [name, id]));
        const known = all.filter(isKnown);
        return known.length && (isListed ? choose(parts, name, known) : chooseFiled(parts, name, known.filter(Boolean), known.includes(0) && choose(parts, name, [0])));
      }),
    );
    const bounds = [from, to].map((text, at) => (text ? scaled(text, meta.scale, !at) : undefined));
    [from, to].forEach((text, at) => text && bounds[at] === undefined && run.faults.add(explorer.say("“{amount}” is no amount. Write it in digits.", { amount: text })));
    return [...conditions, bounds.some((bound) => bound !== undefined) && chooseAmounts(parts, ...bounds)].filter(Boolean);
  };

  Object.assign(explorer, { choose, chooseFiled });
}
