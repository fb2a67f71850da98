// explorer.open(base, inline): the index of a site, for questions. base: address of the folder of its parts; inline: the
// parts that stand in the page, or null. What a question and an answer are is said at ask().
{
  const { say, wordsOf, partsOf, rowsOf, tallyOf, conditionsOf, textOf, suggest } = explorer;
  const BUDGET = 60; // parts that are fetched after the first rows, unless a question asks for all
  const KEPT = 20; // of them for sums and counts of filters
  const AT_ONCE = 4; // windows that are looked at together
  const FIRST = 20; // rows that come before anything else is fetched
  const VERIFIED = [6, 16]; // files of rows that are looked through together: at first, later
  const NAMED = 100; // groups of a filed dimension that get their names at once

  // Works on a list in portions.
  const inTurns = async (list, size, work) => {
    for (let at = 0; at < list.length; at += size) {
      if ((await work(list.slice(at, at + size))) === false) {
        return;
      }
    }
  };

  explorer.open = async (base, inline) => {
    explorer.base = base;
    Object.entries(inline ?? {}).forEach(([path, value]) => explorer(path, value));
    const parts = partsOf(await explorer.get("meta"));
    const { rows, numberOf, anyNumberOf } = Object.assign(parts, rowsOf(parts));
    const { meta, dimensions, windows, startOf, sizeOf } = parts;
    const tallyer = tallyOf(parts);
    let latest = 0;

    // question: text, filters {dimension: [ids, or "none"]}, from and to (amounts), sort, grants (numbers wanted), facets
    // (dimensions whose counts are wanted), sums, groups (a dimension), all (go on to the end, whatever it takes),
    // parallel (does not stop the question before). progress(answer) is called whenever more is known.
    const ask = async (question, progress = () => {}) => {
      const { sort = "newest", grants = FIRST, facets = [], all = false, parallel = false } = question;
      const own = parallel ? 0 : (latest += 1);
      const isStopped = () => !parallel && own !== latest;
      const faults = new Set();
      const run = {
        faults,
        unknown: [],
        exact: true,
        // What a part says, or something else in its place when it does not come.
        soft: (promise, instead) =>
          Promise.resolve(promise).catch((fault) => {
            if (!fault.path) {
              throw fault;
            }
            run.exact = false;
            faults.add(say("A part of the index could not be loaded ({path}), so something may be missing. Try again.", { path: fault.path }));
            return instead;
          }),
      };
      const answer = { total: 0, exact: false, numbers: [], facets: {}, sums: null, years: null, groups: null, suggestions: [], done: false };
      let before = null; // parts fetched until the first rows
      const left = () => (all || before === null ? Infinity : BUDGET - (explorer.requests - before));
      const tell = (news) => {
        Object.assign(answer, news, { faults: [...faults], unknown: run.unknown });
        isStopped() || progress({ ...answer });
      };

      const [text, filters] = await Promise.all([textOf(parts, question.text, run), conditionsOf(parts, question, run)]);
      const conditions = [...(text ? [text] : []), ...filters];
      const isExact = () => run.exact;
      const deadOf = (window) => conditions.filter((one) => one.known(window) === 0);
      const openOf = (window) => conditions.filter((one) => one.known(window) !== sizeOf(window));
      const live = windows.filter((window) => !deadOf(window).length);
      const isScored = sort === "relevance" && text?.isScored;
      const isSorted = isScored || sort === "amount" || sort === "-amount";
      const found = new Map(); // window -> {window, fails, which, hits, scores}

      // Asks the rows about what the lists of words cannot tell. Calls early(places) with the first grants found.
      const verify = async (one, open, early) => {
        const { window, fails } = one;
        const asked = [...open.keys()].filter((at) => open[at] && fails[at] < 2).sort((a, b) => fails[a] - fails[b] || a - b);
        const files = Map.groupBy(asked, (at) => Math.floor((startOf(window) + at) / meta.rows) + (fails[at] ? meta.n : 0));
        let size = 0;
        const waiting = [...files.values()];
        while (waiting.length && !isStopped()) {
          if (left() <= 0 || run.verified > BUDGET) {
            run.exact = false;
            break;
          }
          size = VERIFIED[size ? 1 : 0];
          const places = waiting.splice(0, size).flat();
          run.verified = (run.verified ?? 0) + (all ? 0 : size);
          const of = await Promise.all(places.map((at) => run.soft(rows([startOf(window) + at]), [])));
          places.forEach((at, place) => {
            if (!of[place][0] || !text.tells(of[place][0], open[at])) {
              fails[at] += 2;
            }
            open[at] = 0;
          });
          early(one, open);
        }
        open.forEach((is, at) => is && (fails[at] += 2));
      };

      // Looks at a window: fails counts the conditions that a grant does not fulfil (words count twice); where it is 1,
      // which says which.
      const look = async (window, early = () => {}) => {
        if (found.has(window)) {
          return found.get(window);
        }
        const size = sizeOf(window);
        const one = { window, fails: new Uint8Array(size), which: new Uint8Array(size), scores: isScored ? new Float32Array(size) : null };
        let open = null;
        const masks = openOf(window).map(async (condition) => {
          let mask = condition.known(window) ? await condition.mask(window, one.scores) : new Uint8Array(size);
          if (condition === text && mask.passed) {
            ({ passed: mask, open } = mask);
          }
          return [mask, conditions.indexOf(condition), condition === text ? 2 : 1];
        });
        for (const [mask, condition, weight] of await run.soft(Promise.all(masks), [[new Uint8Array(size), 0, 2]])) {
          for (let at = 0; at < size; at += 1) {
            if (!mask[at]) {
              one.fails[at] += weight;
              one.which[at] = condition;
            }
          }
        }
        if (open?.some(Boolean)) {
          await verify(one, open, early);
        }
        one.hits = 0;
        one.fails.forEach((fail) => (one.hits += fail ? 0 : 1));
        found.set(window, one);
        return one;
      };

      // How many are found, in what is looked at and in what is known without looking.
      const count = () => {
        const whole = conditions.length ? (conditions.length === 1 ? conditions[0].total : null) : meta.n;
        if (whole !== null && run.exact) {
          return { total: whole, exact: true };
        }
        let exact = isExact();
        const total = live.reduce((total, window) => {
          const open = openOf(window);
          const known = found.get(window)?.hits ?? (open.length > 1 ? -1 : open.length ? open[0].known(window) : sizeOf(window));
          exact &&= known >= 0;
          return total + Math.max(0, known);
        }, 0);
        return { total, exact };
      };

      const collect = (one, open) => {
        for (let at = 0; at < one.fails.length && answer.numbers.length < grants; at += 1) {
          if (!one.fails[at] && !open?.[at] && startOf(one.window) + at !== text?.own) {
            answer.numbers.push(startOf(one.window) + at);
          }
        }
      };

      // Numbers by score or by amount.
      const sorted = async (looked) => {
        const numbers = looked.flatMap(({ window, fails }) => [...fails.keys()].filter((at) => !fails[at]).map((at) => startOf(window) + at));
        if (!isSorted) {
          return numbers;
        }
        const keys = new Map();
        await inTurns(looked, AT_ONCE, (some) =>
          Promise.all(some.map(async ({ window, scores }) => keys.set(window, scores ?? (await run.soft(parts.amounts(window), [])))))
        );
        const keyOf = (number) => keys.get(Math.floor(number / meta.window))[number % meta.window] ?? null;
        const up = sort === "-amount" ? 1 : -1;
        return numbers.sort((a, b) => {
          const [one, other] = [keyOf(a), keyOf(b)];
          if (one === null || other === null) {
            return (one === null) - (other === null) || a - b;
          }
          return one < other ? -up : one > other ? up : a - b;
        });
      };

      // The first rows.
      const first = [];
      if (text?.own != null && live.includes(Math.floor(text.own / meta.window))) {
        const one = await look(Math.floor(text.own / meta.window));
        one.fails[text.own % meta.window] || first.push(text.own);
      }
      answer.numbers = [...first];
      let size = 1;
      const early = (one, open) => {
        if (!answer.numbers.length) {
          const before = answer.numbers;
          collect(one, open);
          answer.numbers.length && tell({ total: answer.numbers.length });
          answer.numbers = before;
        }
      };
      const waiting = [...live];
      while (!isSorted && waiting.length && answer.numbers.length < grants && !isStopped()) {
        const some = await Promise.all(waiting.splice(0, size).map((window, at) => look(window, at || size > 1 ? undefined : early)));
        some.forEach((one) => collect(one));
        size = AT_ONCE;
      }
      if (!isSorted) {
        tell(count());
        if (!parallel && !all && !isStopped()) {
          await run.soft(rows(answer.numbers.slice(0, FIRST)), []);
        }
      }
      before = explorer.requests;

      // All others, as far as the budget goes.
      const needsAll = isSorted || question.sums || question.groups || facets.length;
      const rest = live.filter((window) => !found.has(window) && (needsAll || count().exact === false));
      await inTurns(rest, AT_ONCE, async (some) => {
        if (isStopped() || (conditions.length && left() <= KEPT)) {
          return false;
        }
        await Promise.all(some.map((window) => look(window)));
        isSorted || tell(count());
      });
      if (isStopped()) {
        return answer;
      }
      const looked = live.filter((window) => found.has(window)).map((window) => found.get(window));
      const isWhole = looked.length === live.length;
      if (isSorted) {
        const numbers = await sorted(looked);
        answer.numbers = [...first, ...numbers.filter((number) => number !== first[0])].slice(0, grants);
        const told = count();
        tell({ ...told, exact: told.exact && isWhole });
        if (!parallel && !all && !isStopped()) {
          await run.soft(rows(answer.numbers.slice(0, FIRST)), []);
        }
      }
      if (text && !count().total && !faults.size) {
        answer.suggestions = (await Promise.all(text.lost.map((typed) => suggest(parts, typed, run)))).flat();
      }

      // Counts of the values of a dimension, without the dimension's own filter.
      const facet = async (name, isPaid) => {
        const { size, counts: known, parents } = dimensions.get(name);
        const own = conditions.findIndex((one) => one.name === name);
        const counts = Array(size).fill(0);
        let exact = isExact() && (isWhole || own < 0 || isPaid || isWhole);
        const needed = windows.filter((window) => deadOf(window).every((one) => one.name === name));
        await inTurns(needed, AT_ONCE, (some) =>
          Promise.all(
            some.map(async (window) => {
              const one = found.get(window) ?? (openOf(window).every(({ name: other }) => other === name) || (isPaid && left() > 0) ? await look(window) : null);
              const passes = one && ((at) => !one.fails[at] || (one.fails[at] === 1 && one.which[at] === own));
              let passing = 0;
              one?.fails.forEach((_, at) => (passing += passes(at) ? 1 : 0));
              if (passing === sizeOf(window) && known) {
                known.forEach((of, value) => (counts[value] += of[window]));
              } else if (passing) {
                const isKnown = parts.isFree(name, window) || (isPaid && left() > 0);
                exact &&= isKnown;
                const values = isKnown || parents ? await run.soft(parts.column(isKnown ? name : "region", window)) : null;
                exact &&= Boolean(values);
                values?.forEach((value, at) => (counts[value] += passes(at) ? 1 : 0));
              }
              exact &&= Boolean(one);
            }),
          ),
        );
        const rolled = parents ? parts.rollUp(counts) : counts;
        answer.facets = { ...answer.facets, [name]: { exact: exact && isExact(), counts: new Map(rolled.flatMap((count, value) => (count ? [[value, count]] : []))) } };
        return exact;
      };
      const wanted = facets.filter((name) => dimensions.has(name));
      await Promise.all(wanted.map((name) => facet(name, false)));
      tell(count());

      if (question.sums && !conditions.length) {
        tell(tallyer.tellAll());
      } else if (question.sums) {
        const cells = parts.cells.filter((cell) => live.some((window) => cell.from < startOf(window) + sizeOf(window) && cell.to > startOf(window)));
        const taken = cells.filter((cell) => conditions.every((one) => one.decide(cell)));
        const tally = tallyer.startTally();
        const isKnown = cells.length > 0 && taken.every((cell) => conditions.every((one) => one.decide(cell) === 1) && tallyer.addCell(tally, cell));
        if (isKnown) {
          tell(tallyer.tell(tally, isExact()));
        } else {
          const tally = tallyer.startTally();
          let exact = isWhole;
          await inTurns(looked.filter(({ hits }) => hits), AT_ONCE, async (some) => {
            if (isStopped()) {
              return false;
            }
            await Promise.all(
              some.map(async (one) => {
                const isDone = left() >= tallyer.costOf(one.window) && (await run.soft(tallyer.add(tally, one).then(() => true), false));
                exact &&= isDone;
              }),
            );
          });
          tell(tallyer.tell(tally, exact && isExact()));
        }
      }

      await inTurns(wanted.filter((name) => !answer.facets[name].exact), AT_ONCE, async (names) => {
        if (isStopped() || left() <= 0) {
          return false;
        }
        await Promise.all(names.map((name) => facet(name, true)));
        tell({});
      });

      let isGrouped = true;
      if (dimensions.has(question.groups) && !isStopped()) {
        const groups = new Map();
        await inTurns(looked.filter(({ hits }) => hits), AT_ONCE, async (some) => {
          await Promise.all(
            some.map(async (one) => {
              const isDone = left() >= tallyer.costOf(one.window, [question.groups, "certainty", "currency"]) && (await run.soft(tallyer.addToGroups(groups, question.groups, one).then(() => true), false));
              isGrouped &&= isDone;
            }),
          );
          return !isStopped();
        });
        answer.groups = tallyer.tellGroups(groups);
        const isFiled = dimensions.get(question.groups).kind === "filed";
        const named = answer.groups.slice(0, isFiled && !all ? NAMED : undefined);
        const about = await run.soft(parts.describe(question.groups, named.map(({ value }) => value)), []);
        about.forEach(({ id, names }, at) => Object.assign(named[at], { id, names }));
      }
      if (!isStopped()) {
        const told = count();
        tell({ ...told, exact: told.exact && isGrouped && !(isSorted && !isWhole), done: true });
      }
      return answer;
    };

    // Values of a dimension whose names have these words, those of most grants first: [{value, id, names, count}].
    const search = async (name, text, limit) => {
      const { kind, size, values = [], labels = [] } = dimensions.get(name);
      const words = wordsOf(text);
      let found = [...Array(size).keys()].slice(1);
      if (words.length && kind === "listed") {
        const namesOf = (value) => [values[value], ...(labels[value] ?? [])].flatMap(wordsOf);
        found = found.filter((value) => words.every((word) => namesOf(value).some((one) => one.startsWith(word))));
      } else if (words.length) {
        const lists = await Promise.all(
          words.map(async (word) => {
            const prefix = `${name}:${word.slice(0, meta.cut)}`;
            const shards = await Promise.all(parts.shardsFrom(prefix).map(parts.shard));
            const entries = shards.flatMap((entries) => [...entries].filter(([key]) => key.startsWith(prefix)));
            return new Set((await Promise.all(entries.map(([, entry]) => parts.valuesOf(entry)))).flat());
          }),
        );
        found = [...lists[0]].filter((value) => lists.every((list) => list.has(value))).sort((a, b) => a - b);
      }
      return parts.describe(name, found.slice(0, limit));
    };

    // {value, id, names, count} of an identifier, or null. Filed values stand by count, then by identifier.
    const valueNamed = async (name, id) => {
      const { kind, values, size } = dimensions.get(name);
      if (kind === "listed") {
        const value = values.indexOf(id, 1);
        return value < 0 ? null : (await parts.describe(name, [value]))[0];
      }
      const [, grants] = (await parts.entry(`${name}=${id}`)) ?? [];
      let [from, to] = [1, grants ? size : 1];
      while (from < to) {
        const middle = (from + to) >> 1;
        const [one] = await parts.describe(name, [middle]);
        if (one.id === id) {
          return one;
        }
        one.count > grants || (one.count === grants && one.id < id) ? (from = middle + 1) : (to = middle);
      }
      return null;
    };

    const describe = (name, values) => parts.describe(name, values);
    return { meta, ask, rows, numberOf, search, valueNamed, values: describe };
  };
}
