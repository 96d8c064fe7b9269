// What all of the page's scripts share: the words of the reader's language, and small tools.
"use strict";

window.mssqa = (() => {
  const LANGUAGE = "mssqa.language";
  const USER = "mssqa.user"; // who was last let in, for the other tabs
  const user = window.gradio_config?.username ?? ""; // empty where nobody need log in

  /** The language that the reader chose, or the browser's if the page has it, or English. */
  function language(known) {
    const chosen = [remembered(localStorage, LANGUAGE), ...navigator.languages.map((l) => l.slice(0, 2))];
    return chosen.find((code) => known.includes(code)) ?? "en";
  }

  const choose = (code) => remember(localStorage, LANGUAGE, code);

  /** A phrase of a table with its blanks filled; of two forms, the one for `blanks.count`. */
  function phrase(table, name, blanks = {}) {
    let words = table[name] ?? name;
    if (typeof words === "object") words = words[blanks.count === 1 ? "one" : "other"];
    return words.replace(/\{(\w+)\}/g, (blank, key) => String(blanks[key] ?? blank));
  }

  /** Put the words of a table wherever an element asks for one by name. */
  function speak(root, table) {
    for (const each of root.querySelectorAll("[data-word]")) each.textContent = phrase(table, each.dataset.word);
    for (const each of root.querySelectorAll("[data-word-label]")) {
      each.setAttribute("aria-label", phrase(table, each.dataset.wordLabel));
      if (each.matches("button")) each.title = phrase(table, each.dataset.wordLabel);
    }
    for (const each of root.querySelectorAll("[data-word-placeholder]"))
      each.setAttribute("placeholder", phrase(table, each.dataset.wordPlaceholder));
  }

  /** The key under which this user keeps something; no name of a user has a colon. */
  const own = (key) => (user ? `${key}:${user}:` : `${key}.`);

  /** What a storage holds, or null: a browser may refuse to have any. */
  function remembered(storage, key) {
    try {
      return storage.getItem(key);
    } catch {
      return null;
    }
  }

  function remember(storage, key, value) {
    try {
      storage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }

  function forget(storage, key) {
    try {
      storage.removeItem(key);
    } catch {
      // then there was nothing to forget
    }
  }

  /** An element with attributes and text, never markup. */
  function make(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  /** A name that no two things on this browser share; `crypto.randomUUID` needs https. */
  const name = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 10);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyByHand(text); // a page without https has no clipboard
    }
  }

  function copyByHand(text) {
    const field = make("textarea", { class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  /** What stands above the tabs: the title, a menu of languages if there are several, and the way out. */
  function masthead(top, { props, speakTabs }) {
    const codes = Object.keys(props.names);
    const now = language(codes);
    speak(top, props.words[now]);
    document.documentElement.lang = now;
    document.title = props.words[now].title;
    const { offsetWidth } = top.querySelector("h1"); // the tabs stand beside it
    if (offsetWidth) document.documentElement.style.setProperty("--title", `${offsetWidth / 16}rem`);
    const menu = top.querySelector("select");
    menu.replaceChildren(...codes.map((code) => make("option", { value: code, lang: code }, props.names[code])));
    menu.value = now;
    menu.parentElement.hidden = codes.length < 2;
    menu.addEventListener("change", () => {
      choose(menu.value);
      location.reload(); // conversation and draft are kept, and come back
    });
    if (now !== "en") speakTabs(now);
    offerToLeave(top, props.words[now]);
  }

  /** Whoever is logged in can log out, of every tab; their question does not stay in the address. */
  function offerToLeave(top, words) {
    const form = top.querySelector("form.leave");
    form.hidden = !user;
    form.querySelector("button").title = phrase(words, "logged_in", { name: user });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      history.replaceState(null, "", location.pathname);
      // Other tabs load again as soon as the name goes: the server has to know before.
      await fetch(form.action, { method: "POST", redirect: "manual" }).catch(() => null);
      forget(localStorage, USER);
      form.submit();
    });
  }

  /** Where somebody else is let in, or nobody, a page that is open is no longer theirs to see. */
  function watchForOthers() {
    remember(localStorage, USER, user);
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === USER && newValue !== user) location.replace(location.pathname);
    });
    window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  }

  watchForOthers();
  return { masthead, language, choose, own, phrase, speak, remembered, remember, forget, make, name, copy };
})();
