// explorer.tallyOf(parts): exact sums of the amounts of grants, by currency, for all of them, their years or other values.
{
  const SAFE = 2 ** 52;

  const sumOf = (amounts) => {
    let [low, high] = [0, 0n];
    for (const amount of amounts) {
      typeof amount === "number" ? (low += amount) : (high += amount);
      if (Math.abs(low) > SAFE) {
        high += BigInt(low);
        low = 0;
      }
    }
    return high + BigInt(low);
  };

  // 195050n with a scale of 2 -> 1950.5
  const decimal = (value, scale) => {
    const digits = String(value).replace("-", "").padStart(scale + 1, "0");
    const text = `${value < 0 ? "-" : ""}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
    return text.replace(/\.?0*$/, "");
  };

  const byCount = (a, b) => b.grants - a.grants;

  explorer.tallyOf = ({ meta, dimensions, column, amounts, isFree, aroundOf }) => {
    const { scale } = meta;
    const certain = new Set(meta.certain);
    // Joint sums by the numbers of their values: those of most grants come first.
    const joint = [null, ...meta.joint.toSorted((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1))];

    // A tally: value -> {grants, counted, awarded, announced}, both by currency: {grants, amounts}. And grants by joint sum.
    const start = (name) => ({ name, values: new Map(), shares: new Map() });
    const at = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key);
    const group = (tally, value) => at(tally.values, value, () => ({ grants: 0, counted: 0, awarded: new Map(), announced: new Map() }));
    const put = (sums, currency, amount, grants) => {
      const sum = at(sums, currency, () => ({ grants: 0, amounts: [] }));
      sum.grants += grants;
      sum.amounts.push(amount);
    };

    // Adds the grants of a window that fail in nothing. costOf() tells how many parts that needs for some windows.
    const needed = ({ name }) => [name, "certainty", "currency", "joint"];
    const costOf = (tally, looked) => looked.reduce((cost, { w }) => cost + [...needed(tally), "amounts"].filter((name) => !isFree(name, w)).length, 0);
    const add = async (tally, { w, fails }) => {
      const [values, certainty, currency, shared, amount] = await Promise.all([...needed(tally).map((name) => column(name, w)), amounts(w)]);
      fails.forEach((fail, i) => {
        if (fail) {
          return;
        }
        const isCounted = certain.has(certainty[i]);
        isCounted && tally.shares.set(shared[i], (tally.shares.get(shared[i]) ?? 0) + 1);
        for (const value of tally.name === "place" ? [values[i], ...aroundOf(values[i])] : [values[i]]) {
          const of = group(tally, value);
          of.grants += 1;
          of.counted += isCounted;
          amount[i] === null || put(isCounted ? of.awarded : of.announced, currency[i], amount[i], 1);
        }
      });
    };

    // Adds the grants of a cell to a tally of years; false if too little is known of them.
    const addCell = (tally, { year, grants, counted, withAmount, sum }) => {
      const of = group(tally, year);
      of.grants += grants;
      of.counted += counted;
      withAmount && sum && put(of.awarded, 1, BigInt(sum), withAmount); // the only currency there is
      return !(withAmount && !sum) && !(grants > counted && meta.all.announcedAmounts.length) && !meta.joint.length;
    };

    const told = (sums, more = () => null) =>
      [...sums].map(([currency, { grants, amounts }]) => ({ currency: dimensions.get("currency").values[currency], amount: decimal(sumOf(amounts), scale), grants, ...more(amounts) })).sort((a, b) => byCount(a, b) || (a.currency < b.currency ? -1 : 1));
    const merged = (groups, kind) => {
      const all = new Map();
      groups.forEach((of) => of[kind].forEach(({ grants, amounts }, currency) => put(all, currency, sumOf(amounts), grants)));
      return told(all);
    };

    // {sums, years} of an answer; a joint sum is told when all that share it are there, for nobody knows how it was divided.
    const tell = ({ values, shares }, exact) => {
      const groups = [...values.values()];
      const total = (kind) => groups.reduce((sum, of) => sum + of[kind], 0);
      const awarded = merged(groups, "awarded");
      const whole = [...shares].filter(([value, grants]) => grants === joint[value]?.[3]).map(([value]) => joint[value]);
      const years = [...values].sort(([a], [b]) => a - b).map(([year, { grants, counted, awarded }]) => [dimensions.get("year").values[year], { grants, counted, sums: Object.fromEntries(told(awarded).map((sum) => [sum.currency, sum.amount])) }]);
      return {
        sums: { exact, counted: total("counted"), announced: total("grants") - total("counted"), withAmount: awarded.reduce((sum, { grants }) => sum + grants, 0), awarded, announcedAmounts: merged(groups, "announced"), joint: whole.map(([id, amount, currency, grants]) => ({ id, amount, currency, grants })).sort((a, b) => (a.id < b.id ? -1 : 1)) },
        years: new Map(years),
      };
    };

    // The same of all grants.
    const tellAll = () => {
      const { years, total, ...sums } = meta.all;
      const withAmount = sums.awarded.reduce((sum, { grants }) => sum + grants, 0);
      return { sums: { exact: true, withAmount, ...sums }, years: new Map(Object.entries(years).reverse().map(([year, [grants, counted, sums]]) => [year, { grants, counted, sums }])) };
    };

    const spread = (amounts) => {
      amounts.sort((a, b) => (a < b ? -1 : Number(a > b)));
      const middle = [amounts.length - 1, amounts.length].map((count) => BigInt(amounts[count >> 1]));
      return { median: decimal((middle[0] + middle[1]) * 5n, scale + 1), largest: decimal(amounts.at(-1), scale) };
    };
    const tellGroups = ({ values }) =>
      [...values].map(([value, { grants, counted, awarded }]) => ({ value, id: null, names: [], grants, counted, awarded: told(awarded, spread) })).sort((a, b) => byCount(a, b) || a.value - b.value);

    return { start, costOf, add, addCell, tell, tellAll, tellGroups };
  };
}
