// A page a grant, as a JavaScript template: of Eleventy's template languages the one that needs no engine.
import { readFileSync } from "node:fs";

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const html = (words) => String(words).replace(/[&<>"']/g, (sign) => SIGNS[sign]);
const json = (words) => JSON.stringify(words).replaceAll("&", "\\u0026").replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
const header = readFileSync("header.html", "utf-8");
const footer = readFileSync("footer.html", "utf-8");

export const data = {
  pagination: { data: "rows", size: 1, alias: "grant" },
  permalink: ({ grant }) => `en/grants/${grant.id}.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ grant, site }) {
  const title = `${grant.title} (${grant.id})`;
  const recipient = grant.recipient ? grant.recipient.name : "recipient not named";
  const description = `${grant.funder.name} → ${recipient}, ${grant.year}. What is known of the grant, and what is not published. ${grant.id}`;
  const address = `../../en/grants/${grant.id}.html`;
  const key = `en-grants-${grant.id.toLowerCase()}-html-${site.version}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)} · ${html(site.name)}</title>
<meta name="description" content="${html(description)}">
<meta name="color-scheme" content="light dark">

<link rel="stylesheet" href="../../static/css/tokens.css">

<link rel="stylesheet" href="../../static/css/base.css">

<link rel="stylesheet" href="../../static/css/layout.css">

<link rel="stylesheet" href="../../static/css/components.css">


<link rel="icon" type="image/svg+xml" href="../../static/icon.svg">
<link rel="canonical" href="${html(address)}">

<link rel="alternate" hreflang="en" href="${html(address)}">


<link rel="alternate" hreflang="x-default" href="../../index.html">

<link rel="alternate" type="application/atom+xml" title="All changes" href="../feeds/changes.xml">

<meta property="og:type" content="article">
<meta property="og:title" content="${html(title)}">
<meta property="og:description" content="${html(description)}">
<meta property="og:url" content="${html(address)}">
<meta property="og:site_name" content="${html(site.name)}">
<meta property="og:locale" content="en">
<meta property="og:image" content="../../static/share.png">

<script type="application/ld+json">{"@context":"https://schema.org","@type":"MonetaryGrant","@id":${json(address)},"url":${json(address)},"identifier":${json(grant.id)},"name":${json(grant.title)},"funder":{"@type":"Organization","name":${json(grant.funder.name)}},"fundedItem":{"@type":"Project","name":${json(grant.title)}${grant.recipient ? `,"parentOrganization":{"@type":"Organization","name":${json(grant.recipient.name)}}` : ""}}${grant.amount ? `,"amount":{"@type":"MonetaryAmount","value":${json(grant.amount)},"currency":${json(grant.currency)}}` : ""}}</script>

<script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Home","item":"../../en/index.html"},{"@type":"ListItem","position":2,"name":"Grants","item":"../../en/grants/index.html"},{"@type":"ListItem","position":3,"name":${json(grant.year)},"item":${json(`../../en/years/${grant.year}.html`)}},{"@type":"ListItem","position":4,"name":${json(grant.title)},"item":${json(address)}}]}</script>


<script defer src="../../static/js/remember-language.js"></script>

</head>
<body>
${header}
<main class="main" id="main">
  <div class="page stack stack--loose">

    <nav aria-label="You are here">
      <ol class="crumbs">
        <li class="crumbs__item"><a class="crumbs__link" href="../index.html">Home</a></li>

        <li class="crumbs__item"><a class="crumbs__link" href="../grants/index.html">Grants</a></li>

        <li class="crumbs__item"><a class="crumbs__link" href="../years/${html(grant.year)}.html">${html(grant.year)}</a></li>

      </ol>
    </nav>


<article class="stack stack--loose">
  <div class="stack">
    <h1>${html(grant.title)}</h1>
    <p class="lead">

${grant.recipient ? `Grant of ${html(grant.year)}. Given by: <a href="../organizations/${html(grant.funder.id)}.html">${html(grant.funder.name)}</a>. Received by: <a href="../organizations/${html(grant.recipient.id)}.html">${html(grant.recipient.name)}</a>.
` : `Grant of ${html(grant.year)}. Given by: <a href="../organizations/${html(grant.funder.id)}.html">${html(grant.funder.name)}</a>. No source that we read names the recipient.
`}
${grant.group ? `For whom: ${html(grant.group)}.` : ""}
${grant.place ? `Where: <a href="../places/${html(grant.place.id)}.html">${html(grant.place.name)}</a>.` : ""}
${grant.sum ? `Amount: ${html(grant.sum)}.` : `The amount is not published.`}
    </p>
    <ul class="tags">
      <li class="tag tag--${grant.counted ? `sure` : `announced`}">${html(grant.certainty.label)}</li>
      <li class="tag">${html(grant.status)}</li>
${grant.sphere ? `<li class="tag"><a href="../spheres/${html(grant.sphere.id)}.html">${html(grant.sphere.name)}</a></li>` : ""}
${grant.ours ? `<li class="tag">title in our words</li>` : ""}
    </ul>
  </div>

  <section class="stack">
    <h2>From program to result</h2>


<ol class="steps" aria-label="From program to result">

  <li class="steps__item${!grant.program ? ` steps__item--unknown` : ""}"><span class="steps__name">Program</span> <span class="steps__text">${grant.program ? `<a href="../programs/${html(grant.program.id)}.html">${html(grant.program.name)}</a>` : `not published`}</span></li>

  <li class="steps__item${!grant.call ? ` steps__item--unknown` : ""}"><span class="steps__name">Call</span> <span class="steps__text">${grant.call ? `<a href="../calls/${html(grant.call.id)}.html">${html(grant.call.name)}</a>` : `not published`}</span></li>

  <li class="steps__item${!grant.counted ? ` steps__item--unknown` : ""}"><span class="steps__name">Grant</span> <span class="steps__text">${grant.counted ? `${grant.sum ? `${html(grant.sum)}` : `<span class="soft">amount not published</span>`}` : `${html(grant.certainty.label)}`}</span></li>

  <li class="steps__item${!grant.agreement ? ` steps__item--unknown` : ""}"><span class="steps__name">Agreement</span> <span class="steps__text">${html(grant.agreement || "not published")}</span></li>

  <li class="steps__item${!grant.payments ? ` steps__item--unknown` : ""}"><span class="steps__name">Payments</span> <span class="steps__text">${grant.payments ? `${grant.payments.length} payment${grant.payments.length > 1 ? `s` : ""}` : `not published`}</span></li>

  <li class="steps__item steps__item--unknown"><span class="steps__name">Results</span> <span class="steps__text">not published</span></li>

</ol>

  </section>

  <div class="split">
    <div class="stack stack--loose">
${grant.description ? `
      <section class="stack">
        <h2>What it is about</h2>
        <p>${html(grant.description)}</p>
      </section>
` : ""}
      <section class="stack">
        <h2>Facts</h2>
        <dl class="facts">
<div class="facts__row"><dt class="facts__name">Amount awarded</dt><dd class="facts__value">${grant.sum ? `${html(grant.sum)}` : `<span class="soft">not published</span>`}</dd></div>


<div class="facts__row"><dt class="facts__name">Given by</dt><dd class="facts__value"><a href="../organizations/${html(grant.funder.id)}.html">${html(grant.funder.name)}</a></dd></div>

<div class="facts__row"><dt class="facts__name">Received by</dt><dd class="facts__value">${grant.recipient ? `<a href="../organizations/${html(grant.recipient.id)}.html">${html(grant.recipient.name)}</a>` : `<span class="soft">not published</span>`}</dd></div>

<div class="facts__row"><dt class="facts__name">For whom</dt><dd class="facts__value">${grant.group ? `${html(grant.group)}` : `<span class="soft">not published</span>`}</dd></div>
<div class="facts__row"><dt class="facts__name">People planned</dt><dd class="facts__value">${grant.people ? `${html(grant.people)}` : `<span class="soft">not published</span>`}</dd></div>
<div class="facts__row"><dt class="facts__name">Where</dt><dd class="facts__value">${grant.place ? `<a href="../places/${html(grant.place.id)}.html">${html(grant.place.name)}</a>${grant.around.map((place) => `, <a href="../places/${html(place.id)}.html">${html(place.name)}</a>`).join("")}` : `<span class="soft">not published</span>`}</dd></div>
${grant.sphere ? `<div class="facts__row"><dt class="facts__name">Sphere</dt><dd class="facts__value">${html(grant.sphere.name)}</dd></div>` : ""}
<div class="facts__row"><dt class="facts__name">Year</dt><dd class="facts__value"><a href="../years/${html(grant.year)}.html">${html(grant.year)}</a></dd></div>
<div class="facts__row"><dt class="facts__name">Decided on</dt><dd class="facts__value">${grant.decided ? `${html(grant.decided)}` : `<span class="soft">not published</span>`}</dd></div>
<div class="facts__row"><dt class="facts__name">Planned period</dt><dd class="facts__value">${grant.period ? `${html(grant.period)}` : `<span class="soft">not published</span>`}</dd></div>
<div class="facts__row"><dt class="facts__name">Actual period</dt><dd class="facts__value"><span class="soft">not published</span></dd></div>
<div class="facts__row"><dt class="facts__name">Status</dt><dd class="facts__value">${html(grant.status)}</dd></div>
<div class="facts__row"><dt class="facts__name">How sure we are</dt><dd class="facts__value">${html(grant.certainty.label)}${grant.certainty.description ? ` <small>${html(grant.certainty.description)}</small>` : ""}</dd></div>

<div class="facts__row"><dt class="facts__name">Identifier</dt><dd class="facts__value">${html(grant.id)}</dd></div>
        </dl>
      </section>
      <section class="stack">
        <h2>Payments</h2>
${grant.payments ? `
<ul class="plain-list">
${grant.payments.map((payment) => `
  <li>
${html(payment.day)}:


${html(payment.sum)} paid.



${html(payment.note)}

    <small>Source: <a href="../sources/index.html#${html(payment.source.id)}">${html(payment.source.name)}</a></small>
  </li>
`).join("")}
</ul>
` : `
<p class="unpublished">No payment for this grant has been published.</p>
`}
      </section>
      <section class="stack">
        <h2>What came of it</h2>


<p class="unpublished">No report on this grant has been published.</p>


      </section>



      <p class="soft">No amendments and no documents of this grant have been published.</p>



<section class="stack">
  <h2>History of this record</h2>
  <ol class="history">



    <li class="history__item">
      <p class="history__when">Not released yet:
the record was published for the first time.</p>


    </li>

  </ol>
</section>


    </div>
    <aside class="stack">
      <section class="box">
        <h2 class="box__title">How we know</h2>
        ${grant.source ? `<span class="source">
  <span>${grant.source.publisher ? `${html(grant.source.publisher)}` : `<span class="soft">publisher not named</span>`}, ${grant.source.day ? `${html(grant.source.day)}` : `<span class="soft">no date</span>`}</span>
<a href="${html(grant.source.url)}" rel="external">${html(grant.source.title)}</a>
</span>` : ""}

      </section>
      <section class="box">
        <h2 class="box__title">Use it</h2>
        <ul class="downloads">
          <li><a class="downloads__link" href="../years/${html(grant.year)}.csv">CSV<small class="downloads__size">all of ${html(grant.year)}</small></a></li>
          <li><a class="downloads__link" href="../data.html">All data</a></li>
        </ul>


<p class="no-print"><a href="../about.html">Something is wrong here</a></p>

      </section>
    </aside>
  </div>
</article>



<details class="cite">
  <summary>Cite this page</summary>
  <div class="stack stack--tight">
    <p class="citation">${html(site.name)}: “${html(title)}”. Version ${html(site.version)}, ${html(site.day)}. en/grants/${html(grant.id)}.html. ${html(site.licence)}.</p>
    <p class="cite__form">BibTeX</p>
    <pre class="citation" tabindex="0"><code>@misc{${html(key)},
  title = {{${html(title)}}},
  author = {{${html(site.name)}}},
  year = {${html(site.year)}},
  month = ${html(site.month)},
  version = {${html(site.version)}},
  url = {en/grants/${html(grant.id)}.html},
  note = {${html(site.licence)}},
  language = {en},
}</code></pre>
    <p class="cite__form">CSL-JSON</p>
    <pre class="citation" tabindex="0"><code>[{&#34;id&#34;: &#34;${html(key)}&#34;, &#34;type&#34;: &#34;webpage&#34;, &#34;title&#34;: &#34;${html(title)}&#34;, &#34;container-title&#34;: &#34;${html(site.name)}&#34;, &#34;author&#34;: [{&#34;literal&#34;: &#34;${html(site.name)}&#34;}], &#34;issued&#34;: {&#34;date-parts&#34;: [[${html(site.parts)}]]}, &#34;version&#34;: &#34;${html(site.version)}&#34;, &#34;URL&#34;: &#34;en/grants/${html(grant.id)}.html&#34;, &#34;language&#34;: &#34;en&#34;, &#34;note&#34;: &#34;${html(site.licence)}&#34;}]</code></pre>
  </div>
</details>


  </div>
</main>
${footer}`;
}
