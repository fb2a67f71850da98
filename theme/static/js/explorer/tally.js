// explorer.tallyOf(parts): exact sums of amounts, by year and currency, and by the values of a dimension.
{
  const SAFE = 2 ** 52;

  // A sum of whole numbers of any size.
  class Sum {
    constructor() {
      Object.assign(this, { low: 0, high: 0n });
    }

    add(amount) {
      if (typeof amount === "number" && Math.abs((this.low += amount)) < SAFE) {
        return;
      }
      this.high += BigInt(this.low) + (typeof amount === "number" ? 0n : amount);
      this.low = 0;
    }

    get value() {
      return this.high + BigInt(this.low);
    }
  }

  // 195050n with a scale of 2 -> "1950.5"
  const decimal = (value, scale) => {
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
    const whole = digits.slice(0, digits.length - scale);
    const part = digits.slice(digits.length - scale).replace(/0+$/, "");
    return (value < 0n ? "-" : "") + whole + (part && `.${part}`);
  };

  explorer.tallyOf = (parts) => {
    const { meta, dimensions, column, amounts, isFree, isFreeOfAmounts } = parts;
    const { scale } = meta;
    const certain = new Set(meta.certain);
    const currencyOf = (value) => dimensions.get("currency").values[value];
    // Joint sums by the number of their value: those of most grants come first.
    const joint = [null, ...meta.joint.toSorted((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1))];
    const NEEDED = ["certainty", "currency", "year", "joint"];

    const costOf = (window, names = NEEDED) => names.filter((name) => !isFree(name, window)).length + Number(!isFreeOfAmounts(window));

    const startTally = () => ({ years: new Map(), joint: new Map() });
    const yearOf = (tally, year) => {
      tally.years.has(year) || tally.years.set(year, { grants: 0, counted: 0, sums: new Map() });
      return tally.years.get(year);
    };
    // {sum, grants} of a currency; only announced amounts stand apart.
    const sumOf = (sums, currency, isCounted) => {
      const key = isCounted ? currency : -1 - currency;
      sums.has(key) || sums.set(key, { sum: new Sum(), grants: 0 });
      return sums.get(key);
    };

    // Adds the grants of a window whose place has 0 in `fails`.
    const add = async (tally, { window, fails }) => {
      const [certainty, currency, year, shared, amount] = await Promise.all([...NEEDED.map((name) => column(name, window)), amounts(window)]);
      fails.forEach((fail, at) => {
        if (fail) {
          return;
        }
        const isCounted = certain.has(certainty[at]);
        const of = yearOf(tally, year[at]);
        of.grants += 1;
        of.counted += Number(isCounted);
        if (amount[at] !== null) {
          const known = sumOf(of.sums, currency[at], isCounted);
          known.sum.add(amount[at]);
          known.grants += 1;
        }
        if (shared[at] && isCounted) {
          tally.joint.set(shared[at], (tally.joint.get(shared[at]) ?? 0) + 1);
        }
      });
    };

    // Adds what is known of a range of grants that are all found. false when that is not enough.
    const addCell = (tally, { year, grants, counted, withAmount, sum }) => {
      if ((withAmount && !sum) || (grants > counted && meta.all.announcedAmounts.length) || meta.joint.length) {
        return false;
      }
      const of = yearOf(tally, year);
      of.grants += grants;
      of.counted += counted;
      if (withAmount) {
        const known = sumOf(of.sums, 1, true); // there is one currency
        known.sum.add(BigInt(sum));
        known.grants += withAmount;
      }
      return true;
    };

    const list = (sums, isCounted) =>
      [...sums]
        .filter(([key]) => key >= 0 === isCounted)
        .map(([key, { sum, grants }]) => ({ currency: currencyOf(isCounted ? key : -1 - key), amount: decimal(sum.value, scale), grants }))
        .sort((a, b) => b.grants - a.grants || (a.currency < b.currency ? -1 : 1));

    // {sums, years} of an answer.
    const tell = ({ years, joint: shares }, exact) => {
      const all = new Map();
      let [grants, counted] = [0, 0];
      for (const year of years.values()) {
        grants += year.grants;
        counted += year.counted;
        year.sums.forEach(({ sum, grants }, key) => {
          const known = sumOf(all, key < 0 ? -1 - key : key, key >= 0);
          known.sum.add(sum.value);
          known.grants += grants;
        });
      }
      const awarded = list(all, true);
      const { values } = dimensions.get("year");
      return {
        sums: {
          exact,
          counted,
          announced: grants - counted,
          withAmount: awarded.reduce((total, { grants }) => total + grants, 0),
          awarded,
          announcedAmounts: list(all, false),
          // A joint sum counts when all grants that share it are here, for nobody knows how it was divided.
          joint: [...shares].filter(([value, grants]) => grants === joint[value][3]).map(([value]) => {
            const [id, amount, currency, grants] = joint[value];
            return { id, amount, currency, grants };
          }).sort((a, b) => (a.id < b.id ? -1 : 1)),
        },
        years: new Map([...years].sort(([a], [b]) => a - b).map(([year, { grants, counted, sums }]) => [values[year], { grants, counted, sums: Object.fromEntries(list(sums, true).map(({ currency, amount }) => [currency, amount])) }])),
      };
    };

    const tellAll = () => {
      const { total, counted, announced, awarded, announcedAmounts, joint, years } = meta.all;
      const withAmount = awarded.reduce((total, { grants }) => total + grants, 0);
      return {
        sums: { exact: true, counted, announced, withAmount, awarded, announcedAmounts, joint },
        years: new Map(Object.entries(years).reverse().map(([year, [grants, counted, sums]]) => [year, { grants, counted, sums }])),
      };
    };

    // Groups: value -> grants, counted, amounts by currency.
    const addToGroups = async (groups, name, { window, fails }) => {
      const [values, certainty, currency, amount] = await Promise.all([...[name, "certainty", "currency"].map((one) => column(one, window)), amounts(window)]);
      const { parents = [] } = dimensions.get(name);
      fails.forEach((fail, at) => {
        // Grants of a place are also grants of the places around it.
        for (let value = fail ? undefined : values[at]; value !== undefined; value = parents[value] || undefined) {
          groups.has(value) || groups.set(value, { grants: 0, counted: 0, amounts: new Map() });
          const group = groups.get(value);
          group.grants += 1;
          if (certain.has(certainty[at])) {
            group.counted += 1;
            if (amount[at] !== null) {
              group.amounts.has(currency[at]) || group.amounts.set(currency[at], []);
              group.amounts.get(currency[at]).push(amount[at]);
            }
          }
        }
      });
    };

    const tellAmounts = ([currency, amounts]) => {
      const sum = new Sum();
      amounts.forEach((amount) => sum.add(amount));
      amounts.sort((a, b) => (a < b ? -1 : Number(a > b)));
      const middle = [amounts.length - 1, amounts.length].map((count) => BigInt(amounts[count >> 1]));
      return {
        currency: currencyOf(currency),
        amount: decimal(sum.value, scale),
        grants: amounts.length,
        median: decimal((middle[0] + middle[1]) * 5n, scale + 1),
        largest: decimal(BigInt(amounts.at(-1)), scale),
      };
    };
    const tellGroups = (groups) =>
      [...groups]
        .map(([value, { grants, counted, amounts }]) => ({ value, id: null, names: [], grants, counted, awarded: [...amounts].map(tellAmounts).sort((a, b) => b.grants - a.grants) }))
        .sort((a, b) => b.grants - a.grants || a.value - b.value);

    return { costOf, startTally, add, addCell, tell, tellAll, addToGroups, tellGroups };
  };
}
