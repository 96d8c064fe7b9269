// The conversations that this browser keeps: one item each, so that two tabs never overwrite
// each other's, under the name of who is logged in. The oldest go when there are too many, or when
// the browser has no more room.
"use strict";

window.mssqa.kept = (() => {
  const { remembered, remember, forget, name, own } = window.mssqa;
  const PREFIX = own("mssqa.talk");
  const MOST_TALKS = 50;
  const MOST_EXCHANGES = 50;
  const MOST_LETTERS = 3_000_000; // browsers give an origin about 5 million
  const LONGEST_TITLE = 120;

  const keys = () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  };

  /** A conversation, or null if there is none of that id or it cannot be read. */
  function load(id) {
    try {
      const talk = JSON.parse(remembered(localStorage, PREFIX + id));
      return talk && Array.isArray(talk.exchanges) && typeof talk.title === "string" ? { ...talk, id } : null;
    } catch {
      return null;
    }
  }

  /** All of them, the one last spoken in first. */
  const all = () =>
    keys()
      .map((key) => load(key.slice(PREFIX.length)))
      .filter(Boolean)
      .sort((one, other) => (other.at ?? 0) - (one.at ?? 0));

  /** Keep a conversation; false if the browser will not. */
  function save(talk) {
    const text = JSON.stringify(talk);
    makeRoom(text.length, talk.id);
    while (!remember(localStorage, PREFIX + talk.id, text)) if (!dropOldest(talk.id)) return false;
    return true;
  }

  /** One exchange more in a conversation, as it stands now, perhaps from another tab. */
  function append(talk, exchange) {
    const now = load(talk.id) ?? talk;
    const exchanges = [...now.exchanges, exchange].slice(-MOST_EXCHANGES);
    const grown = { ...now, exchanges, at: Date.now() };
    return { talk: grown, kept: save(grown) };
  }

  const begin = (title) => ({ id: name(), title: title.slice(0, LONGEST_TITLE), at: Date.now(), exchanges: [] });

  function rename(id, title) {
    const talk = load(id);
    const words = title.trim().slice(0, LONGEST_TITLE);
    return Boolean(talk && words && save({ ...talk, title: words }));
  }

  const remove = (id) => forget(localStorage, PREFIX + id);

  function makeRoom(letters, but) {
    const lengths = () => keys().reduce((sum, key) => sum + (remembered(localStorage, key) ?? "").length, letters);
    while (keys().length >= MOST_TALKS || lengths() > MOST_LETTERS) if (!dropOldest(but)) return;
  }

  function dropOldest(but) {
    const oldest = all().filter((talk) => talk.id !== but).pop();
    if (oldest) remove(oldest.id);
    return Boolean(oldest);
  }

  /** Call back with the id of a conversation that another tab has changed. */
  function watch(changed) {
    window.addEventListener("storage", ({ key }) => {
      if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
    });
  }

  return { all, load, save, append, begin, rename, remove, watch };
})();
