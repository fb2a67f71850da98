// Octets -> text, whatever the program called the letters. See plugins/portal/desk/letters.py.
{
  const { say } = desk;
  const OLD_SETS = ["windows-1252", "windows-1251", "koi8-r", "ibm866"]; // the first wins when nothing speaks for another
  const UNUSED = { "windows-1252": /[\x81\x8d\x8f\x90\x9d]/g, "windows-1251": /\x98/g }; // a browser lets them pass
  const MARKS = [
    [[0xef, 0xbb, 0xbf], "utf-8"],
    [[0xff, 0xfe], "utf-16le"],
    [[0xfe, 0xff], "utf-16be"],
  ];
  const LOST = "\ufffd"; // in place of what is no letter

  desk.startsWith = (bytes, start) => start.every((octet, at) => bytes[at] === octet);

  const decoded = (bytes, letters) => {
    const text = new TextDecoder(letters, { ignoreBOM: true }).decode(bytes);
    return UNUSED[letters] ? text.replace(UNUSED[letters], LOST) : text;
  };

  // The text of a file without its byte order mark. Throws InputError when it cannot be told or is damaged.
  desk.decode = (file, bytes) => {
    const marked = MARKS.find(([mark]) => desk.startsWith(bytes, mark));
    if (marked) {
      return certain(file, bytes.subarray(marked[0].length), marked[1]);
    }
    if (bytes.includes(0)) {
      return certain(file, bytes, desk.utf16(bytes) ?? "utf-8");
    }
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      const text = decoded(bytes, "utf-8");
      if (isMostlyUtf8(text)) {
        throw garbled(file, text.slice(0, text.indexOf(LOST)));
      }
    }
    const sample = bytes.subarray(0, desk.constants("letters").SAMPLE);
    const likely = OLD_SETS.map((letters) => [likeness(decoded(sample, letters)), letters]);
    return certain(file, bytes, likely.reduce((best, one) => (one[0] > best[0] ? one : best))[1]);
  };

  // Number of the line in which a sign stands; 1 is the first.
  desk.lineOf = (text, place) => (text.slice(0, place).match(desk.lineEnds(text)) ?? []).length + 1;

  // What ends the lines: a lone carriage return does where it is the rule, and else is a sign like any other.
  desk.lineEnds = (text) => {
    const pairs = (text.match(/\r\n/g) ?? []).length;
    const returns = (text.match(/\r/g) ?? []).length - pairs;
    return returns > (text.match(/\n/g) ?? []).length ? /\r\n|\r|\n/g : /\r\n|\n/g;
  };

  const certain = (file, bytes, letters) => {
    const text = decoded(bytes, letters);
    try {
      if (UNUSED[letters] && text.includes(LOST)) {
        throw new TypeError("unused octet");
      }
      new TextDecoder(letters, { fatal: true }).decode(bytes);
    } catch {
      throw garbled(file, text.slice(0, text.indexOf(LOST)));
    }
    const nothing = text.indexOf("\0");
    if (nothing >= 0) {
      throw new desk.InputError(
        say(
          "Line {line} of {file} holds the sign NUL, which no text has: the file is damaged. Save the table again from the program in which you keep it.",
          { line: desk.lineOf(text, nothing), file },
        ),
      );
    }
    return text;
  };

  const garbled = (file, before) =>
    new desk.InputError(
      say(
        "Line {line} of {file} holds letters that cannot be made out. Correct them and save it as “CSV UTF-8”.",
        { line: desk.lineOf(before, before.length), file },
      ),
    );

  // UTF-16 without a mark: nearly every second octet belongs to a few pages of the alphabet.
  desk.utf16 = (bytes) => {
    const { HIGH, SAMPLE } = desk.constants("letters");
    const sample = bytes.subarray(0, SAMPLE);
    for (const [letters, first] of [
      ["utf-16le", 1],
      ["utf-16be", 0],
    ]) {
      const pages = sample.filter((_, at) => at % 2 === first);
      if (bytes.length % 2 === 0 && pages.filter((page) => HIGH.includes(page)).length > 0.9 * pages.length) {
        return letters;
      }
    }
    return null;
  };

  // Whether only a few letters are broken: text of another set hardly ever passes for UTF-8 by chance.
  const isMostlyUtf8 = (text) => {
    const lost = text.split(LOST).length - 1;
    const beyond = (text.match(/[^\0-\x7f]/gu) ?? []).length;
    return beyond - lost > 4 * lost;
  };

  // How much the words with letters beyond ASCII look like words.
  const likeness = (text) => {
    const strange = [...new Set(text)].filter((sign) => !"\t\r\n\x0c\x1a".includes(sign) && STRANGE.test(sign));
    const words = (text.match(desk.pattern(desk.constants("letters").WORD, "g")) ?? []).filter((word) => BEYOND.test(word));
    return words.reduce((sum, word) => sum + wordLikeness(word), -3 * strange.length);
  };
  const STRANGE = /[\p{Cc}\p{Co}\p{Cn}\p{So}]/u; // in no word: box drawing, controls
  const BEYOND = /[^\0-\x7f]/;

  const wordLikeness = (word) => {
    const { COMMON, RARE } = desk.constants("letters");
    const signs = [...word];
    const beyond = signs.filter((sign) => sign > "\x7f").length;
    const cyrillic = signs.filter((sign) => sign >= "\u0400" && sign <= "\u04ff").length;
    if (!cyrillic) {
      return 2 * beyond <= signs.length ? beyond : -beyond; // Latin: accents are few in a word
    }
    if (cyrillic < signs.length) {
      return -2 * signs.length;
    }
    const [rest, lower] = [signs.slice(1).join(""), word.toLowerCase()];
    const isUpper = word === word.toUpperCase() && word !== lower;
    if (rest !== rest.toLowerCase() && !isUpper) {
      return -signs.length;
    }
    const count = (letters) => [...lower].filter((sign) => letters.includes(sign)).length;
    return Math.floor(signs.length / 2) + count(COMMON) - 2 * count(RARE);
  };
}
