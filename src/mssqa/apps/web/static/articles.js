// The Articles tab: the list and how it is searched, the article that is open, adding and removing.
// HTML comes from the server, escaped there; everything else is put in as text.
"use strict";

window.mssqa.articles = (tab, gradio) => {
  const { make, name, phrase, remember, remembered, forget } = window.mssqa;
  const { props, server } = gradio;
  const find = (selector, within = tab) => within.querySelector(selector);
  const all = (selector) => [...tab.querySelectorAll(selector)];
  const LOOK_MS = 5_000; // between two looks for a newer index
  const TYPING_MS = 200;
  const LOST_MS = 30_000; // without a sign of life from a change
  const DRAFT = window.mssqa.own("mssqa.article"); // what was typed, for when the page is loaded again

  const language = window.mssqa.language(Object.keys(props.words));
  let seen = null; // the generation on the page
  let running = null; // the name of the change that is under way
  let heard = 0; // when it last gave a sign of life
  let open = ""; // the article that is open
  let away = false; // whether the server was out of reach when last asked
  let asked = 0; // looks so far: a slow one must not overwrite a newer one

  const say = (key, blanks) => phrase(props.words[language], key, blanks);
  const tell = (...parts) => find(".told").replaceChildren(...parts);
  const line = (text, look) => make("p", { class: look }, text);

  // ---- looking

  const wanted = () => Object.fromEntries(new FormData(find("form.find")));

  async function call(fn, sent = {}) {
    try {
      const answer = await server[fn]({ language, ...sent });
      if (away) tell();
      away = false;
      if (answer.trouble) tell(line(answer.trouble.what, "bad"), line(answer.trouble.hint, "hint"));
      return answer.value;
    } catch {
      if (!away) tell(line(say("unreachable"), "bad"), line(say("unreachable_hint"), "hint"));
      away = true;
      if (running) end();
      return undefined;
    }
  }

  async function look() {
    const number = ++asked;
    const found = await call("look", { ...wanted(), open });
    if (!found || number !== asked) return;
    const locked = find(".locked");
    locked.textContent = found.locked;
    locked.hidden = !found.locked;
    find(".unlocked").hidden = Boolean(found.locked);
    if (found.locked) return;
    seen = found.generation;
    for (const part of ["summary", "list", "trash", "months"]) put(find(`.${part}`), found[part]);
    find(".plotted").hidden = !found.dated;
    find(".found").textContent = found.told;
    offer(found.publishers);
  }

  /** New HTML, if it is any; the focus stays on the button that had it. */
  function put(place, html) {
    if (place.dataset.html === html) return;
    const { act, id } = place.contains(document.activeElement) ? document.activeElement.dataset : {};
    place.dataset.html = html;
    place.innerHTML = html;
    if (act) find(`[data-act="${act}"][data-id="${CSS.escape(id)}"]`, place)?.focus();
  }

  function offer(publishers) {
    const select = find("#articles-of");
    const chosen = select.value;
    const options = publishers.map((each) => make("option", { value: each }, each));
    select.replaceChildren(make("option", { value: "" }, say("all_publishers")), ...options);
    select.value = publishers.includes(chosen) ? chosen : "";
  }

  /** Others build too: whoever has the page open learns of it. */
  async function watch() {
    if (document.hidden || !tab.offsetParent) return;
    const generation = await call("generation");
    if (running && generation !== undefined && Date.now() - heard > LOST_MS) {
      end();
      tell(line(say("lost"), "bad"));
      look();
    }
    if (generation !== undefined && generation !== seen && !running) look();
  }

  // ---- one article

  async function show(id) {
    const html = await call("open", { article: id });
    if (html === undefined) return;
    open = id;
    const page = find(".page");
    page.hidden = false;
    page.innerHTML = html;
    mark();
    find("h3", page)?.focus({ preventScroll: true });
    page.scrollIntoView({ block: "nearest", behavior: calm() });
  }

  function close({ focus = true } = {}) {
    const was = open;
    open = "";
    const page = find(".page");
    page.hidden = true;
    page.replaceChildren();
    mark();
    if (focus) find(`.list [data-id="${CSS.escape(was)}"]`)?.focus();
  }

  function mark() {
    for (const row of all(".list li"))
      if (find("button", row).dataset.id === open && open) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
  }

  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // ---- changes

  function change(sent) {
    if (running) return;
    begin();
    send(sent);
  }

  function send(sent) {
    heard = Date.now();
    gradio.change({ run: running, language, ...sent });
  }

  function begin() {
    running = name();
    heard = Infinity; // until it is sent
    tell();
    for (const each of all("[data-change]")) each.disabled = true;
  }

  function end() {
    running = null;
    find(".going").hidden = true;
    for (const each of all("[data-change]")) each.disabled = false;
  }

  /** One step of the change that is under way. */
  function receive(step) {
    if (!step || step.run !== running) return;
    heard = Date.now();
    find(".going").hidden = !step.going;
    put(find(".going"), step.going);
    if (step.told) put(find(".told"), step.told);
    if (!step.ended) return;
    end();
    if (step.gone && step.gone === open) close({ focus: false });
    if (step.added) clear(step.added);
    look();
    (find(".told button") ?? find(".told")).focus({ preventScroll: true });
    find(".told").scrollIntoView({ block: "nearest", behavior: calm() });
  }

  /** What was typed or chosen is in the corpus now. */
  function clear(way) {
    find(`form[data-way="${way}"]`).reset();
    if (way === "typed") forget(sessionStorage, DRAFT);
  }

  const typed = find('form[data-way="typed"]');
  const keepDraft = () => remember(sessionStorage, DRAFT, JSON.stringify(Object.fromEntries(new FormData(typed))));

  function bringDraft() {
    const draft = JSON.parse(remembered(sessionStorage, DRAFT) ?? "{}");
    for (const [field, value] of Object.entries(draft)) if (typed.elements[field]) typed.elements[field].value = value;
    if (!Object.values(draft).some(Boolean)) return;
    find('.ways input[value="typed"]').click();
    ACTS.adding(find('[data-act="adding"]'));
  }

  async function addFiles(files) {
    if (!files.length) return tell(line(say("no_files"), "bad"));
    if (running) return;
    begin();
    const sent = [];
    for (const [at, file] of files.entries()) {
      if (at < props.most_files) bar(say("uploading", { done: at + 1, total: files.length }), at / files.length);
      sent.push(await uploaded(file, at));
    }
    send({ act: "files", files: sent });
  }

  /** What was too large, or could not be sent, goes to the server by name alone, which says so. */
  async function uploaded(file, at) {
    const told = { name: file.name.slice(0, 300), bytes: file.size, path: null };
    if (file.size > props.most_bytes || at >= props.most_files) return told;
    try {
      return { ...told, path: (await gradio.upload(file)).path };
    } catch {
      return told;
    }
  }

  function bar(text, share) {
    const going = find(".going");
    const progress = make("progress", { id: "articles-progress", max: "100", value: String(Math.round(100 * share)) });
    const box = make("div", { class: "progress" });
    box.append(make("label", { for: "articles-progress" }, text), progress);
    going.replaceChildren(box);
    delete going.dataset.html;
    going.hidden = false;
  }

  // ---- what is pressed

  const ACTS = {
    adding: (button) => {
      const section = find("#adding");
      section.hidden = !section.hidden;
      button.setAttribute("aria-expanded", String(!section.hidden));
      if (!section.hidden) find("input:checked", section).focus();
    },
    build: () => change({ act: "build" }),
    open: ({ dataset }) => show(dataset.id),
    close: () => close(),
    remove: ({ dataset }) => change({ act: "remove", article: dataset.id }),
    restore: ({ dataset }) => change({ act: "restore", article: dataset.id }),
  };

  tab.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-act]");
    if (button && tab.contains(button)) ACTS[button.dataset.act](button);
  });

  tab.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form.dataset.way === "files") addFiles([...find("#articles-files").files]);
    else if (form.dataset.way) change({ act: form.dataset.way, ...Object.fromEntries(new FormData(form)) });
    else look();
  });

  tab.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && find(".both").contains(event.target)) close();
  });

  let typing;
  find("form.find").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING_MS);
  });

  find(".ways").addEventListener("change", ({ target }) => {
    for (const form of all("form[data-way]")) form.hidden = form.dataset.way !== target.value;
  });

  for (const type of ["dragover", "drop"])
    find("#adding").addEventListener(type, (event) => {
      if (!event.dataTransfer?.files && type === "drop") return;
      event.preventDefault();
      if (type === "drop" && event.dataTransfer.files.length) addFiles([...event.dataTransfer.files]);
    });

  // ---- words

  function speak() {
    window.mssqa.speak(tab, props.words[language]);
    find("#articles-files").accept = props.suffixes.join(",");
    const limits = { kinds: props.suffixes.join(" "), files: props.most_files, size: props.most_bytes / 1_000_000 };
    find("#articles-files-hint").textContent = say("files_hint", limits);
  }

  typed.addEventListener("input", keepDraft);
  gradio.watch("value", () => receive(props.value));
  speak();
  bringDraft();
  look();
  setInterval(watch, LOOK_MS);
};
