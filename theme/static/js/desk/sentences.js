// Errors of a schema -> sentences for the person who keeps the spreadsheet. See plugins/portal/sentences.py.
{
  const { say } = desk;

  // The value as it was written, shortened so that a message stays a sentence.
  desk.shown = (value) => {
    const text = desk.split(String(value)).join(" ");
    const most = desk.constants("sentences").SHOWN;
    return desk.length(text) <= most ? text : `${[...text].slice(0, most - 1).join("")}…`;
  };

  // The errors of a row without those that only follow from others.
  desk.telling = (errors) => {
    const empty = errors.some((error) => error.type === "constraint-error");
    return errors.filter((error) => !(error.type === "primary-key" && empty && error.first === null));
  };

  // An error of a row -> what is wrong, how to mend it, and the column. `rows` are all of the table.
  desk.explain = (error, resource, row, rows) => {
    const { field } = error;
    let [what, fix] = [null, null];
    if (error.type === "type-error") {
      [what, fix] = wrongType(error.cell, field);
    } else if (error.type === "constraint-error") {
      [what, fix] = brokenConstraint(error.cell, field, error.constraint, field.name === resource.primaryKey);
    } else {
      [what, fix] = repeatedKey(row.cells[resource.fieldNames.indexOf(resource.primaryKey)], error.first, rows);
    }
    return { what, fix, file: row.file, line: row.line, column: field.name, level: "error" };
  };

  const wrongType = (cell, field) => {
    const value = desk.shown(cell);
    const digits = asNumber(String(cell));
    if (field.type === "integer") {
      const fix =
        digits && !digits.includes(".")
          ? say("Write {digits}: digits only, no spaces or units.", { digits })
          : say("Write digits only, such as 120, or leave the cell empty.");
      return [say("“{value}” is not a whole number.", { value }), fix];
    }
    if (field.type === "number") {
      const fix = digits
        ? say("Write {digits}: digits only, a full stop before decimals, no spaces or units.", { digits })
        : say("Write digits and a full stop, such as 1950000.50, or leave the cell empty.");
      return [say("“{value}” is not a number.", { value }), fix];
    }
    if (field.type === "date") {
      return [say("“{value}” is not a day of the calendar.", { value }), dateFix(cell)];
    }
    if (field.type === "boolean") {
      const what = say("“{value}” is neither true nor false.", { value });
      return [what, say("Write true or false, or leave the cell empty.")];
    }
    if (field.type === "list") {
      const what = say("“{value}” is not a list.", { value });
      return [what, say("Write the items one after the other; in CSV put a semicolon between them.")];
    }
    if (isAddress(field)) {
      return noAddress(value);
    }
    const what = say("“{value}” is read as a number or a day, but text is expected.", { value });
    return [what, say("Put the value in quotation marks.")];
  };

  const NO_DIGIT = new RegExp(`${desk.BLANK}|'`, "gu");

  // 1 950 000,50 -> 1950000.50; null when it is no number for a person either.
  const asNumber = (text) => {
    let bare = text.replace(NO_DIGIT, "");
    if (/^-?\p{Nd}{1,3}(,\p{Nd}{3})+(\.\p{Nd}+)?$/u.test(bare)) {
      bare = bare.replaceAll(",", "");
    }
    bare = bare.replaceAll(",", ".");
    return /^-?\p{Nd}+(\.\p{Nd}+)?$/u.test(bare) ? bare : null;
  };
  desk.asNumber = asNumber;

  // Offers the day in the form that is asked for, when it can be read without doubt.
  const dateFix = (text) => {
    const parts = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(desk.strip(text));
    const day = parts && desk.isoDay(...[parts[3], parts[2], parts[1]].map(Number));
    return day
      ? say("Write {day}: year, month, day.", { day })
      : say("Write year, month and day, such as 2019-11-05.");
  };
  desk.dateFix = dateFix;

  const brokenConstraint = (cell, field, name, isKey) => {
    const limit = field.constraints[name];
    const value = desk.shown(cell);
    if (name === "required") {
      return [say("The cell is empty, but the table needs a value here."), say("Fill it in.")];
    }
    if (name === "minimum" || name === "maximum") {
      const what =
        name === "minimum"
          ? say("{value} is less than {limit}.", { value, limit })
          : say("{value} is more than {limit}.", { value, limit });
      return [what, say("Correct the value.")];
    }
    if (field.partialDate) {
      return [say("“{value}” is not a day, month or year.", { value }), dateFix(cell)];
    }
    if (isAddress(field)) {
      return noAddress(value);
    }
    if (name === "pattern" && isKey) {
      const what = say("“{value}” cannot be an identifier.", { value });
      return [what, say("Use Latin letters, digits, hyphens and full stops only; it becomes part of an address.")];
    }
    const what = say("“{value}” does not have the form that the column asks for.", { value });
    return [what, say("Compare it with another row, or with the description of the column.")];
  };

  const isAddress = (field) => String(field.constraints.pattern ?? "").startsWith("https?");

  const noAddress = (value) => [
    say("“{value}” is not a web address.", { value }),
    say("Write the whole address, beginning with https://."),
  ];

  // What to say of a reference to a record that does not exist. `known` are the identifiers that do.
  desk.dangling = (value, target, known) => {
    const { SEARCHED, LISTED } = desk.constants("sentences");
    const likely = known.length <= SEARCHED ? desk.closeMatches(value, known, 1) : [];
    const table = target.paths.length === 1 ? target.paths[0] : target.name;
    const what = target.isCodelist
      ? say("“{value}” is not in the list of allowed values, {table}.", { value: desk.shown(value), table })
      : say("“{value}” points at a record that does not exist in {table}.", { value: desk.shown(value), table });
    if (likely.length) {
      return [what, say("Did you mean “{likely}”?", { likely: likely[0] })];
    }
    if (target.isCodelist && known.length <= LISTED) {
      return [what, say("Allowed values: {values}.", { values: known.join(", ") })];
    }
    return [what, say("Add the record there, or correct the value here.")];
  };

  const repeatedKey = (value, first, rows) => {
    if (first === null) {
      return [say("The record has no identifier."), say("Fill it in.")];
    }
    const other = rows[first];
    const what = say("The identifier “{value}” is already used in {file}, line {line}.", {
      value: desk.shown(value),
      file: other.file,
      line: other.line,
    });
    return [what, say("Give one of the two records another identifier, or delete the one that is there twice.")];
  };
}
