// The zip that an XLSX file is; xml.js reads the parts in it. See plugins/portal/desk/packed.py.
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
  desk.unpacked = async function* (entry) {
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
  };

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

  // The name of a part that another part points at: sheets/1.xml in xl/workbook.xml -> xl/sheets/1.xml.
  desk.resolve = (base, target) => {
    const steps = target.startsWith("/") ? [] : base.split("/").slice(0, -1);
    for (const step of target.split("/")) {
      step === ".." ? steps.pop() : step && step !== "." && steps.push(step);
    }
    return steps.join("/");
  };
}
