// How the explorer looks at words. See plugins/portal/explorer/fold.py, which says why; a test compares both.
{
  const SHORTEST = 2; // letters of a word that is kept
  const STAYS = 3; // letters that are left of a word without its ending
  const SOUNDS = { sh: "ш", "s\u0327": "ш", "s\u030c": "ш", zh: "ж", "z\u030c": "ж", kh: "х", ch: "ч", "c\u0327": "ч", "c\u030c": "ч", ce: "це", ci: "ци", cy: "ци", ya: "я", yu: "ю", yo: "е", ye: "е", our: "ор" };
  const FROM = "abcdefghijklmnopqrstuvwxyzıёэщйыөүңіїєґқғәұһђјљњћџўъь";
  const TO = "абкдефгхижклмнопкрстуввхизиеешииоунииегкгауххилнхжу"; // ъ and ь have nothing
  const JOINED = { дж: "ж", шч: "ш", нг: "н", иа: "я", иу: "ю" };
  const LETTERS = { ц: "тс", ...Object.fromEntries([...FROM].map((letter, at) => [letter, TO[at] ?? ""])) };
  const SOUND = new RegExp(Object.keys(SOUNDS).join("|"), "g");
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const JOIN = new RegExp(Object.keys(JOINED).join("|"), "g");
  const WORDS = /[\p{L}\p{N}]+(?:['’ʼ`][\p{L}\p{N}]+)*/gu;
  const SIGNS = /[^\p{L}\p{N}]+/gu;
  const ACCENTS = /[\u0300-\u036f]/g;
  const LAST_J = /(?<=[aeiouy])j$/;
  const TWICE = /(\P{Nd})\1+/gu;

  const fold = (word) => {
    const plain = word.normalize("NFKD").toLowerCase().replace(LAST_J, "i").replace(SOUND, (found) => SOUNDS[found]).replace(SIGNS, "");
    const once = plain.replace(LETTER, (found) => LETTERS[found]).replace(TWICE, "$1");
    return once.replace(JOIN, (found) => JOINED[found]).replace(TWICE, "$1");
  };

  // The words of a text as they are written.
  const splitWords = (text) =>
    (text.normalize("NFC").replace(ACCENTS, "").match(WORDS) ?? []).filter((word) => [...word].length >= SHORTEST);

  const wordsOf = (text) => splitWords(text).map(fold).filter(Boolean);

  // A folded word without the longest known ending. endings: language -> folded endings. Numbers have none.
  const stem = (word, endings) => {
    const room = /\d/.test(word) ? 0 : word.length - STAYS;
    const fitting = Object.values(endings).flat().filter((ending) => ending.length <= room && word.endsWith(ending));
    return word.slice(0, word.length - Math.max(0, ...fitting.map((ending) => ending.length)));
  };

  Object.assign(explorer, { fold, splitWords, wordsOf, stem });
}
