// explorer.views.map(context): the number of grants in each region, written into the outlines that the page has ready.
{
  const { many, number, facetOf, tellPart } = explorer;
  const SHADES = 4;

  explorer.views.map = async (context) => {
    const { index: { meta }, state: { filters }, link } = context;
    const facet = await facetOf(context, "place");
    const { values } = meta.dimensions.find(({ name }) => name === "place");
    const view = document.getElementById("explorer-map").content.cloneNode(true).querySelector("figure");
    const regions = [...view.querySelectorAll("[data-place]")];
    const countOf = ({ dataset: { place } }) => facet.counts.get(values.indexOf(place)) ?? 0;
    const highest = Math.max(...regions.map(countOf));
    for (const region of regions) {
      const { place } = region.dataset;
      const count = countOf(region);
      const said = many("{number} grant", "{number} grants", count);
      if (count) {
        region.setAttribute("href", link({ filters: { ...filters, place: [place] } }));
      }
      if (filters.place?.includes(place)) {
        region.setAttribute("aria-current", "true");
      }
      const [title, outline, text] = region.children;
      if (text) {
        const shade = count && Math.ceil((SHADES * count) / highest);
        title.textContent += `: ${said}`;
        region.setAttribute("aria-label", title.textContent);
        outline.classList.add(`map__region--${shade}`);
        text.classList.add(`map__count--${shade}`);
        text.textContent = count ? number(count) : "";
      } else {
        region.nextElementSibling.textContent = said;
      }
    }
    tellPart(view, [facet]);
    return view;
  };
}
