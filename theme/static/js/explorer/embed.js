// explorer.share(context): fills in the ways to pass the view on, whose words the page has. An embedded view shows
// nothing but itself and where it comes from.
{
  const { make, words } = explorer;
  const HEIGHT = 700; // CSS pixels of an embedded view: two charts below each other
  const FOLDERS = { funder: "organizations", recipient: "organizations", program: "programs", place: "places" }; // with feeds
  const BASE = words.address || location.href.split(/[?#]/)[0];
  const ENDING = ` · ${document.title}`; // before it the title says what was asked
  const box = document.querySelector(".explorer-share");
  const parts = Object.fromEntries([...box.querySelectorAll("[data-share]")].map((part) => [part.dataset.share, part]));
  const section = box.closest(".explorer__answer");
  const years = section.querySelector(".explorer__years");
  const root = document.documentElement.dataset;

  root.embed = location.hash.match(/[#&]embed=(\w+)/)?.[1] ?? ""; // before the first answer comes
  section.prepend(parts.said.parentElement);
  const unfold = () => { years.open ||= Boolean(root.embed); };
  years.addEventListener("toggle", unfold); // a narrow window folds it

  // The feed of the only filter, or of everything; else the nearest that has more.
  const feedOf = ({ state: { q, filters, from, to }, answer: { unknown } }) => {
    const chosen = Object.entries(filters);
    const hasFeed = ([key, [id, ...more]]) => FOLDERS[key] && !more[0] && id !== "none" && !unknown.some(([, lost]) => lost === id);
    const [key, [id]] = chosen.find(hasFeed) ?? ["", []];
    box.toggleAttribute("data-nearest", Boolean(q || from || to || chosen[key ? 1 : 0]));
    return new URL(key ? `${FOLDERS[key]}/${encodeURIComponent(id)}.xml` : "feeds/changes.xml", BASE).href;
  };

  box.addEventListener("click", async ({ target }) => {
    target.matches("[data-print]") && print();
    if (target.matches("[data-copy]")) {
      const field = target.parentElement.querySelector("textarea");
      field.select();
      // Where the clipboard is not allowed, the text stays chosen.
      const isCopied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
      target.nextElementSibling.textContent = isCopied || document.execCommand("copy") ? box.dataset.copied : box.dataset.chosen;
    }
  });

  explorer.share = (context) => {
    const { embed } = context.state;
    const said = document.title.slice(0, -ENDING.length) || box.dataset.all;
    const addressOf = (changes) => (BASE + context.link({ grant: "", embed: "", ...changes })).replace(/#(view=list)?$/, "");
    const embedded = (changes) => make("iframe", { src: addressOf(changes), title: said, loading: "lazy", width: "100%", height: HEIGHT }).outerHTML;
    const address = addressOf();
    const values = {
      said,
      address,
      where: address,
      chart: embedded({ embed: "chart", view: "list" }),
      table: embedded({ embed: "table", view: "table" }),
      citation: box.dataset.citation.replace(/{(\w+)}/g, (whole, name) => ({ title: said, address })[name]),
      feed: feedOf(context),
    };
    Object.entries(values).forEach(([name, value]) => { parts[name].textContent = value; });
    parts.whole.href = address;
    root.embed = embed;
    unfold();
    embed || explorer.offline(context);
  };
}
