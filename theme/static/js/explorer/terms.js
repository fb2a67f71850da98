// explorer.textOf(parts, text, run): the words of a question as a condition on grants; see choices.js for what that is.
// Its mask has bit 1 for grants that are found. Bits of a term: 1 found, 2 in the title, 4 only the row can tell.
{
  const { parse, wordsOf, fold, choose, chooseFiled } = explorer;
  const LABELLED = ["funder", "recipient", "program", "call", "sphere", "group", "place", "year"]; // named in what people type
  const KEYS = 64; // with the same beginning, that are looked up
  const SHARDS = 8; // that are read for a beginning
  const VALUES = 16; // of a filed dimension that are looked up one by one
  const TEXT = /^(title|description|beneficiary_note|place_note)_/;
  const PEOPLE = ["partners", "donor"]; // fields whose names are in the lists of words
  const [IS, TITLE, MAYBE] = [1, 2, 4];

  explorer.textOf = async (parts, text, run) => {
    const { meta, dimensions, sizeOf, reaches, mark } = parts;
    const { cut } = meta;
    const begins = (word, stem) => (stem.length < cut ? word.startsWith(stem) : word.slice(0, cut) === stem.slice(0, cut));
    const holds = (texts, phrase) => texts.some((text) => ` ${text} `.includes(` ${phrase} `));

    // The folded names of the values of a listed dimension.
    const named = (name) => {
      const dimension = dimensions.get(name);
      dimension.folded ??= dimension.values.map((id, value) => (dimension.labels.length ? (dimension.labels[value] ?? []) : [id]).map((text) => wordsOf(text)));
      return dimension.folded;
    };

    // Choices of the values whose names `fits`.
    const labelled = (fits) =>
      LABELLED.filter((name) => dimensions.get(name)?.kind === "listed").flatMap((name) => {
        const values = [...named(name).keys()].filter((value) => value && fits(named(name)[value]));
        return values.length ? [choose(parts, name, values)] : [];
      });

    // Entries of the keys that begin with a stem, those of most grants first.
    const entriesOf = async (stem, kind, { isWhole, isAll }) => {
      if (isWhole || stem.length >= cut) {
        const found = await run.soft(parts.entry(kind + stem.slice(0, cut)));
        return found ? [found] : [];
      }
      const shards = parts.shardsFrom(kind + stem);
      const read = await Promise.all(shards.slice(0, isAll ? shards.length : SHARDS).map((at) => run.soft(parts.shard(at), new Map())));
      const found = read.flatMap((entries) => [...entries].filter(([key]) => key.startsWith(kind + stem)).map(([, entry]) => entry));
      if (!isAll && (shards.length > SHARDS || found.length > KEYS)) {
        run.exact = false;
      }
      return isAll ? found : found.sort((a, b) => b[1] - a[1]).slice(0, KEYS);
    };

    // What is known of a word: mask(window) with IS and TITLE, known(window): 0 where it certainly is not.
    const wordOf = async (stem, { isWhole = false, isAll, hasLabels }) => {
      const entries = await entriesOf(stem, "", { isWhole, isAll });
      const choices = hasLabels ? labelled((names) => names.flat().some((word) => begins(word, stem))) : [];
      const count = entries.reduce((total, [, grants]) => total + grants, 0);
      const of = choices.reduce((total, choice) => total + choice.total, count);
      return {
        isFound: of > 0,
        weight: Math.log(1 + meta.n / (of || 1)),
        total: choices.length || entries.length > 1 ? null : count,
        known: (window) => (entries.some((entry) => reaches(entry, window)) || choices.some((choice) => choice.known(window)) ? -1 : 0),
        mask: async (window) => {
          const found = new Uint8Array(sizeOf(window));
          const marked = entries.map((entry) => mark(entry, window, found));
          const masks = await Promise.all(choices.filter((choice) => choice.known(window)).map((choice) => choice.mask(window)));
          await Promise.all(marked);
          masks.forEach((mask) => mask.forEach((is, at) => (found[at] |= is)));
          return found;
        },
      };
    };

    // The texts of a row in which words are looked for, folded.
    const textsOf = (row, field) => {
      const fields = meta.fields.filter((name) => (field ? name === field || name.startsWith(`${field}_`) : name === "id" || TEXT.test(name)));
      const people = field ? [] : [...PEOPLE, ...meta.dimensions.flatMap(({ kind, field }) => (kind === "filed" ? [field] : []))];
      const names = people.flatMap((name) => (row.values[name] ?? "").split(meta.lists[name] ?? "\n").flatMap((id) => (id ? row.names(meta.refers[name], id) : [])));
      return [...fields.map((name) => row.values[name]), ...names].filter(Boolean).map((text) => wordsOf(text).join(" "));
    };

    // A single grant by its identifier.
    const single = async (id) => {
      const number = await run.soft(parts.anyNumberOf(id), null);
      const isHere = (window) => number !== null && Math.floor(number / meta.window) === window;
      const mask = async (window) => new Uint8Array(sizeOf(window)).fill(1, number % meta.window, (number % meta.window) + 1);
      return { known: (window) => (isHere(window) ? -1 : 0), mask, total: Number(number !== null) };
    };

    const dimensionTerm = async ({ field, words, exact, typed, not }) => {
      const dimension = dimensions.get(field);
      const isId = (id) => id.toLowerCase() === typed.trim().toLowerCase();
      const fits = (names) =>
        words.length > 0 && (exact === null ? words.every((stem) => names.flat().some((word) => begins(word, stem))) : holds(names.map((name) => name.join(" ")), exact));
      if (dimension.kind === "listed") {
        const values = [...dimension.values.keys()].filter((value) => value && (isId(dimension.values[value]) || fits(named(field)[value])));
        return [choose(parts, field, values)];
      }
      const ids = [...new Set([typed, typed.toUpperCase(), typed.toLowerCase()])];
      const own = (await Promise.all(ids.map((id) => run.soft(parts.entry(`${field}=${id}`))))).filter(Boolean);
      if (own.length || !words.length) {
        return [chooseFiled(parts, field, own)];
      }
      const found = await Promise.all(
        words.map(async (stem) => {
          const entries = await entriesOf(stem, `${field}:`, { isWhole: exact !== null, isAll: not });
          return new Set((await Promise.all(entries.map((entry) => run.soft(parts.valuesOf(entry), [])))).flat());
        }),
      );
      let values = [...found[0]].filter((value) => found.every((of) => of.has(value)));
      if (exact !== null || values.length <= VALUES) {
        const described = (await run.soft(parts.describe(field, values), [])).filter(({ names }) => exact === null || holds(names.map((name) => wordsOf(name).join(" ")), exact));
        if (described.length <= VALUES) {
          const entries = await Promise.all(described.map(({ id }) => run.soft(parts.entry(`${field}=${id}`))));
          return [chooseFiled(parts, field, entries.filter(Boolean))];
        }
        values = described.map(({ value }) => value);
      }
      return [choose(parts, field, values)];
    };

    // A term: mask(window, scores) with its bits, known(window), and what a row must hold where it is MAYBE.
    const termOf = async (term) => {
      const { field, exact, not, typed } = term;
      const isText = !field || field === "title" || field === "description" || field === "id";
      const choices = !isText ? await dimensionTerm(term) : field === "id" ? [await single(typed)] : exact !== null && !field ? labelled((names) => holds(names.map((name) => name.join(" ")), exact)) : [];
      const options = { isWhole: exact !== null, isAll: not, hasLabels: !field && exact === null };
      const words = isText ? await Promise.all(term.words.map((stem) => wordOf(stem, options))) : [];
      const isSure = !field ? exact === null : field === "title" && exact === null;
      const wanted = field === "title" ? TITLE : IS;
      const known = (window) => (choices.some((choice) => choice.known(window)) || (words.length && words.every((word) => word.known(window))) ? -1 : 0);
      const mask = async (window, scores) => {
        const found = new Uint8Array(sizeOf(window));
        const [masks, sure] = await Promise.all([
          words.length && words.every((word) => word.known(window)) ? Promise.all(words.map((word) => word.mask(window))) : [],
          Promise.all(choices.filter((choice) => choice.known(window)).map((choice) => choice.mask(window))),
        ]);
        for (let at = 0; at < found.length && masks.length; at += 1) {
          found[at] = masks.every((of) => of[at] & wanted) ? (isSure ? IS : MAYBE) : 0;
        }
        sure.forEach((of) => of.forEach((is, at) => (found[at] |= is)));
        if (scores && !not) {
          words.forEach(({ weight }, word) => masks[word]?.forEach((bits, at) => (scores[at] += bits && weight * (bits & TITLE ? 3 : 1))));
        }
        return found;
      };
      const tells = (row) => {
        if (field === "id") {
          return row.id.toLowerCase().includes(typed.trim().toLowerCase());
        }
        const texts = textsOf(row, field);
        return exact === null ? term.words.every((stem) => texts.some((text) => text.split(" ").some((word) => begins(word, stem)))) : holds(texts, exact);
      };
      const lost = choices.length || not ? [] : term.raw.filter((_, at) => words[at] && !words[at].isFound);
      const total = words.length === 1 && isSure && wanted === IS && !choices.length ? words[0].total : choices.length === 1 && !words.length ? choices[0].total : null;
      return { not, known, mask, tells, lost, total };
    };

    const { terms: parsed, faults } = parse(text ?? "");
    faults.forEach((fault) => run.faults.add(fault));
    const isId = (text ?? "").trim() && !/\s/.test(text.trim()) && text.length < 100;
    const [own, ...terms] = await Promise.all([isId && /\d/.test(text) ? run.soft(parts.anyNumberOf(text.trim()), null) : null, ...parsed.map(termOf)]);
    if (!terms.length && own === null) {
      if ((text ?? "").trim()) {
        run.faults.add(explorer.say("There is no word to search for: a word has two letters or more."));
      }
      return null;
    }
    const isOwn = (window) => own !== null && Math.floor(own / meta.window) === window;

    // Resolves to the mask, and to which terms a row must still be asked about (bit by bit, one number a grant).
    const mask = async (window, scores) => {
      const size = sizeOf(window);
      const passed = new Uint8Array(size).fill(terms.length ? 1 : 0);
      const open = new Uint16Array(size);
      const masks = await Promise.all(terms.map((term) => term.mask(window, scores)));
      masks.forEach((bits, term) => {
        const { not } = terms[term];
        for (let at = 0; at < size; at += 1) {
          if (bits[at] === MAYBE) {
            open[at] |= 1 << term;
          } else if (Boolean(bits[at]) === not) {
            passed[at] = 0;
          }
        }
      });
      if (isOwn(window)) {
        const at = own % meta.window;
        passed[at] = 1;
        open[at] = 0;
      }
      return { passed, open };
    };
    return {
      name: null,
      own,
      known: (window) => (isOwn(window) || terms.every((term) => term.not || term.known(window)) && terms.length ? -1 : 0),
      mask,
      decide: () => -1,
      total: own === null && terms.length === 1 && !terms[0].not ? terms[0].total : null,
      tells: (row, open) => terms.every((term, at) => !(open & (1 << at)) || term.tells(row) !== term.not),
      lost: terms.flatMap((term) => term.lost),
      isScored: terms.some((term) => !term.not),
    };
  };
}
