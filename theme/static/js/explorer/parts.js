// explorer.partsOf(meta): the parts of the index by what they say. Each is read when it is needed, and kept.
// A window is a range of meta.window numbers of grants. See plugins/portal/explorer/ for what the files are.
{
  const { get, isHere } = explorer;
  const FOLDER = 64; // folders of the files of lists
  const PLACES = new Uint8Array(127); // of the signs in their alphabet
  for (let code = 32, place = 0; code < PLACES.length; code += 1) {
    PLACES[code] = code === 34 || code === 92 ? 0 : place++;
  }
  const SIGNS = 93;
  const HALF = 46;

  const decode = (text, width, size) => {
    if (text.length !== width * size) {
      throw new RangeError(`${text.length} signs for ${size} numbers`);
    }
    const numbers = width > 1 ? new Uint32Array(size) : new Uint8Array(size);
    for (let at = 0; at < text.length; at += 1) {
      const place = (at / width) | 0;
      numbers[place] = numbers[place] * SIGNS + PLACES[text.charCodeAt(at)];
    }
    return numbers;
  };

  // Codes: numbers doubled, plus one for a word of the title.
  const ungap = (text) => {
    const codes = [];
    let [before, gap] = [-2, 0];
    for (let at = 0; at < text.length; at += 1) {
      const place = PLACES[text.charCodeAt(at)];
      gap = gap * HALF + (place % HALF);
      if (place < HALF) {
        codes.push(before + 2 + gap);
        before = codes.at(-1) & -2;
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

  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  explorer.partsOf = (meta) => {
    const dimensions = new Map(meta.dimensions.map((dimension) => [dimension.name, dimension]));
    const windows = [...Array(Math.ceil(meta.n / meta.window)).keys()];
    const startOf = (window) => window * meta.window;
    const sizeOf = (window) => Math.min(meta.window, meta.n - startOf(window));
    const kept = new Map();

    const once = (name, make) => {
      if (!kept.has(name)) {
        const promise = make();
        kept.set(name, promise);
        promise.catch(() => kept.delete(name));
      }
      return kept.get(name);
    };

    // What a part says, made of its content; a part that makes no sense is as good as one that did not come.
    const read = (path, make) =>
      once(path, async () => {
        try {
          return make(await get(path));
        } catch (fault) {
          throw Object.assign(fault, { path });
        }
      });

    // Ranges of numbers that share their year, region and program.
    let start = 0;
    const cells = (meta.runs?.cells || "").split("|").filter(Boolean).map((cell) => {
      const [year, place, program, grants, counted, withAmount] = cell.split(",").map(Number);
      const from = start;
      start += grants;
      return { year, place, program, grants, counted, withAmount, sum: cell.slice(cell.lastIndexOf(",") + 1), from, to: start };
    });
    const cellsOf = (window) => cells.filter(({ from, to }) => from < startOf(window) + sizeOf(window) && to > startOf(window));
    const fill = (column, window, { from, to }, value) => column.fill(value, Math.max(0, from - startOf(window)), to - startOf(window));

    const { parents, counts: ofPlaces } = dimensions.get("place");
    const regions = new Set(cells.map(({ place }) => place));
    const inCells = new Set(cells.length && ["year", meta.runs.program && "program", ofPlaces.every((counts, place) => regions.has(place) || !sum(counts)) && "place"]);

    // The value that all grants of a window have, if the page knows it; else -1.
    const soleValue = ({ constant, counts = [] }, window) => constant ?? counts.findIndex((of) => of[window] === sizeOf(window));
    const isFree = (name, window) =>
      soleValue(dimensions.get(name), window) >= 0 || inCells.has(name) || isHere(`c/${name}/${window}`);

    // The value numbers of a dimension, one a grant of the window. `region` is what cells know of places.
    const column = async (name, window) => {
      const dimension = dimensions.get(name);
      const sole = dimension ? soleValue(dimension, window) : -1;
      if (sole < 0 && dimension && !inCells.has(name)) {
        return read(`c/${name}/${window}`, (text) => decode(text, dimension.width, sizeOf(window)));
      }
      return once(`${name} ${window}`, async () => {
        const values = new Uint32Array(sizeOf(window)).fill(Math.max(0, sole));
        sole < 0 && cellsOf(window).forEach((cell) => fill(values, window, cell, cell[dimension ? name : "place"]));
        return values;
      });
    };

    // Amounts, one a grant of the window, times ten to the power of meta.scale; null where none is known.
    const hasAmounts = meta.all.awarded.length + meta.all.announcedAmounts.length > 0;
    const amounts = async (window) =>
      hasAmounts
        ? read(`c/amounts/${window}`, (text) => {
            const written = text.split(" ");
            if (written.length !== sizeOf(window)) {
              throw new RangeError(`${written.length} amounts`);
            }
            return written.map((amount) => (amount === "" ? null : amount.length < 16 ? Number(amount) : BigInt(amount)));
          })
        : Array(sizeOf(window)).fill(null);
    const isFreeOfAmounts = (window) => !hasAmounts || isHere(`c/amounts/${window}`);

    // Keys. An entry is [word, grants, gaps] or [word, grants, list, steps from first number to first number of its files].
    const shardOf = (key) => Math.max(0, meta.shards.findLastIndex((first) => first <= key));
    const shard = (at) => (meta.shards.length ? read(`t/${at}`, (entries) => new Map(Object.entries(entries))) : new Map());
    const entry = async (key) => (await shard(shardOf(key))).get(key);
    const shardsFrom = (prefix) => meta.shards.map((_, at) => at).slice(shardOf(prefix), shardOf(`${prefix}\uffff`) + 1);

    const filesOf = (entry, window) => {
      const [, , list, steps] = entry;
      let first = 0;
      entry.firsts ??= steps.map((step) => (first += step));
      const [from, to] = [startOf(window), startOf(window) + sizeOf(window)];
      const reaches = (first, file) => first < to && (entry.firsts[file + 1] ?? meta.n) > from;
      return entry.firsts.flatMap((first, file) => (reaches(first, file) ? [`p/${list % FOLDER}/${list}-${file}`] : []));
    };
    const codesHere = (entry) => (entry.codes ??= ungap(entry[2]));
    const within = (codes, window) => codes.subarray(placeOf(codes, startOf(window) * 2), placeOf(codes, (startOf(window) + sizeOf(window)) * 2));

    // Whether grants of a window may be in the list of an entry.
    const reaches = (entry, window) => (entry[3] ? filesOf(entry, window) : within(codesHere(entry), window)).length > 0;

    // Sets bit 1 for the grants of a window in the list, and bit 2 where the word is in the title.
    const mark = async (entry, window, mask) => {
      const lists = entry[3] ? await Promise.all(filesOf(entry, window).map((path) => read(path, ungap))) : [codesHere(entry)];
      for (const code of lists.flatMap((codes) => [within(codes, window)])) {
        for (let at = 0; at < code.length; at += 1) {
          mask[(code[at] >> 1) - startOf(window)] |= code[at] & 1 ? 3 : 1;
        }
      }
    };

    // Numbers of values in the list of an entry, in order.
    const valuesOf = async (entry) => {
      const lists = entry[3] ? await Promise.all(entry[3].map((_, file) => read(`p/${entry[2] % FOLDER}/${entry[2]}-${file}`, ungap))) : [codesHere(entry)];
      return lists.flatMap((codes) => Array.from(codes, (code) => code >> 1));
    };

    // Adds what a place holds to the places around it.
    const rollUp = (counts) => {
      const rolled = counts.slice();
      counts.forEach((count, value) => {
        for (let around = count && parents[value]; around; around = parents[around]) {
          rolled[around] += count;
        }
      });
      return rolled;
    };
    const totals = ({ name, counts }) => (name === "place" ? rollUp(counts.map(sum)) : counts.map(sum));

    // {value, id, names, count} of values by their numbers.
    const describe = async (name, values) => {
      const { kind, values: ids, labels, counts } = dimensions.get(name);
      if (kind === "listed") {
        const of = totals({ name, counts });
        return values.map((value) => ({ value, id: ids[value], names: labels[value] ?? [], count: of[value] }));
      }
      const file = (value) => read(`v/${name}/${Math.floor((value - 1) / meta.values)}`, (content) => content);
      await Promise.all(values.filter(Boolean).map(file));
      return Promise.all(
        values.map(async (value) => {
          const [id, names, count, armed = []] = value ? (await file(value))[(value - 1) % meta.values] : ["", [], 0];
          return { value, id, names, count, armed };
        }),
      );
    };

    return { meta, dimensions, windows, startOf, sizeOf, read, cells, cellsOf, fill, inCells, isFree, column, amounts, isFreeOfAmounts, entry, shard, shardsFrom, reaches, mark, valuesOf, rollUp, totals, describe };
  };

  explorer.decode = decode;
}
