// The zip that an XLSX file is, and the XML in it. See plugins/portal/desk/packed.py.
//
// No library: the browser unpacks by itself (DecompressionStream; Chromium 103, Firefox 113, Safari 16.4), the table of
// contents of a zip is 20 lines of code, and a reader of XML that knows no document type cannot be made to expand
// entities. fflate (MIT, 0.8.3) would be 33 KB to keep up to date; SheetJS stands in npm with known holes (0.18.5);
// ExcelJS has 900 KB. A part is read in pieces and forgotten as it is read; no tree of it is built.
{
  const { say } = desk;
  const END_OF_CONTENTS = 0x06054b50;
  const ENTRY = 0x02014b50;
  const STORED = 0;
  const DEFLATED = 8;
  const ENCRYPTED = 1; // flag of an entry
  const MOST_COMMENT = 65_535;
  const MOST_TOKEN = 10_000_000; // letters of one tag or text
  const MOST_DEPTH = 256;

  const broken = (reason) => {
    throw new desk.Broken(reason);
  };

  desk.needsPassword = (file) =>
    new desk.InputError(
      say("{file} is locked with a password. Open it in your program, take the password off and save it.", { file }),
    );

  // The entries of a zip: name -> where it stands. Throws InputError when its size is not bearable or it is locked.
  desk.openPacked = (file, bytes) => {
    const entries = desk.contentsOf(bytes);
    const most = desk.constants("grid").MOST_OCTETS;
    if (entries.reduce((sum, entry) => sum + entry.size, 0) > most) {
      throw new desk.InputError(
        say("{file} takes more than {most} MB when it is unpacked. Delete pictures and old sheets, or divide it.", {
          file,
          most: Math.floor(most / 1_000_000),
        }),
      );
    }
    if (entries.some((entry) => entry.flags & ENCRYPTED)) {
      throw desk.needsPassword(file);
    }
    return new Map(entries.map((entry) => [entry.name.replaceAll("\\", "/").toLowerCase(), entry]));
  };

  // The table of contents, which stands at the end.
  desk.contentsOf = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== END_OF_CONTENTS) {
      end -= 1;
      if (end < bytes.length - 22 - MOST_COMMENT) {
        broken("no table of contents");
      }
    }
    if (end < 0) {
      broken("no table of contents");
    }
    const size = view.getUint32(end + 12, true);
    const before = end - size - view.getUint32(end + 16, true); // octets before the zip itself
    const entries = [];
    let at = end - size;
    while (at < end) {
      if (at < 0 || at + 46 > end || view.getUint32(at, true) !== ENTRY) {
        broken("table of contents");
      }
      const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        checksum: view.getUint32(at + 16, true),
        packedSize: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        start: before + view.getUint32(at + 42, true),
        bytes,
      });
      at += 46 + name + extra + comment;
    }
    return entries;
  };

  const TABLE = Int32Array.from({ length: 256 }, (_, octet) => {
    let sum = octet;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    return sum;
  });

  const checksum = (sum, octets) => {
    for (let at = 0; at < octets.length; at += 1) {
      sum = (sum >>> 8) ^ TABLE[(sum ^ octets[at]) & 255];
    }
    return sum;
  };

  // The octets of an entry, in pieces. More than it declares is never unpacked.
  async function* unpacked(entry) {
    const view = new DataView(entry.bytes.buffer, entry.bytes.byteOffset, entry.bytes.byteLength);
    if (entry.start < 0 || entry.start + 30 > entry.bytes.length) {
      broken("place of an entry");
    }
    const start = entry.start + 30 + view.getUint16(entry.start + 26, true) + view.getUint16(entry.start + 28, true);
    const packed = entry.bytes.subarray(start, start + entry.packedSize);
    if (packed.length !== entry.packedSize || (entry.method !== STORED && entry.method !== DEFLATED)) {
      broken("size or way of packing");
    }
    let [left, sum] = [entry.size, -1];
    for await (const piece of entry.method === STORED ? [packed] : inflated(packed)) {
      left -= piece.length;
      if (left < 0) {
        broken("larger than it says");
      }
      sum = checksum(sum, piece);
      yield piece;
    }
    if (left !== 0 || ~sum >>> 0 !== entry.checksum) {
      broken("checksum");
    }
  }

  async function* inflated(packed) {
    if (!globalThis.DecompressionStream) {
      throw new desk.InputError(
        say("This browser is too old to open a workbook. Save the table as CSV and choose that, or use another browser."),
      );
    }
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read().catch(() => broken("packed octets"));
        if (done) {
          return;
        }
        yield value;
      }
    } finally {
      reader.cancel().catch(() => {}); // what is left of a bomb is not unpacked
    }
  }

  const NAME = `[^\\s<>/=!?"'&]+`;
  const START = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, "y");
  const END = new RegExp(`</(${NAME})\\s*>`, "y");
  const ASIDE = /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>/y;
  const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
  const ENTITY = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g;
  const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

  const local = (name) => name.slice(name.indexOf(":") + 1);

  const entity = (_, hexadecimal, decimal, name) => {
    const code = hexadecimal ? parseInt(hexadecimal, 16) : Number(decimal);
    if (hexadecimal || decimal) {
      const isLetter = code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
      const letter = isLetter ? String.fromCodePoint(code) : "\0";
      return FORBIDDEN.test(letter) ? broken("number of a letter") : letter;
    }
    return ENTITIES[name] ?? broken("unknown entity");
  };

  const words = (text) => {
    const ended = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
    return ended.includes("&") ? ended.replace(ENTITY, entity) : ended;
  };

  // Attributes without their namespaces.
  const attributes = (text) => {
    const found = {};
    for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
      if (!name.startsWith("xmlns")) {
        found[local(name)] = words((double ?? single).replace(/[\t\r\n]/g, " "));
      }
    }
    return found;
  };

  // Reads XML that arrives in pieces of text, and calls start(name, attributes), end(name) and text(words).
  class Scanner {
    constructor(handler) {
      this.handler = handler;
      this.rest = "";
      this.open = [];
      this.isBegun = false;
    }

    read(piece, isLast) {
      this.rest += piece;
      if (FORBIDDEN.test(piece) || this.rest.length > MOST_TOKEN + piece.length) {
        broken("letters of XML");
      }
      let at = 0;
      while (at < this.rest.length) {
        const next = this.rest[at] === "<" ? this.tag(at) : this.between(at, isLast);
        if (next < 0) {
          break;
        }
        at = next;
      }
      this.rest = this.rest.slice(at);
      if (isLast && (this.rest || this.open.length || !this.isBegun)) {
        broken("end of XML");
      }
    }

    // Returns where it ends; -1 when the end has not arrived.
    between(at, isLast) {
      const next = this.rest.indexOf("<", at);
      if (next < 0 && !isLast) {
        return -1;
      }
      const end = next < 0 ? this.rest.length : next;
      this.heard(words(this.rest.slice(at, end)));
      return end;
    }

    heard(text) {
      if (this.open.length) {
        this.handler.text(text);
      } else if (text.trim()) {
        broken("text outside the root");
      }
    }

    tag(at) {
      const sign = this.rest[at + 1];
      const pattern = sign === "/" ? END : sign === "?" || sign === "!" ? ASIDE : START;
      pattern.lastIndex = at;
      const found = pattern.exec(this.rest);
      if (!found) {
        return /^<!D/.test(this.rest.slice(at, at + 3)) ? broken("document type declaration") : -1;
      }
      if (pattern === START) {
        this.start(found);
      } else if (pattern === END) {
        if (this.open.pop() !== found[1]) {
          broken("end tag");
        }
        this.handler.end(local(found[1]));
      } else if (found[1] !== undefined) {
        this.heard(found[1].replace(/\r\n?/g, "\n"));
      }
      return pattern.lastIndex;
    }

    start([, name, inner, isEmpty]) {
      if ((this.isBegun && !this.open.length) || this.open.length >= MOST_DEPTH) {
        broken("roots or depth");
      }
      this.isBegun = true;
      this.handler.start(local(name), inner ? attributes(inner) : {});
      isEmpty ? this.handler.end(local(name)) : this.open.push(name);
    }
  }

  const decoderOf = (piece) => {
    const [first, second] = piece;
    const isLittle = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
    const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
    const declared = /^[^>]*encoding\s*=\s*["']([\w.-]+)/.exec(String.fromCharCode(...piece.subarray(0, 200)));
    const letters = isLittle ? "utf-16le" : isBig ? "utf-16be" : (declared?.[1] ?? "utf-8");
    try {
      return new TextDecoder(letters, { fatal: true });
    } catch {
      return broken("unknown letters");
    }
  };

  // Walks through an XML part. `handler` has start(), end() and text(), each where it is needed.
  desk.walk = async (entry, handler) => {
    const scanner = new Scanner({ start: () => {}, end: () => {}, text: () => {}, ...handler });
    let decoder = null;
    const decoded = (piece, options) => {
      try {
        return decoder.decode(piece, options);
      } catch {
        return broken("letters");
      }
    };
    for await (const piece of unpacked(entry ?? broken("missing part"))) {
      decoder ??= decoderOf(piece);
      scanner.read(decoded(piece, { stream: true }), false);
    }
    scanner.read(decoder ? decoded() : "", true);
  };

  // The name of a part that another part points at: sheets/1.xml in xl/workbook.xml -> xl/sheets/1.xml.
  desk.resolve = (base, target) => {
    const steps = target.startsWith("/") ? [] : base.split("/").slice(0, -1);
    for (const step of target.split("/")) {
      step === ".." ? steps.pop() : step && step !== "." && steps.push(step);
    }
    return steps.join("/");
  };
}
