// Takes a reader who follows an old link to the page of a grant to its card. Only on the page for lost visitors of a
// portal whose grants have cards.
{
  const [, folder, grant] = location.pathname.match(/^(.*\/)grants\/([^/]+)\.html$/) ?? [];
  if (grant && !/^(index|list-\d+)$/.test(grant)) {
    location.replace(`${folder}explore.html#grant=${grant}`);
  }
}
