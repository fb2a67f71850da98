// What must not stand in a text: data of persons, formulas, what cannot be shown; and texts that say nothing.
// See plugins/portal/checks/texts.py.
{
  const { say } = desk;
  const { columnOf, prose, versions, folded, error, warning } = desk.looks;
  const pattern = (name, more) => desk.pattern(desk.rules.checks[name], more);

  // An e-mail address, a phone number or the number of a person. The message does not repeat it: logs are public.
  desk.checks.personalData = function* (tables) {
    const codes = new Set(columnOf(tables, "places", "code").values());
    const longNumber = pattern("longNumber");
    for (const [record, column, text] of prose(tables)) {
      if (isSuspect(text, longNumber)) {
        for (const what of personal(text.replace(pattern("address", "g"), " "), codes)) {
          yield error(record, column, what, say("Remove it: the portal publishes nothing that leads to a person."));
        }
      }
    }
  };

  // A quick look, as most texts hold neither an @ nor nine digits in a row.
  const isSuspect = (text, longNumber) =>
    text.includes("@") ||
    (longNumber.test(text) && /\p{Nd}{9}/u.test(text.replace(pattern("dividers", "g"), "")));

  function* personal(text, codes) {
    if (pattern("email").test(text)) {
      yield say("The text contains an e-mail address.");
    }
    if (pattern("phone").test(text)) {
      yield say("The text contains what looks like a phone number.");
    }
    if ((text.match(pattern("personalNumber", "g")) ?? []).some((number) => !codes.has(number))) {
      yield say("The text contains a number of 14 digits, as persons have.");
    }
  }

  // A text that a spreadsheet would run instead of showing it.
  desk.checks.formulas = function* (tables) {
    const runs = new Set(desk.rules.checks.runs);
    for (const [record, column, text] of prose(tables)) {
      if (runs.has(text[0])) {
        const what = say("The text begins with “{sign}”, so a spreadsheet would run it as a formula.", { sign: text[0] });
        yield error(record, column, what, say("Begin it with a letter, a digit or a quotation mark."));
      }
    }
  };

  // A control character, which no page and no XML file can hold.
  desk.checks.unshowableCharacters = function* (tables) {
    const unshowable = pattern("unshowable");
    for (const { resource, records } of Object.values(tables)) {
      const columns = resource.fields.filter((field) => field.type === "string").map((field) => field.name);
      for (const record of records) {
        for (const column of columns) {
          const text = record.values[column];
          const found = text ? unshowable.exec(text) : null;
          if (found) {
            const code = `U+${found[0].codePointAt().toString(16).toUpperCase().padStart(4, "0")}`;
            const what = say("The text contains a character that cannot be shown, {code}.", { code });
            yield error(record, column, what, say("Delete it, or type the text again."));
          }
        }
      }
    }
  };

  // A text with blanks before or after it is taken for another text by programs.
  desk.checks.blanksAround = function* (tables) {
    for (const [record, column, text] of prose(tables)) {
      if (text.replace(/\n$/, "") !== desk.strip(text)) {
        yield warning(record, column, say("The text begins or ends with a blank."), say("Delete the blank."));
      }
    }
  };

  // A description that tells nothing new.
  desk.checks.descriptionsThatRepeatTheTitle = function* (tables) {
    for (const { resource, records } of Object.values(tables)) {
      const titles = versions(resource, "title");
      for (const column of versions(resource, "description")) {
        for (const record of records) {
          const length = desk.length(record.values[column] ?? "");
          const longest = Math.max(0, ...titles.map((title) => desk.length(record.values[title] ?? "")));
          if (length > 0 && length <= 2 * longest) {
            const words = folded(record, titles);
            if ([...folded(record, [column])].some((text) => words.has(text))) {
              const what = say("The description only repeats the title.");
              yield warning(record, column, what, say("Say what is done, for whom and where, or leave it empty."));
            }
          }
        }
      }
    }
  };
}
