// Amounts that cannot be true, alone or together. See plugins/portal/checks/money.py.
{
  const { say } = desk;
  const { records, cell, columnOf, error, warning } = desk.looks;
  const constants = () => desk.rules.checks;

  // Nobody is given zero; what is not known is empty. A reported total may be zero, but not less.
  desk.checks.amountsNotAboveZero = function* (tables) {
    for (const [name, columns] of Object.entries(constants().amounts)) {
      for (const record of records(tables, name)) {
        for (const column of columns) {
          const amount = cell(record, column);
          if (amount !== null && amount.sign <= 0) {
            const what = say("An amount is more than zero, not {value}.", { value: String(amount) });
            yield error(record, column, what, say("Correct it; leave the cell empty if no source says it."));
          }
        }
      }
    }
    for (const total of records(tables, "totals")) {
      const value = cell(total, "value");
      if (value !== null && value.sign < 0) {
        const what = say("A total is not less than zero, but this one is {value}.", { value: String(value) });
        yield error(total, "value", what, say("Correct the value."));
      }
    }
  };

  // An amount and its currency come together or not at all.
  desk.checks.amountsWithoutCurrency = function* (tables) {
    for (const name of constants().optional) {
      for (const record of records(tables, name)) {
        const amounts = constants().amounts[name].filter((column) => cell(record, column) !== null);
        const currency = cell(record, "currency");
        if (amounts.length && !currency) {
          const what = say("“{column}” holds an amount, but its currency is missing.", { column: amounts[0] });
          yield error(record, "currency", what, say("Write the three letters of the currency, as in ISO 4217."));
        } else if (currency && !amounts.length) {
          const what = say("There is a currency, “{value}”, but no amount.", { value: currency });
          yield error(record, "currency", what, say("Write the amount, or leave the currency empty."));
        }
      }
    }
  };

  // A grant counts with its own amount or in a joint sum: with both it would be counted twice.
  desk.checks.jointSumsBesideAmounts = function* (tables) {
    for (const grant of records(tables, "grants")) {
      const group = cell(grant, "amount_group");
      if (group && cell(grant, "amount_awarded") !== null) {
        const what = say("The grant has an amount of its own and is part of the joint sum “{group}”.", { group });
        yield error(grant, "amount_group", what, say("Keep the one that the source reports, and empty the other."));
      }
    }
  };

  // More awarded in a program and year than its budget holds, currency by currency. Joint sums are left out.
  desk.checks.awardsBeyondTheBudget = function* (tables) {
    if (tables.certainties?.isLeftOut) {
      return; // which grants are counted, nobody here knows
    }
    const counted = columnOf(tables, "certainties", "counted");
    const key = (record) => JSON.stringify(["program", "year", "currency"].map((column) => cell(record, column)));
    const nothing = desk.decimal("0");
    const awarded = new Map();
    for (const grant of records(tables, "grants")) {
      const amount = cell(grant, "amount_awarded");
      const certainty = cell(grant, "certainty");
      const isCounted = counted.has(certainty) ? counted.get(certainty) : true;
      if (amount !== null && cell(grant, "program") && isCounted) {
        awarded.set(key(grant), (awarded.get(key(grant)) ?? nothing).plus(amount));
      }
    }
    const budgets = new Map();
    for (const line of records(tables, "budgets")) {
      budgets.set(key(line), [...(budgets.get(key(line)) ?? []), line]);
    }
    for (const [place, lines] of budgets) {
      const budget = lines.reduce((sum, line) => sum.plus(cell(line, "amount")), nothing);
      const sum = awarded.get(place) ?? nothing;
      if (sum.compare(budget) > 0) {
        const [program, year, currency] = JSON.parse(place);
        const what = say(
          "{awarded} {currency} was awarded in the program “{program}” in {year}, out of a budget of {budget}.",
          { awarded: sum.toFixed(), currency, program, year, budget: budget.toFixed() },
        );
        yield error(lines[0], "amount", what, say("Correct the budget, or the grant that is too large."));
      }
    }
  };

  // An amount that no sum will contain, because grants of this certainty are not counted.
  desk.checks.amountsOfUncountedGrants = function* (tables) {
    const counted = columnOf(tables, "certainties", "counted");
    for (const grant of records(tables, "grants")) {
      const certainty = cell(grant, "certainty");
      if (cell(grant, "amount_awarded") !== null && counted.get(certainty) === false) {
        const what = say("Grants with the certainty “{certainty}” are not counted, but an amount is awarded.", { certainty });
        yield warning(grant, "amount_awarded", what, say("Correct the certainty, or write the amount into the note."));
      }
    }
  };
}
