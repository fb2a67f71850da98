// explorer.partsOf(meta): the parts of the index by what they say, read when they are needed. plugins/portal/explorer/
// makes them. A window is a range of numbers of grants: {at, from, to, size}.
{
  const { get, isHere } = explorer;
  const [SIGNS, HALF, FOLDERS] = [93, 46, 64];
  const PLACES = new Uint8Array(127); // of the signs in their alphabet
  for (let code = 32, place = 0; code < 127; code += 1) {
    PLACES[code] = code === 34 || code === 92 ? 0 : place++;
  }

  const broken = (size) => {
    throw new RangeError(size);
  };

  const decode = (text, width, size) => {
    text.length === width * size || broken(size);
    const numbers = new Uint32Array(size);
    for (let at = 0; at < text.length; at += 1) {
      const place = (at / width) | 0;
      numbers[place] = numbers[place] * SIGNS + PLACES[text.charCodeAt(at)];
    }
    return numbers;
  };

  // Codes: numbers doubled, plus one for a word of the title.
  const ungap = (text) => {
    const codes = [];
    let [next, gap] = [0, 0]; // the smallest code that may come
    for (let at = 0; at < text.length; at += 1) {
      const place = PLACES[text.charCodeAt(at)];
      gap = gap * HALF + (place % HALF);
      if (place < HALF) {
        codes.push(next + gap);
        next = (codes.at(-1) & -2) + 2;
        gap = 0;
      }
    }
    return Uint32Array.from(codes);
  };

  // The place of the first code that is not below.
  const placeOf = (codes, code) => {
    let [from, to] = [0, codes.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      codes[middle] < code ? (from = middle + 1) : (to = middle);
    }
    return from;
  };

  const add = (a, b) => a + b;

  explorer.partsOf = (meta) => {
    const dimensions = new Map(meta.dimensions.map((one) => [one.name, one]));
    const windows = meta.windows.map((from, at) => {
      const to = meta.windows[at + 1] ?? meta.n;
      return { at, from, to, size: to - from };
    });

    // Ranges of numbers that share their year, region and program.
    let to = 0;
    const cells = (meta.runs?.cells || "").split("|").filter(Boolean).map((cell) => {
      const sum = cell.split(",")[6];
      const [year, region, program, grants, counted, withAmount] = cell.split(",").map(Number);
      return { year, region, program, grants, counted, withAmount, sum, from: to, to: (to += grants) };
    });
    const cellsOf = (w) => cells.filter((cell) => cell.from < w.to && cell.to > w.from);
    const fill = (list, w, cell, value) => list.fill(value, Math.max(0, cell.from - w.from), cell.to - w.from);

    // What cells know of a dimension: all, if no place is inside a region.
    const { parents, counts: ofPlaces } = dimensions.get("place");
    const regions = new Set(cells.map(({ region }) => region));
    const inCells = cells.length ? { region: "region", year: "year", program: meta.runs.program && "program", place: ofPlaces.every((of, place) => regions.has(place) || !of.some(Boolean)) && "region" } : {};

    // The value that all grants of a window have, else -1.
    const soleOf = ({ constant, counts = [] } = {}, w) => constant ?? counts.findIndex((of) => of[w.at] === w.size);
    const isFree = (name, w) => soleOf(dimensions.get(name), w) >= 0 || inCells[name] || isHere(`c/${name}/${w.at}`);

    // The value numbers of a dimension, one a grant. A column “region” has what cells know of places.
    const column = async (name, w) => {
      const sole = soleOf(dimensions.get(name), w);
      if (sole < 0 && !inCells[name]) {
        return get(`c/${name}/${w.at}`, (text) => decode(text, dimensions.get(name).width, w.size));
      }
      const values = new Uint32Array(w.size).fill(sole);
      sole < 0 && cellsOf(w).forEach((cell) => fill(values, w, cell, cell[inCells[name]]));
      return values;
    };

    // Whole numbers of the smallest parts of the currency, one a grant; null where no amount is known.
    const hasAmounts = meta.all.awarded.length + meta.all.announcedAmounts.length > 0;
    const amounts = async (w) =>
      hasAmounts
        ? get(`c/amounts/${w.at}`, (text) => {
            const written = text.split(" ").map((amount) => (amount ? (amount.length < 16 ? Number(amount) : BigInt(amount)) : null));
            return written.length === w.size ? written : broken(w.size);
          })
        : Array(w.size).fill(null);

    // Keys in files, each with its entry: [word, grants, gaps], or [word, grants, list, steps from the first number of a file to
    // that of the next, gaps within the first window if they are few].
    const shardOf = (key) => Math.max(0, meta.shards.findLastIndex((first) => first <= key));
    const shard = (at) => get(`t/${at}`, (entries) => new Map(Object.entries(entries)));
    const entry = async (key) => (meta.shards.length ? (await shard(shardOf(key))).get(key) : undefined);
    const shardsFrom = (prefix) => [...meta.shards.keys()].slice(shardOf(prefix), shardOf(`${prefix}\uffff`) + 1);
    const fitting = (shards, kind, fits) => shards.flatMap((entries) => [...entries].flatMap(([key, entry]) => (key.startsWith(kind) && fits(key.slice(kind.length)) ? [entry] : [])));

    const filesOf = ([, , , steps], w) => {
      let first = 0;
      const firsts = steps.map((step) => (first += step));
      return [...steps.keys()].filter((file) => !w || (firsts[file] < w.to && (firsts[file + 1] ?? meta.n) > w.from));
    };
    const fileOf = ([, grants, list], file) =>
      get(`p/${list % FOLDERS}/${list}-${file}`, (text) => {
        const codes = ungap(text);
        return codes.length === Math.min(meta.list, grants - file * meta.list) ? codes : broken(codes.length);
      });
    // The codes of an entry, those of a window or all, in arrays. reaches() is false where there are none for certain.
    const within = (codes, w) => (w ? codes.subarray(placeOf(codes, w.from * 2), placeOf(codes, w.to * 2)) : codes);
    const codesHere = (entry, w) => (!entry[3] ? (entry.codes ??= ungap(entry[2])) : w?.at === 0 && entry[4] != null ? (entry.first ??= ungap(entry[4])) : null);
    const codesOf = async (entry, w) => {
      const here = codesHere(entry, w);
      const lists = here ? [here] : await Promise.all(filesOf(entry, w).map((file) => fileOf(entry, file)));
      return lists.map((codes) => within(codes, w));
    };
    const reaches = (entry, w) => {
      const here = codesHere(entry, w);
      return (here ? within(here, w) : filesOf(entry, w)).length > 0;
    };
    const valuesOf = async (entry) => (await codesOf(entry)).flatMap((codes) => Array.from(codes, (code) => code >> 1));

    // Sets bit 1 for the grants of an entry, and bit 2 where the word is in the title.
    const mark = async (entry, w, mask) =>
      (await codesOf(entry, w)).forEach((codes) =>
        codes.forEach((code) => {
          mask[(code >> 1) - w.from] |= 1 + 2 * (code & 1);
        }),
      );

    const aroundOf = (value) => (parents[value] ? [parents[value], ...aroundOf(parents[value])] : []);

    // What is in a place is also in the places around it.
    const rollUp = (counts) => {
      const rolled = [...counts];
      counts.forEach((count, value) => count && aroundOf(value).forEach((around) => (rolled[around] += count)));
      return rolled;
    };
    const totals = ({ name, counts }) => (name === "place" ? rollUp : Array.from)(counts.map((of) => of.reduce(add, 0)));

    // {value, id, names, count} of values.
    const describe = async (name, values) => {
      const { kind, values: ids, labels } = dimensions.get(name);
      const counts = kind === "listed" ? totals(dimensions.get(name)) : null;
      return Promise.all(
        values.map(async (value) => {
          if (counts || !value) {
            return { value, id: ids?.[value] ?? "", names: labels?.[value] ?? [], count: counts?.[value] ?? 0 };
          }
          const content = await get(`v/${name}/${Math.floor((value - 1) / meta.values)}`);
          const [id, names, count] = content[(value - 1) % meta.values];
          return { value, id, names, count };
        }),
      );
    };

    return { meta, dimensions, windows, cells, cellsOf, fill, inCells, isFree, column, amounts, entry, shard, shardsFrom, fitting, reaches, valuesOf, mark, aroundOf, rollUp, totals, describe };
  };

  explorer.decode = decode;
}
