// A file of any kind -> workbook, or a sentence. What it is, is told by its content and never by its name.
// See plugins/portal/desk/read_file.py.
{
  const { say } = desk;
  const ZIP = [
    [0x50, 0x4b, 3, 4],
    [0x50, 0x4b, 5, 6],
  ];
  const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]; // Microsoft's programs before 2007, and locked files since
  const LOCKED = [..."EncryptedPackage"].flatMap((sign) => [sign.charCodeAt(), 0]);
  const UTF_16 = [
    [0xff, 0xfe],
    [0xfe, 0xff],
  ];
  const MARKS = new Set([0xef, 0xbb, 0xbf, 0x20, 9, 10, 13]); // before the first word
  const NO_TEXT = /[\x01-\x08\x0e-\x19\x1b-\x1e]/g; // beside NUL, which UTF-16 is full of

  const latin1 = (bytes) => Array.from(bytes, (octet) => String.fromCharCode(octet)).join("");

  const includes = (bytes, part) => {
    for (let at = bytes.indexOf(part[0]); at >= 0; at = bytes.indexOf(part[0], at + 1)) {
      if (part.every((octet, place) => bytes[at + place] === octet)) {
        return true;
      }
    }
    return false;
  };

  // Reads a spreadsheet that is in memory. Throws InputError when it cannot be read, with what to do about it.
  desk.readBytes = async (file, bytes) => {
    if (bytes.every((octet) => MARKS.has(octet))) {
      throw new desk.InputError(say("{file} is empty. Choose the file with the table.", { file }));
    }
    if (ZIP.some((start) => desk.startsWith(bytes, start))) {
      try {
        return await readPacked(file, bytes);
      } catch (fault) {
        if (fault instanceof desk.Broken) {
          throw new desk.InputError(
            say("{file} is damaged. Open it in your program, save it again, or fetch it again.", { file }),
          );
        }
        throw fault;
      }
    }
    if (desk.startsWith(bytes, OLE)) {
      throw includes(bytes, LOCKED) ? desk.needsPassword(file) : otherForm(file, ".xls");
    }
    const other = otherKind(file, bytes);
    if (other) {
      throw other;
    }
    return desk.readCsv(file, bytes);
  };

  const readPacked = (file, bytes) => {
    const parts = new Set(desk.contentsOf(bytes).map((entry) => entry.name.replaceAll("\\", "/").toLowerCase()));
    const folders = new Set([...parts].map((part) => part.split("/")[0]));
    if (parts.has("xl/workbook.bin")) {
      throw otherForm(file, ".xlsb");
    }
    if ([...parts].some((part) => part.endsWith(".iwa") || part === "index.zip")) {
      throw otherForm(file, ".numbers");
    }
    if (folders.has("word") || folders.has("ppt")) {
      throw new desk.InputError(
        say("{file} is a text document or a presentation. Copy the table into a spreadsheet.", { file }),
      );
    }
    if (parts.has("[content_types].xml")) {
      return desk.readXlsx(file, bytes);
    }
    if (parts.has("content.xml") || parts.has("mimetype")) {
      throw otherForm(file, ".ods"); // which the import at the command line reads
    }
    throw new desk.InputError(say("{file} is an archive. Unpack it and choose the spreadsheet inside.", { file }));
  };

  const otherForm = (file, form) =>
    new desk.InputError(say("{file} has the form {form}. Open it in your program and save it as .xlsx.", { file, form }));

  // The error of a file that is no table of text; null when it may be one.
  const otherKind = (file, bytes) => {
    const looked = latin1(bytes.subarray(0, desk.constants("read_file").LOOKED_AT));
    const start = looked.replace(/^[\xef\xbb\xbf \t\r\n]+/, "");
    for (const kind of desk.rules.otherKinds) {
      if (desk.atStart(kind.start).test(start)) {
        return new desk.InputError(say(kind.template, { ...kind.values, file }));
      }
    }
    const strange = (looked.match(NO_TEXT) ?? []).length;
    const isMarked = UTF_16.some((mark) => desk.startsWith(bytes, mark));
    if (strange > looked.length * 0.05 && !isMarked && desk.utf16(bytes) === null) {
      return new desk.InputError(say("{file} is no spreadsheet. Choose a file in XLSX, ODS or CSV.", { file }));
    }
    return null;
  };
}
