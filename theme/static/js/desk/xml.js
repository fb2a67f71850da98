// The XML of a part of a workbook, read in pieces. See plugins/portal/desk/packed.py; packed.js says why no library does it.
{
  const MOST_TOKEN = 10_000_000; // letters of one tag or text
  const MOST_DEPTH = 256;

  const broken = (reason) => {
    throw new desk.Broken(reason);
  };

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
    for await (const piece of desk.unpacked(entry ?? broken("missing part"))) {
      decoder ??= decoderOf(piece);
      scanner.read(decoded(piece, { stream: true }), false);
    }
    scanner.read(decoder ? decoded() : "", true);
  };
}
