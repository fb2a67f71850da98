// Conditions on grants that are not words: values of dimensions, and amounts.
// A condition: name (of the dimension), known(window): how many grants fulfil it, -1 where only mask() can tell;
// mask(window): 1 for each grant that does; total: how many in all, or null; decide(cell): 1, 0, or -1 for some of it.
{
  // One of some values of a dimension. Places stand for all inside them.
  const choose = (parts, name, values) => {
    const { dimensions, windows, sizeOf, cells, cellsOf, fill, inCells, column } = parts;
    const { size, counts, parents = [], constant } = dimensions.get(name);
    const chosen = new Uint8Array(size);
    values.forEach((value) => (chosen[value] = 1));
    const around = (value) => (parents[value] ? [parents[value], ...around(parents[value])] : []);
    if (parents.length) {
      chosen.forEach((_, value) => (chosen[value] ||= around(value).some((place) => values.includes(place)) ? 1 : 0));
    }
    const known = windows.map((window) => {
      if (constant != null) {
        return chosen[constant] * sizeOf(window);
      }
      return counts ? counts.reduce((total, of, value) => total + chosen[value] * of[window], 0) : -1;
    });

    // A cell with the whole country for its region has only what is said to be nowhere more exactly.
    const inside = new Set([...chosen.keys()].flatMap((value) => (chosen[value] ? around(value) : [])));
    const whole = new Set(parents.length ? cells.flatMap(({ place }) => around(place)) : []);
    const decide = (cell) => {
      if (name === "place") {
        return chosen[cell.place] || (inside.has(cell.place) && !whole.has(cell.place) ? -1 : 0);
      }
      return inCells.has(name) ? chosen[cell[name]] : -1;
    };

    const mask = async (window) => {
      const found = new Uint8Array(sizeOf(window));
      if (known[window] === sizeOf(window)) {
        return found.fill(1);
      }
      const here = cellsOf(window);
      if (here.length && here.every((cell) => decide(cell) >= 0)) {
        here.forEach((cell) => fill(found, window, cell, decide(cell)));
        return found;
      }
      const values = await column(name, window);
      return found.map((_, at) => chosen[values[at]]);
    };
    return { name, known: (window) => known[window], mask, decide, total: known.includes(-1) ? null : known.reduce((a, b) => a + b, 0) };
  };

  // One of some values of a dimension whose values have lists; `none`: or not said.
  const chooseFiled = (parts, name, entries, none) => {
    const rest = none ? choose(parts, name, [0]) : null;
    const known = (window) => (rest || entries.some((entry) => parts.reaches(entry, window)) ? -1 : 0);
    const mask = async (window) => {
      const found = rest ? await rest.mask(window) : new Uint8Array(parts.sizeOf(window));
      await Promise.all(entries.map((entry) => parts.mark(entry, window, found)));
      return found;
    };
    return { name, known, mask, decide: () => -1, total: rest ? null : entries.reduce((total, [, grants]) => total + grants, 0) };
  };

  // An amount text as a whole number of the smallest parts; up or down to the next. null when it is no amount.
  const scaled = (text, scale, up) => {
    const [, sign, whole, part = ""] = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(text.replace(/[\s\u00a0']/g, "")) ?? [];
    if (whole === undefined) {
      return null;
    }
    const number = BigInt(sign + whole + part.slice(0, scale).padEnd(scale, "0"));
    return number + (up && /[1-9]/.test(part.slice(scale)) ? 1n : 0n);
  };

  // An amount from `from` to `to`, both BigInt or null for no bound.
  const chooseAmounts = (parts, from, to) => {
    const { meta, dimensions, sizeOf, amounts } = parts;
    const bound = (value) => (value === undefined ? null : scaled(value, meta.scale));
    const { size } = dimensions.get("amount");
    const reached = [...Array(size).keys()].filter((band) => {
      const [low, high] = [bound(meta.bands[band - 2]), bound(meta.bands[band - 1])];
      return band && !(from !== null && high !== null && high <= from) && !(to !== null && low !== null && low > to);
    });
    const bands = choose(parts, "amount", reached);
    const mask = async (window) => {
      const of = await amounts(window);
      return new Uint8Array(sizeOf(window)).map((_, at) => of[at] !== null && !(from !== null && of[at] < from) && !(to !== null && of[at] > to));
    };
    return { name: "amount", known: (window) => bands.known(window) && -1, mask, decide: () => -1, total: bands.total && null };
  };

  // Both of two conditions, as one.
  const both = (one, other) => ({
    name: one.name,
    known: (window) => (one.known(window) && other.known(window) ? -1 : 0),
    mask: async (window) => {
      const [first, second] = await Promise.all([one.mask(window), other.mask(window)]);
      return first.map((is, at) => is && second[at]);
    },
    decide: () => -1,
    total: null,
  });

  // The filters of a question as conditions, one a dimension. Values that do not exist are noted in run.unknown.
  explorer.conditionsOf = async (parts, { filters = {}, from, to }, run) => {
    const { dimensions, meta } = parts;
    const made = Object.entries(filters).map(async ([name, ids]) => {
      const dimension = dimensions.get(name);
      if (!dimension || !ids.length) {
        return ids.forEach((id) => run.unknown.push([name, id]));
      }
      const isListed = dimension.kind === "listed";
      const found = await Promise.all(
        ids.map(async (id) => {
          const value = id === "none" ? 0 : isListed ? dimension.values.indexOf(id, 1) : await run.soft(parts.entry(`${name}=${id}`), null);
          if (value === undefined || value === -1) {
            run.unknown.push([name, id]);
          }
          return value;
        }),
      );
      const known = found.filter((value) => value !== undefined && value !== -1);
      if (known.length) {
        return isListed ? choose(parts, name, known) : chooseFiled(parts, name, known.filter(Boolean), known.includes(0));
      }
    });
    const conditions = (await Promise.all(made)).filter(Boolean);
    const [low, high] = [[from, true], [to, false]].map(([text, up]) => {
      const bound = text ? scaled(text, meta.scale, up) : null;
      if (text && bound === null) {
        run.faults.add(explorer.say("“{amount}” is no amount. Write it in digits.", { amount: text }));
      }
      return bound;
    });
    if (low !== null || high !== null) {
      const range = chooseAmounts(parts, low, high);
      const at = conditions.findIndex(({ name }) => name === "amount");
      at < 0 ? conditions.push(range) : conditions.splice(at, 1, both(conditions[at], range));
    }
    return conditions;
  };

  Object.assign(explorer, { choose, chooseFiled });
}
