// SHA-256 of octets or of a text in UTF-8, at once: the browser's own answers later, and not at all on a page without https.
{
  const firstBits = (number) => Math.floor((number - Math.floor(number)) * 2 ** 32);
  const primes = [];
  for (let number = 2; primes.length < 64; number += 1) {
    if (primes.every((prime) => number % prime)) {
      primes.push(number);
    }
  }
  const START = primes.slice(0, 8).map((prime) => firstBits(Math.sqrt(prime)));
  const STEPS = primes.map((prime) => firstBits(Math.cbrt(prime)));

  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  const encoder = new TextEncoder();

  desk.sha256 = (content) => {
    const octets = typeof content === "string" ? encoder.encode(content) : content;
    const padded = new Uint8Array(Math.ceil((octets.length + 9) / 64) * 64);
    padded.set(octets);
    padded[octets.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, octets.length * 8); // of 500 MB at most
    const state = [...START];
    const words = new Int32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let at = 0; at < 16; at += 1) {
        words[at] = view.getInt32(block + at * 4);
      }
      for (let at = 16; at < 64; at += 1) {
        const early = words[at - 15];
        const late = words[at - 2];
        const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
        const two = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
        words[at] = words[at - 16] + one + words[at - 7] + two;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 64; at += 1) {
        const chosen = (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g));
        const first = (h + chosen + STEPS[at] + words[at]) | 0;
        const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g; // eight at once through an array would take three times as long
        g = f;
        f = e;
        e = (d + first) | 0;
        d = c;
        c = b;
        b = a;
        a = (first + second) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((word, at) => {
        state[at] = (state[at] + word) | 0;
      });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };
}
