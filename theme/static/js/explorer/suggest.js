// explorer.suggest(parts, typed, run): the words of the index that are nearest to one of which nothing is found.
{
  const { fold, splitWords } = explorer;
  const FEW = 12; // files of keys that are all looked through
  const MOST = 3; // suggestions
  const SHORT = 5; // letters; a shorter word may have one letter wrong, another two

  // Letters to change, to add, to leave out or to swap with a neighbour.
  const distance = (a, b) => {
    let [before, last] = [[], [...Array(b.length + 1).keys()]];
    [...a].forEach((letter, i) => {
      const next = [i + 1];
      [...b].forEach((other, j) => {
        const isSwapped = letter === b[j - 1] && other === a[i - 1];
        next.push(Math.min(last[j + 1] + 1, next[j] + 1, last[j] + (letter !== other), isSwapped ? before[j - 1] + 1 : Infinity));
      });
      [before, last] = [last, next];
    });
    return last.at(-1);
  };

  explorer.suggest = async (parts, typed, run) => {
    const { meta, shardsFrom, shard, totals } = parts;
    const word = fold(typed);
    const [first, second = ""] = word;
    const shards = meta.shards.length > FEW ? new Set([first + second, second + first].flatMap(shardsFrom)) : meta.shards.keys();
    const read = await Promise.all([...shards].slice(0, FEW).map((at) => run.soft(shard(at), new Map())));
    const known = read.flatMap((entries) => [...entries].flatMap(([key, [other, grants]]) => (/[:=]/.test(key) ? [] : [[other, grants]])));
    for (const dimension of meta.dimensions) {
      const grants = dimension.labels && totals(dimension);
      dimension.labels?.forEach((names, value) => known.push(...names.flatMap(splitWords).map((other) => [other.toLowerCase(), grants[value]])));
    }
    const most = word.length < SHORT ? 1 : 2;
    const near = known.flatMap(([other, grants]) => {
      const folded = fold(other);
      const far = Math.min(...[Infinity, meta.cut].map((end) => distance(word.slice(0, end), folded.slice(0, end))));
      return far > most ? [] : [{ other, grants, far }];
    });
    near.sort((a, b) => a.far - b.far || b.grants - a.grants);
    return [...new Set(near.map(({ other }) => other))].slice(0, MOST).map((other) => ({ typed, word: other }));
  };
}
