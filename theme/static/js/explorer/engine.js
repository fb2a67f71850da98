// explorer.open(base, inline): the index of a site, for questions. base: address of the folder of its parts; inline: the
// parts that stand in the page, or null.
{
  const { say, wordsOf, partsOf, rowsOf, tallyOf, conditionsOf, textOf, suggest } = explorer;
  const BUDGET = [300, 60]; // parts that are fetched for the first rows, and after them, unless a question asks for all;
  const KEPT = 20; // of these for sums and counts of filters
  const AT_ONCE = 4; // windows, or dimensions, that are looked at together
  const FIRST = 20; // rows that come before anything else
  const SMALL = 8192; // grants of a window whose values come before they are needed, with the first rows
  const LOOKED_UP = 8; // rows that are asked together
  const NAMED = 100; // groups that get their names, of values that are filed

  explorer.open = async (base, inline) => {
    explorer.base = base;
    Object.entries(inline ?? {}).forEach(([path, value]) => explorer(path, value));
    const parts = partsOf(await explorer.get("meta"));
    const { rows, numberOf, valueAt } = Object.assign(parts, rowsOf(parts));
    const { meta, dimensions, windows, cells, describe } = parts;
    const tallies = tallyOf(parts);
    let latest;

    // question: text, filters {dimension: [ids, or “none”]}, from and to (amounts), sort, grants (numbers wanted), facets
    // (dimensions whose counts are wanted), sums, groups (a dimension), all (go on to the end, whatever it takes),
    // parallel (the question before goes on). progress(answer) is called whenever more is known.
    const ask = async (question, progress = () => {}) => {
      const { sort = "newest", grants = FIRST, facets = [], all, parallel, groups: by } = question;
      const turn = {};
      latest = parallel ? latest : turn;
      const isStopped = () => !parallel && latest !== turn;
      const run = {
        faults: new Set(),
        unknown: [],
        exact: true,
        all,
        // What a part says, or something in its place when it does not come.
        soft: async (promise, instead) => {
          try {
            return await promise;
          } catch (fault) {
            run.exact = false;
            run.faults.add(say("A part of the index could not be loaded ({path}), so something may be missing. Try again.", { path: fault.path ?? fault.message }));
            return instead;
          }
        },
      };
      const answer = { total: 0, exact: false, numbers: [], facets: {}, sums: null, years: null, groups: null, suggestions: [], done: false };
      const tell = (news) => {
        Object.assign(answer, news, { faults: [...run.faults], unknown: run.unknown });
        isStopped() || progress({ ...answer });
      };
      let [isShown, before] = [false, explorer.requests];
      const left = () => (all ? Infinity : BUDGET[Number(isShown)] + before - explorer.requests);
      const inTurns = async (list, work) => {
        const results = [];
        while (results.length < list.length && !isStopped()) {
          results.push(...(await Promise.all(list.slice(results.length, results.length + AT_ONCE).map(work))));
        }
        return results;
      };

      const [text, filters] = await Promise.all([textOf(parts, question.text, run), conditionsOf(parts, question, run)]);
      const conditions = [text, ...filters].filter(Boolean);
      const isDead = (w, except) => conditions.some(({ name, known }) => name !== except && known(w) === 0);
      const live = windows.filter((w) => !isDead(w));
      const isScored = sort === "relevance" && text?.isScored;
      const isSorted = isScored || sort.endsWith("amount");
      const found = new Map(); // window -> {w, fails: of each grant the bits of what it does not fulfil, hits, scores, open}
      const names = conditions.map(({ name }) => name);
      const bitOf = (name) => (names.includes(name) ? 1 << names.indexOf(name) : 0);

      const isOwn = (w) => text?.own >= w.from && text.own < w.to;
      const numbersIn = ({ w, fails }) => [...fails.keys()].filter((at) => !fails[at]).map((at) => w.from + at);
      // Numbers of the grants found, newest first, as far as all before them are known. One whose identifier was typed comes first.
      const collect = () => {
        const own = live.filter((w) => isOwn(w) && found.get(w)?.fails[text.own - w.from] === 0).map(() => text.own);
        let numbers = [];
        for (const w of live) {
          if (!found.has(w) || numbers.length > grants) {
            break;
          }
          numbers = numbers.concat(numbersIn(found.get(w)));
        }
        return [...own, ...numbers.filter((number) => number !== own[0])].slice(0, grants);
      };

      // Asks the rows what the lists of words cannot tell. Of grants with several faults it does not matter.
      const lookUp = async ({ w, fails, open = [] }) => {
        const places = [...open.keys()].filter((at) => open[at] && !(fails[at] & (fails[at] - 1)));
        const rowsFrom = (place) => Promise.all(places.slice(place, place + LOOKED_UP).map((at) => run.soft(rows([w.from + at]), [])));
        let [looked, next] = [0, rowsFrom(0)];
        while (looked < places.length && !isStopped() && left() > 0) {
          const some = places.slice(looked, (looked += LOOKED_UP));
          const now = next;
          next = rowsFrom(looked);
          const known = await now;
          some.forEach((at, i) => (fails[at] |= known[i][0] && text.tells(known[i][0], open[at]) ? 0 : 1));
          found.size || isSorted || tell({ numbers: numbersIn({ w, fails: fails.subarray(0, some.at(-1) + 1) }).slice(0, grants) });
        }
        run.exact &&= looked >= places.length;
        places.slice(looked).forEach((at) => (fails[at] |= 1));
      };

      const look = async (w) => {
        if (!found.has(w)) {
          const one = { w, fails: new Uint32Array(w.size), scores: isScored && new Float32Array(w.size) };
          const mark = async ({ name, known, mask }) => {
            const passed = known(w) === w.size ? null : known(w) && (await mask(w, one));
            passed === null || one.fails.forEach((_, at) => (one.fails[at] |= passed[at] ? 0 : bitOf(name)));
          };
          (await run.soft(Promise.all(conditions.map(mark)), null)) ?? one.fails.fill(-1);
          await lookUp(one);
          one.hits = one.fails.reduce((hits, fail) => hits + !fail, 0);
          found.set(w, one);
        }
        return found.get(w);
      };

      // How many are found, in what is looked at and in what is known without.
      const count = () => {
        let { exact } = run;
        const of = (w) => {
          const open = conditions.map(({ known }) => known(w)).filter((known) => known !== w.size);
          const known = found.get(w)?.hits ?? (open.length > 1 ? -1 : (open[0] ?? w.size));
          exact &&= known >= 0;
          return Math.max(0, known);
        };
        const total = live.reduce((total, w) => total + of(w), 0);
        return { total, exact };
      };

      // The first rows, then all others as far as the budget goes. The window of a grant whose identifier was typed comes first.
      const waiting = [...live.filter(isOwn), ...live.filter((w) => !isOwn(w))];
      const needsAll = isSorted || question.sums || by || facets.length;
      const show = async (numbers, news) => {
        tell({ numbers: numbers.slice(0, grants), ...news });
        parallel || all || isStopped() || (await run.soft(rows(numbers.slice(0, FIRST)), []));
        [isShown, before] = [true, explorer.requests];
      };
      for (let size = 1; waiting.length && !isStopped() && left() > KEPT && (!isShown || needsAll || !count().exact); size = AT_ONCE) {
        const some = waiting.splice(0, size);
        parts.filed.forEach(({ name }) => !isShown && !parallel && some[0].size <= SMALL && run.soft(parts.column(name, some[0])));
        await Promise.all(some.map(look));
        const numbers = isSorted ? [] : collect();
        if (!isSorted && !isShown && (numbers.length >= grants || !waiting.length)) {
          await show(numbers, count());
        } else {
          tell({ numbers, ...count() });
        }
      }
      const looked = live.filter((w) => found.has(w)).map((w) => found.get(w));
      const isWhole = looked.length === live.length;

      if (isSorted) {
        const keys = [];
        await inTurns(looked, async ({ w, scores }) => (scores || (await run.soft(parts.amounts(w), []))).forEach((key, at) => (keys[w.from + at] = key)));
        const up = sort === "-amount" ? 1 : -1;
        const compare = (a, b) => {
          const [one = null, other = null] = [keys[a], keys[b]];
          return one === null || other === null ? (one === null) - (other === null) : one < other ? -up : one > other ? up : 0;
        };
        const numbers = looked.flatMap(numbersIn).sort((a, b) => (b === text?.own) - (a === text?.own) || compare(a, b) || a - b);
        run.exact &&= isWhole;
        await show(numbers, count());
      }
      if (text && !count().total && !run.faults.size) {
        answer.suggestions = (await Promise.all(text.lost.map((typed) => suggest(parts, typed, run)))).flat();
      }

      // Counts of the values of a dimension, without its own filter, as far as what they need is here. Returns what gets the rest.
      const facet = async (name) => {
        const { size, counts: known, parents } = dimensions.get(name);
        const others = ~bitOf(name);
        const counts = Array(size).fill(0);
        const missing = [];
        for (const w of windows.filter((w) => !isDead(w, name))) {
          const { fails } = found.get(w) ?? {};
          const passing = fails?.reduce((passing, fail) => passing + !(fail & others), 0);
          const isHere = parts.isFree(name, w);
          if (!fails) {
            missing.push(() => look(w));
          } else if (passing === w.size && known) {
            known.forEach((of, value) => (counts[value] += of[w.at]));
          } else if (passing) {
            isHere || missing.push(() => parts.column(name, w));
            const values = isHere || (parents && cells.length) ? await run.soft(parts.column(isHere ? name : "region", w), []) : [];
            values.forEach((value, at) => (counts[value] += !(fails[at] & others)));
          }
        }
        const rolled = (parents ? parts.rollUp(counts) : counts).flatMap((count, value) => (count ? [[value, count]] : []));
        answer.facets = { ...answer.facets, [name]: { exact: run.exact && !missing.length, counts: new Map(rolled) } };
        return missing;
      };
      const wanted = facets.filter((name) => dimensions.has(name));
      let missing = await Promise.all(wanted.map(facet));
      tell(count());

      // Tallies all grants found; if that takes too much, those of the first window. Resolves to whether it is all.
      const hit = looked.filter(({ hits }) => hits);
      const addAll = async (tally) => {
        const some = tallies.costOf(tally, hit) > left() ? hit.slice(0, 1) : hit;
        const added = await inTurns(some, (one) => run.soft(tallies.add(tally, one).then(() => true), false));
        return isWhole && some === hit && added.every(Boolean);
      };
      if (question.sums && !isStopped()) {
        const taken = cells.filter((cell) => conditions.every(({ decide }) => decide(cell)));
        const ofCells = tallies.start("year");
        const isKnown = taken.every((cell) => conditions.every(({ decide }) => decide(cell) > 0) && tallies.addCell(ofCells, cell)) && cells.length;
        const tally = isKnown ? ofCells : tallies.start("year");
        tell(conditions.length ? tallies.tell(tally, (isKnown || (await addAll(tally))) && run.exact) : tallies.tellAll());
      }
      for (let turn = 0; turn < 2; turn += 1) {
        let room = left(); // after a look at a window its column may be missing
        const jobs = missing.flatMap((jobs) => (jobs.length <= room ? ((room -= jobs.length), jobs) : []));
        await inTurns(jobs, (job) => run.soft(job()));
        missing = jobs.length && !isStopped() ? await Promise.all(wanted.map(facet)) : [];
        tell({});
      }
      if (dimensions.has(by) && !isStopped()) {
        const tally = tallies.start(by);
        run.exact &&= await addAll(tally);
        answer.groups = tallies.tellGroups(tally);
        const named = answer.groups.slice(0, dimensions.get(by).kind === "filed" && !all ? NAMED : undefined);
        const about = await run.soft(describe(by, named.map(({ value }) => value)), []);
        about.forEach(({ id, names }, at) => Object.assign(named[at], { id, names }));
      }
      isStopped() || tell({ ...count(), done: true });
      return answer;
    };

    // Values of a dimension with these words in their names, those of most grants first: [{value, id, names, count}].
    const search = async (name, text, limit) => {
      const { kind, size, values, labels } = dimensions.get(name);
      const listOf = async (word) => {
        if (kind === "listed") {
          return values.map((id, value) => [id, ...(labels[value] ?? [])].flatMap(wordsOf).some((one) => one.startsWith(word)));
        }
        const prefix = `${name}:${word.slice(0, meta.cut)}`;
        const entries = parts.fitting(await Promise.all(parts.shardsFrom(prefix).map(parts.shard)), prefix, () => true);
        const is = [];
        (await Promise.all(entries.map((entry) => parts.valuesOf(entry)))).flat().forEach((value) => (is[value] = true));
        return is;
      };
      const lists = await Promise.all(wordsOf(text).map(listOf));
      const found = [...Array(size).keys()].filter((value) => value && lists.every((is) => is[value]));
      return describe(name, found.slice(0, limit));
    };

    // {value, id, names, count} of an identifier, or null. The number of a filed value stands in the row of any of its grants.
    const valueNamed = async (name, id) => {
      const { kind, values, field } = dimensions.get(name);
      const entry = kind === "filed" && (await parts.entry(`${name}=${id}`));
      const value = entry ? await valueAt(entry[3]?.[0] ?? (await parts.valuesOf(entry))[0], field) : (values ?? []).indexOf(id, 1);
      return value > 0 ? (await describe(name, [value]))[0] : null;
    };

    return { meta, ask, rows, early: parts.early, numberOf, search, valueNamed, values: describe };
  };
}
