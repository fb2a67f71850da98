// Days, months and years that cannot be true together. See plugins/portal/checks/dates.py.
{
  const { say } = desk;
  const { records, cell, columnOf, span, days, error, warning } = desk.looks;
  const constants = () => desk.rules.checks;

  // A day that the calendar does not have, in a column that also takes months and years.
  desk.checks.impossibleDays = function* (tables) {
    for (const [record, column, text] of days(tables)) {
      if (span(text) === null) {
        const what = say("“{value}” is not a day of the calendar.", { value: text });
        yield error(record, column, what, say("Correct the day, or write only the month or the year."));
      }
    }
  };

  // A period whose last possible end lies before its first possible start.
  desk.checks.endsBeforeStarts = function* (tables) {
    for (const table of Object.values(tables)) {
      for (const [start, end] of constants().periods) {
        if (!table.resource.byName[start] || !table.resource.byName[end]) {
          continue;
        }
        for (const record of table.records) {
          const [begun, ended] = [span(cell(record, start)), span(cell(record, end))];
          if (begun && ended && ended[1] < begun[0]) {
            const values = { end: cell(record, end), start: cell(record, start), column: start };
            const what = say("{end} lies before {start}, “{column}”.", values);
            yield error(record, end, what, say("Correct the one that is wrong."));
          }
        }
      }
    }
  };

  // A decision, an agreement or a grant that the calendar has not reached.
  desk.checks.decisionsInTheFuture = function* (tables, today) {
    for (const [name, columns] of Object.entries(constants().decisions)) {
      for (const record of records(tables, name)) {
        for (const column of columns) {
          const decided = span(cell(record, column));
          if (decided && decided[0] > today) {
            const what = say("{value} has not come yet.", { value: cell(record, column) });
            yield error(record, column, what, say("Correct it, or leave the record out until the decision is made."));
          }
        }
      }
    }
  };

  // A grant in a year in which its program did not run.
  desk.checks.grantsOutsideTheirProgram = function* (tables) {
    const [first, last] = ["year_from", "year_to"].map((column) => columnOf(tables, "programs", column));
    for (const grant of records(tables, "grants")) {
      const [year, program] = [cell(grant, "year"), cell(grant, "program")];
      const [begun, ended] = [first.get(program), last.get(program)];
      if (year && ((begun && year < begun) || (ended && year > ended))) {
        const what = say("The grant is of {year}, but the program “{program}” runs from {first} to {last}.", {
          year,
          program,
          first: begun || "…",
          last: ended || "…",
        });
        yield warning(grant, "year", what, say("Correct the year, the program, or the years of the program."));
      }
    }
  };

  // A grant at a place that was founded later or had ended before the year of the grant.
  desk.checks.placesThatDidNotExist = function* (tables) {
    const [founded, ended] = ["valid_from", "valid_to"].map((column) => columnOf(tables, "places", column));
    const replaced = columnOf(tables, "places", "replaced_by");
    for (const grant of records(tables, "grants")) {
      const [place, year] = [cell(grant, "place"), span(cell(grant, "year"))];
      const [begun, over] = [founded.get(place), ended.get(place)];
      if (!year) {
        continue;
      }
      const then = say("Write the place to which it belonged in {year}.", { year: cell(grant, "year") });
      if (over && over < year[0]) {
        const successor = replaced.get(place);
        const fix = successor ? say("Write “{successor}”, of which it is part now.", { successor }) : then;
        yield error(grant, "place", say("The place “{place}” existed until {day} only.", { place, day: over }), fix);
      } else if (begun && begun > year[1]) {
        yield error(grant, "place", say("The place “{place}” exists since {day} only.", { place, day: begun }), then);
      }
    }
  };
}
