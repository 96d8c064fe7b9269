// The conversation on the page: its exchanges, drawn from what the server gives or the browser
// kept. HTML comes from the server, escaped there; everything else is put in as text.
"use strict";

window.mssqa.conversation = (tab, { say, words, call, sources, notify }) => {
  const { make, remember, forget, kept } = window.mssqa;
  const find = (selector, within = tab) => within.querySelector(selector);
  const TALK = window.mssqa.own("mssqa.current");
  const list = find("ol.exchanges");
  const shown = new WeakMap(); // exchange element → {asked, sources, exchange, token, stage}
  let talk = null; // as it is kept

  /** One exchange more, under way. */
  function begin(question, asked) {
    talk ??= kept.begin(question.trim());
    remember(sessionStorage, TALK, talk.id);
    return add({ question, asked });
  }

  /** Keep an exchange that is answered; false if the browser will not. */
  function append(exchange) {
    const grown = kept.append(talk, exchange);
    talk = grown.talk;
    history.replaceState(history.state, "", link(exchange));
    return grown.kept;
  }

  /** Take the last exchange away, so that it is asked again. */
  function dropLast() {
    const item = list.lastElementChild;
    if (shown.get(item).exchange) {
      talk = { ...talk, exchanges: talk.exchanges.slice(0, -1) };
      kept.save(talk);
    }
    item.remove();
  }

  function add({ question, ...state }) {
    const item = find("template").content.firstElementChild.cloneNode(true);
    window.mssqa.speak(item, words);
    find(".question", item).textContent = question;
    shown.set(item, state);
    for (const old of tab.querySelectorAll(".follow")) old.hidden = true;
    list.append(item);
    tab.classList.add("begun");
    return item;
  }

  /** Put in the answer's HTML, and the focus back on the marker that had it. */
  function fill(item, html) {
    const body = find(".body", item);
    const markers = [...body.querySelectorAll(".marker")];
    const held = markers.indexOf(document.activeElement);
    body.innerHTML = html;
    if (held >= 0) body.querySelectorAll(".marker")[held]?.focus({ preventScroll: true });
  }

  /** Show what can be done with an answer that is done. */
  function settle(item, only) {
    const { exchange, token } = shown.get(item);
    find(".acts", item).hidden = false;
    for (const each of find(".acts", item).children)
      each.hidden = only ? !only.includes(each.dataset.act) : each.classList.contains("judge") && !token;
    const count = exchange?.citations.length ?? 0;
    const sheet = find("[data-act=sheet]", item);
    sheet.hidden = count === 0;
    sheet.textContent = say("source_count", { count });
    for (const each of list.children) find("[data-act=retry]", each).hidden = each !== list.lastElementChild;
  }

  /** Offer questions to go on with. */
  async function suggest(item) {
    const { value: questions = [] } = await call("follow_ups", { exchanges: talk.exchanges });
    if (item !== list.lastElementChild || questions.length === 0) return;
    find(".follow ul", item).replaceChildren(...questions.map(asButton));
    find(".follow", item).hidden = false;
  }

  /** Questions are made from the grammar of English sentences. */
  function asButton(question) {
    const entry = make("li");
    entry.append(make("button", { type: "button", class: "pill", "data-ask": "", lang: "en" }, question));
    return entry;
  }

  /** The conversation of that id, its answers drawn by the server; without one, the empty page. */
  async function turnTo(id) {
    talk = id ? kept.load(id) : null;
    if (talk) remember(sessionStorage, TALK, talk.id);
    else forget(sessionStorage, TALK);
    list.replaceChildren();
    sources.close();
    sources.show("");
    tab.classList.toggle("begun", Boolean(talk));
    if (!talk) return history.replaceState(null, "", location.pathname);
    const now = talk;
    const { value, trouble } = await call("show", { exchanges: now.exchanges });
    if (talk !== now) return;
    if (trouble) return notify(`${trouble.what} ${trouble.hint}`);
    value.forEach((drawn, place) => {
      const item = add({ question: drawn.question, exchange: now.exchanges[place], sources: drawn.sources });
      fill(item, drawn.answer);
      settle(item);
    });
    sources.show(value.at(-1)?.sources ?? "");
    list.lastElementChild?.scrollIntoView({ block: "start" });
  }

  /** Take over a new title. */
  function renamed(id) {
    if (talk?.id === id) talk = kept.load(id);
  }

  /** The address that asks what an exchange asked. */
  function link(exchange) {
    const query = new URLSearchParams({ q: exchange.stands_alone });
    if (exchange.as_of) query.set("as_of", exchange.as_of);
    for (const each of exchange.publishers) query.append("publisher", each);
    return `${location.pathname}?${query}`;
  }

  /** The conversation that this tab was in before it was loaded again. */
  const before = () => kept.load(window.mssqa.remembered(sessionStorage, TALK) ?? "");

  return {
    begin, append, dropLast, fill, settle, suggest, asButton, turnTo, renamed, link, before,
    of: (item) => shown.get(item),
    isLast: (item) => item === list.lastElementChild,
    get talk() { return talk; },
  };
};
