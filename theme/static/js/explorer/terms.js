// explorer.textOf(parts, text, run): the words of a question as a condition, as in choices.js; null for none.
// Its mask(window, one) leaves in one.open which terms only the row of a grant can tell, and adds to one.scores.
{
  const { say, parse, wordsOf, formsOf, choose, chooseFiled } = explorer;
  const LABELLED = ["funder", "recipient", "program", "call", "sphere", "group", "place", "year"]; // named in what people type
  const [KEYS, SHARDS] = [64, 8]; // with the same beginning, and their files
  const [IS, TITLE, MAYBE] = [1, 2, 4]; // bits: found, found in the title, perhaps found
  const TEXTS = /^(id$|title_|description_|beneficiary_note_|place_note_)/;
  const PEOPLE = ["partners", "donor"]; // fields whose names are in the lists of words

  explorer.textOf = async (parts, text, run) => {
    const { meta, dimensions } = parts;
    const { cut } = meta;
    const isListed = (name) => dimensions.get(name)?.kind === "listed";

    const formed = (word) => formsOf(word, cut);
    // Whether folded texts have a phrase, or forms of all the words.
    const fits = (texts, term) =>
      term.exact === null ? (term.forms ??= term.words.map(formed)).every(({ fits }) => texts.flat().some((word) => fits(word.slice(0, cut)))) : texts.some((text) => ` ${text.join(" ")} `.includes(` ${term.exact} `));

    // Values whose names fit.
    const valuesOf = (name, term, extra = () => false) => {
      const dimension = dimensions.get(name);
      const { values, labels } = dimension;
      dimension.folded ??= values.map((id, value) => (labels.length ? (labels[value] ?? []) : [id]).map(wordsOf));
      return [...values.keys()].filter((value) => value && (fits(dimension.folded[value], term) || extra(values[value])));
    };
    const labelled = (term) => LABELLED.filter(isListed).map((name) => [name, valuesOf(name, term)]).filter(([, values]) => values.length).map(([name, values]) => choose(parts, name, values));

    // The entries of a word, or of its forms and what begins with it, those of most grants first.
    const entriesOf = async (word, { exact, not }, kind = "") => {
      const { begin, forms, fits } = formed(word);
      const [keys, shards] = exact === null ? [[...forms].filter((form) => !form.startsWith(begin)), parts.shardsFrom(kind + begin)] : [[word.slice(0, cut)], []];
      const own = await Promise.all(keys.map((key) => run.soft(parts.entry(kind + key))));
      const read = await Promise.all(shards.slice(0, not || run.all ? undefined : SHARDS).map((at) => run.soft(parts.shard(at), new Map())));
      const entries = [...parts.fitting(read, kind, fits), ...own.filter(Boolean)].sort((a, b) => b[1] - a[1]);
      if (not || run.all || (shards.length <= SHARDS && entries.length <= KEYS)) {
        return entries;
      }
      run.exact = false;
      return entries.slice(0, KEYS);
    };

    const wordOf = async (word, term) => {
      const entries = await entriesOf(word, term);
      const choices = term.field || term.exact !== null ? [] : labelled({ words: [word], exact: null });
      const grants = entries.reduce((total, [, grants]) => total + grants, 0) + choices.reduce((total, { known }) => total + parts.windows.reduce((of, w) => of + known(w), 0), 0);
      return {
        grants,
        weight: Math.log(1 + meta.n / (grants || 1)),
        isIn: (w) => entries.some((entry) => parts.reaches(entry, w)) || choices.some(({ known }) => known(w)),
        mask: async (w) => {
          const found = new Uint8Array(w.size);
          await Promise.all([
            ...entries.map((entry) => parts.mark(entry, w, found)),
            ...choices.map(async ({ known, mask }) => known(w) && (await mask(w)).forEach((is, at) => (found[at] |= is))),
          ]);
          return found;
        },
      };
    };

    // A dimension's values by their names or by an identifier.
    const valueTerm = async (term) => {
      const { field, words, exact, typed } = term;
      if (isListed(field)) {
        return choose(parts, field, valuesOf(field, term, (id) => id.toLowerCase() === typed.trim().toLowerCase()));
      }
      const own = await run.soft(parts.entry(`${field}=${typed}`));
      if (own || !words.length) {
        return chooseFiled(parts, field, own ? [own] : []);
      }
      const lists = await Promise.all(words.map(async (word) => new Set((await Promise.all((await entriesOf(word, term, `${field}:`)).map((entry) => run.soft(parts.valuesOf(entry), [])))).flat())));
      const values = [...lists[0]].filter((value) => lists.every((list) => list.has(value)));
      const named = exact === null ? values : (await run.soft(parts.describe(field, values), [])).filter(({ names }) => fits(names.map(wordsOf), term)).map(({ value }) => value);
      return choose(parts, field, named);
    };

    // A single grant, or -1 for none.
    const single = (number) => ({
      known: (w) => (number >= w.from && number < w.to ? -1 : 0),
      mask: async (w) => new Uint8Array(w.size).fill(1, number - w.from, number - w.from + 1),
    });

    const termOf = async (term) => {
      const { field, exact, not, typed, raw } = term;
      const isText = !dimensions.has(field);
      const choices = !isText ? [await valueTerm(term)] : field === "id" ? [single((await run.soft(parts.anyNumberOf(typed))) ?? -1)] : exact !== null && !field ? labelled(term) : [];
      const words = isText ? await Promise.all(term.words.map((word) => wordOf(word, term))) : [];
      const [wanted, bit] = [field === "title" ? TITLE : IS, exact === null && (!field || field === "title") ? IS : MAYBE];
      const areIn = (w) => words.length > 0 && words.every(({ isIn }) => isIn(w));
      return {
        not,
        known: (w) => (areIn(w) || choices.some(({ known }) => known(w)) ? -1 : 0),
        // The bits of the grants of a window.
        mask: async (w, scores) => {
          const found = new Uint8Array(w.size);
          const masks = areIn(w) ? await Promise.all(words.map(({ mask }) => mask(w))) : [];
          masks.length && found.forEach((_, at) => (found[at] = masks.every((of) => of[at] & wanted) ? bit : 0));
          await Promise.all(choices.map(async ({ known, mask }) => known(w) && (await mask(w)).forEach((is, at) => (found[at] |= is))));
          scores && !not && masks.forEach((of, word) => of.forEach((bits, at) => (scores[at] += bits && words[word].weight * (bits & TITLE ? 3 : 1))));
          return found;
        },
        tells: (row) => {
          const { values, names, id } = row;
          const fields = meta.fields.filter((name) => (field ? name.startsWith(field) : TEXTS.test(name)));
          const people = field ? [] : [...PEOPLE, ...meta.dimensions.flatMap((one) => (one.kind === "filed" ? [one.field] : []))];
          const named = people.flatMap((name) => (values[name] ?? "").split(meta.lists[name]).flatMap((id) => names(meta.refers[name], id)));
          return field === "id" ? id.toLowerCase().includes(typed.toLowerCase()) : fits([...fields.map((name) => values[name]), ...named].map(wordsOf), term);
        },
        lost: not || choices.length ? [] : raw.filter((_, at) => words[at]?.grants === 0),
      };
    };

    const whole = (text ?? "").normalize("NFC").trim();
    const { terms: parsed, faults } = parse(whole);
    faults.forEach((fault) => run.faults.add(fault));
    const isId = /^\S{1,99}$/.test(whole) && /\d/.test(whole);
    const [number, ...terms] = await Promise.all([isId && run.soft(parts.anyNumberOf(whole)), ...parsed.map(termOf)]);
    const own = number || number === 0 ? number : -1;
    if (!terms.length && own < 0) {
      whole && run.faults.add(say("There is no word to search for: a word has two letters or more."));
      return null;
    }
    const { known } = single(own);
    return {
      name: null,
      own,
      known: (w) => (known(w) || (terms.length && terms.every((term) => term.not || term.known(w))) ? -1 : 0),
      mask: async (w, one) => {
        const masks = await Promise.all(terms.map((term) => term.mask(w, one.scores)));
        const passed = new Uint8Array(w.size).fill(terms.length && 1);
        one.open = new Uint16Array(w.size);
        masks.forEach((bits, term) =>
          bits.forEach((is, at) => {
            if (is === MAYBE) {
              one.open[at] |= 1 << term;
            } else if (Boolean(is) === terms[term].not) {
              passed[at] = 0;
            }
          }),
        );
        if (known(w)) {
          passed[own - w.from] = 1;
          one.open[own - w.from] = 0;
        }
        return passed;
      },
      decide: () => -1,
      tells: (row, open) => terms.every((term, at) => !(open & (1 << at)) || term.tells(row) !== term.not),
      lost: terms.flatMap(({ lost }) => lost),
      isScored: terms.some(({ not }) => !not),
    };
  };
}
