// The sources beside the conversation: cards of an answer, the article behind one of them with
// the quote marked, and the card that shows at a marker. What is put into the page as HTML was
// escaped by the server.
"use strict";

window.mssqa.sources = (tab, { server, say, language }) => {
  const { make } = window.mssqa;
  const panel = tab.querySelector(".sources");
  const list = panel.querySelector("ol.cards");
  const opened = panel.querySelector(".opened");
  const hover = tab.querySelector(".hover");
  const phone = window.matchMedia("(max-width: 720px)");
  let cards = []; // of the answer that is shown
  let place = -1; // of the card whose article is open
  let from = null; // what had the focus before
  let asked = 0; // articles asked for, so that a late one is let go

  /** Show the cards of an answer: HTML items of a list. */
  function show(html) {
    list.innerHTML = html;
    cards = [...list.children];
    const none = panel.querySelector(".none");
    none.hidden = cards.length > 0;
    none.textContent = say(tab.querySelector(".exchange .answer") ? "none_cited" : "no_sources");
    if (place >= 0) toList();
  }

  /** Open the article of a card. `all` are the cards that previous and next step through. */
  async function open(card, all, opener) {
    cards = all;
    place = all.indexOf(card);
    from = opener ?? from;
    sheet(true);
    mode(true);
    const turn = ++asked;
    opened.replaceChildren(make("p", { class: "wait" }, say("opening_article")));
    const { article, start, end } = card.dataset;
    const got = await server.read({ article, start: Number(start), end: Number(end), language: language() });
    if (turn !== asked) return;
    if (got.trouble) opened.replaceChildren(...gone(card, got.trouble));
    else opened.innerHTML = got.value;
    scrollToQuote();
    opened.querySelector("h3")?.focus({ preventScroll: true });
  }

  /** What is left of a source whose article is not to be had: its card. */
  function gone(card, trouble) {
    const left = make("div", { class: "card" });
    left.append(...[...card.cloneNode(true).childNodes]);
    return [make("p", { class: "trouble" }, `${trouble.what} ${trouble.hint}`), left];
  }

  function scrollToQuote() {
    const mark = opened.querySelector("mark");
    if (!mark) return;
    const above = mark.getBoundingClientRect().top - opened.getBoundingClientRect().top;
    opened.scrollTop += above - opened.clientHeight / 3;
  }

  /** Whether an article is shown, or the list. */
  function mode(article) {
    panel.classList.toggle("reading", article);
    opened.hidden = !article;
    list.hidden = article;
    panel.querySelector(".back").hidden = !article;
    panel.querySelector("h2").hidden = article;
    const steps = panel.querySelector(".steps");
    steps.hidden = !article || cards.length < 2;
    steps.querySelector(".place").textContent = say("place", { number: place + 1, count: cards.length });
    steps.querySelector("[data-act=previous]").disabled = place <= 0;
    steps.querySelector("[data-act=next]").disabled = place >= cards.length - 1;
  }

  function toList() {
    place = -1;
    asked += 1;
    cards = [...list.children];
    mode(false);
  }

  /** On a phone the panel is a sheet over the page; the browser's back button closes it. */
  function sheet(up) {
    if (up === panel.classList.contains("up")) return;
    panel.classList.toggle("up", up);
    document.documentElement.classList.toggle("sheet-up", up && phone.matches);
    if (up && phone.matches) history.pushState({ sheet: true }, "");
    if (!up && history.state?.sheet) history.back();
  }

  /** Back to the list and to where the reader was. */
  function close() {
    if (place < 0 && !panel.classList.contains("up")) return false;
    if (place >= 0) toList();
    sheet(false);
    from?.focus();
    from = null;
    return true;
  }

  function step(by) {
    const card = cards[place + by];
    if (card) open(card, cards);
  }

  /** The card of a source, near its marker. */
  function peek(marker, card) {
    hover.replaceChildren(...[...card.cloneNode(true).childNodes].map(asText));
    hover.hidden = false;
    marker.setAttribute("aria-describedby", "hover");
    const at = marker.getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: high } = hover;
    const below = at.bottom + high + 12 < window.innerHeight;
    hover.style.left = `${Math.max(8, Math.min(at.left - 16, document.documentElement.clientWidth - wide - 8))}px`;
    hover.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - high - 6)}px`;
  }

  function asText(node) {
    return node.matches?.("button") ? make("p", { class: "title" }, node.querySelector(".title").textContent) : node;
  }

  function unpeek() {
    hover.hidden = true;
    tab.querySelector("[aria-describedby=hover]")?.removeAttribute("aria-describedby");
  }

  panel.addEventListener("click", (event) => {
    const card = event.target.closest("ol.cards .card");
    if (card && event.target.closest("a") === null) open(card, [...list.children], event.target.closest("button"));
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "back") toList();
    if (act === "close") close();
    if (act === "previous") step(-1);
    if (act === "next") step(1);
  });
  window.addEventListener("popstate", () => panel.classList.contains("up") && close());
  window.addEventListener("scroll", unpeek, { passive: true });

  return { show, open, close, sheet, peek, unpeek, isHovered: () => hover.matches(":hover") };
};
