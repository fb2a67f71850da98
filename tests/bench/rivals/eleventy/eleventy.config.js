// The fastest settings that still write the same pages: only JavaScript templates, no second engine, no line a page.
export default function (config) {
  config.setQuietMode(true);
  config.setUseGitIgnore(false);
}

export const config = {
  dir: { input: "pages", data: "_data" },
  templateFormats: ["11ty.js"],
  htmlTemplateEngine: false,
  markdownTemplateEngine: false,
};
