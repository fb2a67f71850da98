// Takes a reader who chose a language on an earlier visit straight to it. With #choose the page stays, to choose anew.
{
  let language = null;
  try {
    language = localStorage.getItem("language");
  } catch {
    // Storage is closed to us: the page stays and asks.
  }
  const chosen = language && document.querySelector(`a[data-language="${CSS.escape(language)}"]`);
  if (chosen && location.hash !== "#choose") {
    location.replace(chosen.href);
  }
}
