// explorer.download(context, {what: "rows" | "groups", form: "csv" | "xlsx" | "json", columns: null | [fields], words:
// "people" | "plain", progress(done, all), signal}): exactly what the page shows, to its end and in its order, in a ZIP with
// a text that says what it is. explorer.downloadSize(context, what) tells {rows, files, tooMany} before.
// `known` are the words and columns of the prepared files: plugins/portal/explorer/download_words.py.
{
  const { make, money, number, name, ask, get, say: fill } = explorer;
  const [MOST_ROWS, MOST_FILES] = [20000, 2500]; // so many files of rows are 15 MB on the way
  const AT_ONCE = 256; // rows
  const encode = (text) => new TextEncoder().encode(text);
  const quote = (value) => JSON.stringify(value);

  // The answer to its end. Where anything of it is not sure no file is made: it might lack rows.
  const whole = async (context, groups) => {
    const answer = await ask(context, { groups, sort: context.state.sort, sums: true, all: true, grants: Infinity });
    if (!answer.exact) {
      throw Object.assign(new Error(), { path: answer.faults[0] });
    }
    return answer;
  };

  explorer.downloadSize = async (context, what) => {
    const { total, groups } = context.answer;
    const numbers = what === "groups" || total > MOST_ROWS ? [] : (await whole(context)).numbers;
    const rows = what === "groups" ? groups.length : Math.max(total, numbers.length);
    const files = new Set(numbers.map((one) => Math.floor(one / context.index.meta.rows))).size;
    return { rows, files, tooMany: rows > MOST_ROWS || files > MOST_FILES };
  };

  const tableOfRows = async (context, { columns, between }, { progress, signal }) => {
    const answer = await whole(context);
    const { numbers } = answer;
    const places = new Map(numbers.map((one, at) => [one, at]));
    const sorted = [...places.keys()].sort((one, other) => one - other); // so that a file of rows is asked for once
    const rows = [];
    const text = (row, { field, table, delimiter }) => {
      const cell = row.values[field] ?? "";
      return table && cell ? cell.split(delimiter).map((id) => name(row.names(table, id)).text || id).join(between) : cell;
    };
    for (let at = 0; at < sorted.length; at += AT_ONCE) {
      signal?.throwIfAborted();
      progress?.(at, sorted.length);
      for (const row of await context.rows(sorted.slice(at, at + AT_ONCE))) {
        rows[places.get(row.number)] = columns.map((column) => text(row, column));
      }
    }
    return { ...answer, columns, rows };
  };

  const tableOfGroups = async (context, { frames }) => {
    const by = context.state.by || "recipient";
    const answer = await whole(context, by);
    const { groups } = answer;
    const currencies = new Set(groups.flatMap(({ awarded }) => awarded.map(({ currency }) => currency)));
    const about = { by, label: explorer.words.labels[by], ...(by === "year" ? { kind: "integer", text: "" } : { kind: "string", text: by }) };
    const columns = frames.flatMap((frame) =>
      (frame.includes("{currency}") ? [...currencies] : [""]).map((currency) => JSON.parse(fill(frame, { ...about, currency }))),
    );
    const cell = (group, { key, currency }) => (currency ? group.awarded.find((one) => one.currency === currency) : { ...group, name: name(group.names).text || group.id })?.[key] ?? "";
    return { ...answer, columns, rows: (await explorer.inOrder(context, by, groups)).map((group) => columns.map((column) => String(cell(group, column)))) };
  };

  // As disarm() of plugins/portal/exports/cells.py: an apostrophe before what a spreadsheet would change.
  const disarmer = ({ pattern, word, months, truths }) => {
    const taken = new RegExp(...pattern);
    return (text) => {
      const found = taken.exec(text);
      const said = found?.[word]?.toLowerCase();
      return found && (!said || (/\p{Nd}/u.test(text) ? months : truths).includes(said)) ? `'${text}` : text;
    };
  };

  const csv = ({ columns, rows, known, words }) => {
    const disarm = disarmer(known.taken);
    const [start, end] = known.csv[words];
    const shown = ({ text, partial }, cell) => (text && !(partial && /^\d{4}(-\d\d-\d\d)?$/.test(cell)) ? disarm(cell) : cell);
    const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    const lines = [columns.map(({ title, header }) => header ?? title), ...rows.map((row) => row.map((cell, at) => shown(columns[at], cell)))];
    return lines.reduce((all, cells) => all + cells.map(quoted) + end, start);
  };

  const json = ({ columns, rows, known, address }) => {
    const { digits } = explorer;
    const value = ({ type, delimiter }, cell) => {
      // A number that would lose digits in the reader's computer is text.
      const isBare = type === "boolean" || (/^(number|integer)$/.test(type) && digits(cell) === digits(String(Number(cell))));
      return delimiter && cell ? `[${cell.split(delimiter).map(quote).join(", ")}]` : isBare || !cell ? cell || "null" : quote(cell);
    };
    const lines = rows.map((row) => `\n{${row.map((cell, at) => `${quote(columns[at].title)}: ${value(columns[at], cell)}`).join(", ")}}`);
    return `${known.json}"page": ${quote(address)},\n"rows": [${lines}\n]\n}\n`;
  };

  // A page without https has no crypto.subtle; this script is no part of the index, and comes when it is needed.
  const sha256 = async (octets) => {
    globalThis.desk ??= {};
    await get("../static/js/desk/sha256").catch(() => {});
    return desk.sha256(octets);
  };

  const readme = ({ columns, rows, sums, faults, known, chosen, ...told }) => {
    const list = (lines) => lines.map((line) => `- ${line}`).join("\n");
    const counts = { ...sums, counted: [{ grants: sums.counted }], announced: [{ grants: sums.announced }] };
    const said = (template, { id, grants, amount, currency }) => fill(template, { id, number: number(grants), sum: amount && money(amount, currency) });
    return fill(known.readme, {
      ...told,
      rows: number(rows.length),
      filters: list([...(chosen[0] ? chosen.map(([, value, label, words]) => `${label}: ${words === value ? words : `${words} (${value})`}`) : [known.asked.none]), ...faults]),
      sums: list(Object.entries(known.sums).flatMap(([kind, template]) => counts[kind].map((sum) => said(template, sum)))),
      columns: columns.map(({ line }) => line).join("\n"),
    });
  };

  const csvw = ({ columns, rows, known, chosen, what, words, ...told }) =>
    fill(known.metadata[what][words], {
      ...told,
      rows: rows.length,
      filters: `[${chosen.map(([key, value]) => fill(known.filter, { key: quote(key), value: quote(value) }))}]`,
      columns: quote(columns.map(({ csvw }) => csvw)),
    });

  // [name in the address, value, label, what the value is called] of everything that was asked for and is known.
  const choices = ({ index, state }, { asked }, unknown) => {
    const isKnown = (key, value) => !unknown.some(([name, id]) => name === key && id === value);
    const describe = (key) => async (value) => [key, value, explorer.words.labels[key] ?? key, await explorer.describe(index, key, value)];
    return Promise.all([
      ...["q", "from", "to"].flatMap((key) => (state[key] ? [[key, state[key], asked[key], state[key]]] : [])),
      ...Object.entries(state.filters).flatMap(([key, values]) => values.filter((value) => isKnown(key, value)).map(describe(key))),
    ]);
  };

  explorer.download = async (context, { what, form, columns: fields, words: wanted, ...more }) => {
    const known = await get(`download.${context.language}`);
    const words = form === "json" ? "plain" : wanted;
    const all = known.columns[words];
    const columns = fields?.flatMap((field) => all.filter((one) => one.field === field)) ?? all;
    const table = await (what === "groups" ? tableOfGroups : tableOfRows)(context, { ...known, columns, frames: known.groups[words] }, more);
    const chosen = await choices(context, known, table.unknown);
    const base = [known.name, ...chosen.flatMap(([key, value]) => (key === "q" ? value : [key, value]))].join("-").replace(/[^\p{L}\p{M}\p{N}.]+/gu, "-").slice(0, 80);
    const page = /^http/.test(location.protocol) && !/^http/.test(known.page) ? location.href.split("#")[0] : known.page;
    const told = { ...table, known, chosen, what, words, file: `${base}.${form}`, address: page + context.link({}), order: known.orders[context.state.sort] };
    const octets = form === "xlsx" ? await explorer.xlsx(known.workbook, table.columns, table.rows, known.date) : encode({ csv, json }[form](told));
    Object.assign(told, { size: octets.length, hash: await sha256(octets) });
    const files = [["README.txt", encode(readme(told))], [told.file, octets]];
    form === "csv" && files.push([`${told.file}-metadata.json`, encode(csvw(told))]);
    more.signal?.throwIfAborted();
    const href = URL.createObjectURL(new Blob([await explorer.zip(files, known.date)], { type: "application/zip" }));
    make("a", { href, download: `${base}.zip` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  };
}
