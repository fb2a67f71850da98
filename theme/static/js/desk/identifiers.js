// Identifiers for records that come without one. See plugins/portal/desk/identifiers.py.
{
  // What tells the record from others: free texts folded, everything else as it is written.
  desk.identityOf = (cells, resource) =>
    resource.identity.map((name) => (resource.prose.includes(name) ? desk.fold(cells[name] ?? "") : (cells[name] ?? "")));

  // The identifiers that a record of this identity may have, without its number; the first is the usual one.
  // `digest` is that of digestOf(), for those who have it.
  desk.identifiers = function* (identity, resource, digest = desk.digestOf(identity)) {
    const { DIGITS, MORE_DIGITS, YEAR, NO_LETTER } = desk.constants("identifiers");
    const references = identity.filter((_, at) => resource.byName[resource.identity[at]].refersTo);
    const readable = references.find(Boolean) ?? resource.name;
    const bare = readable.replace(desk.pattern(NO_LETTER, "g"), "-").replace(/^[._-]+|[._-]+$/g, "");
    const year = resource.identity.includes(YEAR) ? identity[resource.identity.indexOf(YEAR)] : "";
    for (let digits = DIGITS; digits <= digest.length; digits += MORE_DIGITS) {
      yield [bare || resource.name, year, digest.slice(0, digits)].filter(Boolean).join("-");
    }
  };

  desk.digestOf = (identity) => desk.sha256(identity.join("\n"));

  // The digits that a made identifier begins with stand in it after a hyphen.
  desk.digitsIn = (identifier) => identifier.match(/(?<=-)[0-9a-f]{8}/g) ?? [];

  // The identifier of the first, second, third… record of one identity.
  desk.numbered = (identifier, number) => (number === 1 ? identifier : `${identifier}-${number}`);
}
