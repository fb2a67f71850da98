// The desk in the browser: words. Folding, blanks and likeness as Python has them, and sentences in the reader's language.
// Each file of this folder adds functions to `desk`, with the name and the meaning of the one in Python; page.js shows them.
globalThis.desk = globalThis.desk || {};
{
  // A pattern of Python stands in rules.js as JavaScript with its flags, see plugins/portal/desk/regex.py. Made once.
  const patterns = new WeakMap(); // source and flags -> what was made of them
  const made = (given, form, make) => {
    let forms = patterns.get(given);
    if (!forms) {
      forms = {};
      patterns.set(given, forms);
    }
    forms[form] ??= make(given);
    return forms[form];
  };
  desk.pattern = (given, more = "") => made(given, more, ([source, flags]) => new RegExp(source, flags + more));
  // The same at the beginning of a text only, as match() asks.
  desk.atStart = (given) => made(given, "start", ([source, flags]) => new RegExp(`^(?:${source})`, flags));
  // The groups of a text that matches wholly, as fullmatch() asks, or null.
  desk.fullMatch = (given, text) =>
    made(given, "whole", ([source, flags]) => new RegExp(`^(?:${source})$`, flags)).exec(text);

  // Constants of the module of that name in plugins/portal/desk/.
  desk.constants = (module) => desk.rules.constants[module];

  // What Python's str.isspace() says yes to; \s of JavaScript holds U+FEFF as well and lacks six others.
  const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  desk.BLANK = BLANK;
  const BLANKS = new RegExp(`${BLANK}+`, "u");
  const LEADING = new RegExp(`^${BLANK}+`, "u");
  const TRAILING = new RegExp(`${BLANK}+$`, "u");
  const FEW = /^[\x21-\x7e\u0400-\u04ff](?:.*[\x21-\x7e\u0400-\u04ff])?$/s; // most cells need no second look

  desk.strip = (text) => (FEW.test(text) || !text ? text : text.replace(LEADING, "").replace(TRAILING, ""));

  // str.split() without arguments.
  desk.split = (text) => {
    const bare = desk.strip(text);
    return bare ? bare.split(BLANKS) : [];
  };

  const ACCENTS = /[\u0300-\u036f]+/g;
  const NO_WORD = /[^\p{L}\p{N}]+/gu; // the underscore too
  const ASCII = /^[\0-\x7f]*$/;
  const PLAIN = /^[\0-\x7f\u0400-\u04ff]*$/; // letters whose small form is also their folded one

  desk.casefold = (text) => {
    if (PLAIN.test(text)) {
      return text.toLowerCase();
    }
    return Array.from(text, (letter) => desk.CASEFOLD?.[letter] ?? letter.toLowerCase()).join("");
  };

  // checks/words.py: the words alone, without case, accents, quotation marks, punctuation or repeated blanks.
  const known = new Map();
  desk.fold = (text) => {
    let found = known.get(text);
    if (found === undefined) {
      const bare = ASCII.test(text) ? text : text.normalize("NFKD").replace(ACCENTS, "");
      found = desk.casefold(bare).replace(NO_WORD, " ").trim();
      if (known.size > 50_000) {
        known.clear(); // a page may check many files
      }
      known.set(text, found);
    }
    return found;
  };

  const HALF = /[\ud800-\udfff]/;
  // Python orders texts by code point, JavaScript by half of one: beyond U+FFFF they differ.
  desk.order = (one, other) => {
    if (one === other || !(HALF.test(one) || HALF.test(other))) {
      return one < other ? -1 : Number(one > other);
    }
    const [left, right] = [[...one], [...other]];
    for (let at = 0; at < left.length && at < right.length; at += 1) {
      if (left[at] !== right[at]) {
        return left[at].codePointAt() - right[at].codePointAt();
      }
    }
    return left.length - right.length;
  };

  desk.length = (text) => (HALF.test(text) ? [...text].length : text.length);

  // A sentence as Python's errors.say() makes it: an English template and the values in it.
  const say = (template, values = {}) => ({ template, values });
  desk.say = say;

  const ESCAPES = /\{\{|\}\}|\{(\w+)\}/g;
  // The words of a sentence in the language of `translations`, English template -> template; without them in English.
  desk.told = (message, translations) =>
    (translations?.[message.template] ?? message.template).replace(ESCAPES, (found, name) => {
      if (!name) {
        return found[0];
      }
      const value = message.values[name];
      return typeof value === "object" && value?.template !== undefined ? desk.told(value, translations) : String(value);
    });

  // 0 -> A, 25 -> Z, 26 -> AA: as the program shows it.
  desk.columnLetter = (column) => {
    let letters = "";
    for (let number = column + 1; number; number = Math.floor((number - 1) / 26)) {
      letters = String.fromCharCode(65 + ((number - 1) % 26)) + letters;
    }
    return letters;
  };
}
