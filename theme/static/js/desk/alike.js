// How alike two texts are: difflib.SequenceMatcher of Python, step by step, so that both propose the same word.
{
  const POPULAR = 200; // letters from which difflib leaves frequent ones out of account

  class SequenceMatcher {
    // `b` is analysed once and may be compared with many `a`. Both are texts, compared by code points.
    constructor(b) {
      this.b = [...b];
      this.places = new Map(); // letter -> where it stands in b
      this.b.forEach((letter, at) => {
        if (!this.places.has(letter)) {
          this.places.set(letter, []);
        }
        this.places.get(letter).push(at);
      });
      this.counts = new Map([...this.places].map(([letter, places]) => [letter, places.length]));
      if (this.b.length >= POPULAR) {
        const most = Math.floor(this.b.length / 100) + 1;
        for (const [letter, places] of this.places) {
          if (places.length > most) {
            this.places.delete(letter);
          }
        }
      }
    }

    setA(a) {
      this.a = [...a];
    }

    realQuickRatio() {
      return this.share(Math.min(this.a.length, this.b.length));
    }

    quickRatio() {
      const left = new Map();
      let matches = 0;
      for (const letter of this.a) {
        const count = left.get(letter) ?? this.counts.get(letter) ?? 0;
        left.set(letter, count - 1);
        if (count > 0) {
          matches += 1;
        }
      }
      return this.share(matches);
    }

    ratio() {
      let matches = 0;
      const waiting = [[0, this.a.length, 0, this.b.length]];
      while (waiting.length) {
        const [fromA, toA, fromB, toB] = waiting.pop();
        const [a, b, size] = this.longestMatch(fromA, toA, fromB, toB);
        if (size) {
          matches += size;
          if (fromA < a && fromB < b) {
            waiting.push([fromA, a, fromB, b]);
          }
          if (a + size < toA && b + size < toB) {
            waiting.push([a + size, toA, b + size, toB]);
          }
        }
      }
      return this.share(matches);
    }

    longestMatch(fromA, toA, fromB, toB) {
      let [bestA, bestB, best] = [fromA, fromB, 0];
      let lengths = new Map();
      for (let i = fromA; i < toA; i += 1) {
        const next = new Map();
        for (const j of this.places.get(this.a[i]) ?? []) {
          if (j < fromB) {
            continue;
          }
          if (j >= toB) {
            break;
          }
          const size = (lengths.get(j - 1) ?? 0) + 1;
          next.set(j, size);
          if (size > best) {
            [bestA, bestB, best] = [i - size + 1, j - size + 1, size];
          }
        }
        lengths = next;
      }
      while (bestA > fromA && bestB > fromB && this.a[bestA - 1] === this.b[bestB - 1]) {
        [bestA, bestB, best] = [bestA - 1, bestB - 1, best + 1];
      }
      while (bestA + best < toA && bestB + best < toB && this.a[bestA + best] === this.b[bestB + best]) {
        best += 1;
      }
      return [bestA, bestB, best];
    }

    share(matches) {
      const length = this.a.length + this.b.length;
      return length ? (2 * matches) / length : 1;
    }
  }

  desk.SequenceMatcher = SequenceMatcher;

  // difflib.get_close_matches(): the `n` likeliest of the possible ones, best first.
  desk.closeMatches = (word, possibilities, n = 3, cutoff = 0.6) => {
    const matcher = new SequenceMatcher(word);
    const found = [];
    for (const possibility of possibilities) {
      matcher.setA(possibility);
      if (matcher.realQuickRatio() >= cutoff && matcher.quickRatio() >= cutoff) {
        const ratio = matcher.ratio();
        if (ratio >= cutoff) {
          found.push([ratio, possibility]);
        }
      }
    }
    found.sort((one, other) => other[0] - one[0] || desk.order(other[1], one[1]));
    return found.slice(0, n).map(([, possibility]) => possibility);
  };
}
