// explorer.suggest(parts, typed, run): the words of the index that are nearest to one of which nothing is found.
{
  const { fold, stem, splitWords, words } = explorer;
  const FEW = 12; // files of keys that are all looked through
  const MOST = 3; // suggestions a word
  const SHORT = 5; // letters; a shorter word may have one letter wrong, another two

  // Letters to change, to add, to leave out or to swap with their neighbour; more than `most` counts as most + 1.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) {
      return most + 1;
    }
    let [before, last] = [[], [...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, next];
    }
    return last[b.length];
  };

  explorer.suggest = async (parts, typed, run) => {
    const { meta, shardsFrom, shard, totals } = parts;
    const word = fold(typed);
    const [first, second = ""] = word;
    const shards = meta.shards.length > FEW ? new Set([first + second, second + first].flatMap(shardsFrom)) : meta.shards.keys();
    const read = await Promise.all([...shards].slice(0, FEW).map((at) => run.soft(shard(at), new Map())));
    const known = new Map(); // word -> grants
    const add = (word, grants) => known.set(word, Math.max(grants, known.get(word) ?? 0));
    read.forEach((entries) => entries.forEach(([word, grants], key) => /[:=]/.test(key) || add(word, grants)));
    for (const dimension of meta.dimensions.filter(({ kind, labels = [] }) => kind === "listed" && labels.length)) {
      const grants = totals(dimension);
      dimension.labels.forEach((names, value) => names.flatMap(splitWords).forEach((word) => add(word.toLowerCase(), grants[value])));
    }
    const most = word.length < SHORT ? 1 : 2;
    const far = (other) => Math.min(distance(word, other, most), distance(stem(word, words.endings), stem(other, words.endings), most));
    const near = [...known].map(([other, grants]) => ({ word: other, grants, far: far(fold(other)) })).filter(({ far }) => far <= most);
    return near.sort((a, b) => a.far - b.far || b.grants - a.grants).slice(0, MOST).map(({ word }) => ({ typed, word }));
  };
}
