// The Ask tab: the composer, the conversation as it grows, and what one can do with an answer.
// HTML comes from the server, escaped there; everything else is put in as text.
"use strict";

window.mssqa.ask = (tab, gradio) => {
  const { make, name, phrase, remember, remembered, forget, kept } = window.mssqa;
  const { props, server } = gradio;
  const find = (selector, within = tab) => within.querySelector(selector);
  const DRAFT = "mssqa.draft";
  const TALK = "mssqa.current";
  const ASKING = "mssqa.asking";
  const MOST_TURNS = 8;
  const SLOW_MS = 3_000; // without a sign of life
  const PATIENT = 3; // times that long, before it is told that others ask too
  const WELCOME_MS = { opening: 700, trouble: 15_000, open: 60_000 };
  const REASONS = ["wrong fact", "wrong evidence", "should have declined", "should have answered", "bad"];

  let language = window.mssqa.language(Object.keys(props.words));
  let talk = null; // the conversation on the page
  let running = null; // the exchange that is being answered
  let undo = null; // what the notice's button does
  const shown = new WeakMap(); // exchange element → {asked, sources, exchange, token}

  const say = (key, blanks) => phrase(props.words[language], key, blanks);
  const box = find("textarea");
  const list = find("ol.exchanges");
  const call = async (fn, sent = {}) => {
    const nothing = { trouble: { kind: "Unreachable", what: say("unreachable"), hint: say("unreachable_hint") } };
    try {
      return (await server[fn]({ language, ...sent })) ?? nothing; // Gradio gives undefined, or throws
    } catch {
      return nothing;
    }
  };
  const sources = window.mssqa.sources(tab, {
    server: { read: (sent) => call("read", sent) }, say, language: () => language,
  });

  // ---- asking

  const limits = () => ({
    as_of: find("input[name=as_of]").value || null,
    publishers: [...tab.querySelectorAll(".choices input:checked")].map((each) => each.value),
  });

  function ask(question, within = limits()) {
    if (running || !question.trim()) return;
    talk ??= kept.begin(question.trim());
    remember(sessionStorage, TALK, talk.id);
    remember(sessionStorage, ASKING, question); // until it is answered, whatever becomes of the page
    const past = talk.exchanges.slice(-MOST_TURNS).map(({ question, text }) => ({ question, text }));
    const asked = { run: name(), question, ...within, past, language };
    running = add({ question, asked });
    tellOf(running, say("searching"));
    busy(true);
    running.scrollIntoView({ block: "start", behavior: calm() });
    gradio.ask(asked);
    watchOver(running);
  }

  /** Say so if nothing more comes: the server is gone, the answer is lost, or many are asking. */
  function watchOver(item, times = 1) {
    const { asked, stage } = shown.get(item);
    const isStill = () => running === item && shown.get(item).stage === stage;
    setTimeout(async () => {
      if (running !== item) return;
      if (!isStill()) return watchOver(item);
      const { value, trouble } = await call("is_running", { run: asked.run });
      if (!isStill()) return watchOver(item);
      if (trouble) return fail(item, trouble, asked);
      if (!value) return fail(item, { what: say("lost"), hint: say("lost_hint") }, asked);
      if (times >= PATIENT && (stage?.stage ?? "begun") === "begun") tellOf(item, say("still_waiting"));
      watchOver(item, times + 1);
    }, SLOW_MS);
  }

  /** One stage of the answer that is under way. */
  function receive(stage) {
    if (!running || !stage || stage.run !== shown.get(running).asked.run) return;
    const item = running;
    const state = shown.get(item);
    if (stage.told && stage.told !== state.told) aloud(stage.told);
    for (const sentence of stage.sentences.slice(state.stage?.sentences.length ?? 0)) aloud(sentence);
    Object.assign(state, { stage, told: stage.told, sources: stage.sources });
    if (stage.stage === "trouble") return fail(item, stage.trouble, state.asked);
    tellOf(item, stage.stage === "checked" ? "" : stage.told || say("writing"));
    item.classList.toggle("finding", stage.stage === "found");
    fill(find(".body", item), stage.answer);
    if (stage.stage !== "begun") sources.show(stage.sources);
    if (stage.stage === "checked") finish(item, stage);
  }

  function finish(item, { exchange, token }) {
    Object.assign(shown.get(item), { exchange, token });
    const grown = kept.append(talk, exchange);
    talk = grown.talk;
    if (!grown.kept) notify(say("not_kept"));
    history.replaceState(history.state, "", link(exchange));
    over();
    settle(item);
    suggest(item);
  }

  function fail(item, { what, hint, build }, asked) {
    tellOf(item, "");
    const told = make("div", { class: "trouble", role: "alert" });
    told.append(make("p", {}, what), make("p", { class: "hint" }, hint));
    if (build) told.append(make("button", { type: "button", class: "send", "data-act": "build" }, say("build")));
    find(".body", item).replaceChildren(told);
    settle(item, ["retry"]);
    if (!box.value) keepDraft((box.value = asked.question));
    over();
  }

  /** Nothing is under way any more. */
  function over() {
    running = null;
    forget(sessionStorage, ASKING);
    busy(false);
  }

  function stop() {
    if (!running) return;
    gradio.stop();
    const item = running;
    over();
    tellOf(item, say("stopped"));
    aloud(say("stopped"));
    settle(item, ["retry"]);
    box.focus();
  }

  /** Ask once more, in the place of the answer that is there. */
  function retry(item) {
    if (running) return;
    const { asked, exchange } = shown.get(item);
    const again = asked ?? { question: exchange.question, as_of: exchange.as_of, publishers: exchange.publishers };
    if (exchange && item === list.lastElementChild) {
      talk = { ...talk, exchanges: talk.exchanges.slice(0, -1) };
      kept.save(talk);
    }
    if (item === list.lastElementChild) item.remove();
    if (box.value === again.question) keepDraft((box.value = ""));
    ask(again.question, { as_of: again.as_of, publishers: again.publishers });
  }

  // ---- the conversation on the page

  function add({ question, ...state }) {
    const item = find("template").content.firstElementChild.cloneNode(true);
    window.mssqa.speak(item, props.words[language]);
    find(".question", item).textContent = question;
    shown.set(item, state);
    for (const old of tab.querySelectorAll(".follow")) old.hidden = true;
    list.append(item);
    tab.classList.add("begun");
    return item;
  }

  /** Put in the answer's HTML, and the focus back on the marker that had it. */
  function fill(body, html) {
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
    const last = item === list.lastElementChild;
    find("[data-act=retry]", item).hidden = !last;
    for (const old of [...list.children].slice(0, -1)) find("[data-act=retry]", old).hidden = true;
  }

  async function suggest(item) {
    const { value: questions = [] } = await call("follow_ups", { exchanges: talk.exchanges });
    if (item !== list.lastElementChild || running || questions.length === 0) return;
    find(".follow ul", item).replaceChildren(...questions.map(asButton));
    find(".follow", item).hidden = false;
  }

  function asButton(question) {
    const entry = document.createElement("li");
    entry.append(make("button", { type: "button", class: "pill", "data-ask": "" }, question));
    return entry;
  }

  /** The conversation of that id, its answers drawn by the server; without one, the empty page. */
  async function turnTo(id) {
    if (running) stop();
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
      find(".body", item).innerHTML = drawn.answer;
      settle(item);
    });
    sources.show(value.at(-1)?.sources ?? "");
    list.lastElementChild?.scrollIntoView({ block: "start" });
  }

  // ---- the list of conversations

  function listTalks() {
    const items = kept.all().map((each) => {
      const item = make("li", { "data-talk": each.id });
      if (each.id === talk?.id) item.setAttribute("aria-current", "true");
      item.append(
        make("button", { type: "button", class: "title", "data-act": "turn" }, each.title),
        make("button", { type: "button", class: "quiet", "data-act": "rename", "aria-label": say("rename_it", { title: each.title }) }, say("rename")),
        make("button", { type: "button", class: "quiet", "data-act": "delete", "aria-label": say("delete_it", { title: each.title }) }, say("delete")),
      );
      return item;
    });
    find("#talks ul").replaceChildren(...items);
    find("#talks .none").hidden = items.length > 0;
  }

  function rename(item) {
    const { talk: id } = item.dataset;
    const title = find(".title", item);
    const field = make("input", { type: "text", maxlength: "120", "aria-label": say("new_title") });
    field.value = title.textContent;
    title.replaceWith(field);
    field.focus();
    field.select();
    const done = (keep) => {
      if (keep && kept.rename(id, field.value) && talk?.id === id) talk = kept.load(id);
      listTalks();
      find(`[data-talk="${id}"] .title`)?.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      done(event.key === "Enter");
    });
  }

  function drop(id) {
    const gone = kept.load(id);
    kept.remove(id);
    listTalks();
    if (talk?.id === id) turnTo(null);
    notify(say("deleted", { title: gone?.title ?? "" }), say("undo"), () => {
      if (gone) kept.save(gone);
      listTalks();
    });
  }

  async function exported(style) {
    if (!talk) return;
    const { value, trouble } = await call("export", { style, title: talk.title, exchanges: talk.exchanges });
    if (trouble) return notify(`${trouble.what} ${trouble.hint}`);
    const file = new Blob([value.text], { type: `${value.type};charset=utf-8` });
    const anchor = make("a", { href: URL.createObjectURL(file), download: value.name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1_000);
  }

  // ---- what can be done with an answer

  function link(exchange) {
    const query = new URLSearchParams({ q: exchange.stands_alone });
    if (exchange.as_of) query.set("as_of", exchange.as_of);
    for (const each of exchange.publishers) query.append("publisher", each);
    return `${location.pathname}?${query}`;
  }

  async function copy(text, told) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyByHand(text); // a page without https has no clipboard
    }
    notify(told);
  }

  function copyByHand(text) {
    const field = make("textarea", { class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  async function copyAnswer(item) {
    const { exchange } = shown.get(item);
    const { value, trouble } = await call("export", { style: "markdown", title: "", exchanges: [exchange] });
    if (trouble) return notify(`${trouble.what} ${trouble.hint}`);
    copy(value.text, say("copied"));
  }

  async function judge(item, verdict) {
    const { token } = shown.get(item);
    const { value, trouble } = await call("judge", { token, verdict });
    if (trouble) return notify(`${trouble.what} ${trouble.hint}`);
    if (!value) return notify(say("too_late"));
    find("[data-act=good]", item).setAttribute("aria-pressed", String(verdict === "good"));
    find("[data-act=bad]", item).classList.toggle("pressed", verdict !== "good");
    notify(say("judged"));
  }

  function offerReasons(item) {
    const reasons = find(".reasons", item);
    reasons.replaceChildren(
      ...REASONS.map((each) =>
        make("button", { type: "button", "data-act": "reason", "data-verdict": each }, say(each.replaceAll(" ", "_"))),
      ),
    );
    toggle(find("[data-act=bad]", item), reasons);
  }

  // ---- markers

  const card = (marker) => {
    const holder = document.createElement("ol");
    const item = marker.closest(".exchange");
    holder.innerHTML = shown.get(item)?.sources ?? "";
    return { all: [...holder.children], card: find(`[data-number="${marker.dataset.number}"]`, holder) };
  };

  function followMarker(marker) {
    sources.unpeek();
    if (marker.classList.contains("more")) {
      marker.nextElementSibling.hidden = false;
      marker.nextElementSibling.querySelector("button").focus();
      return marker.remove();
    }
    const { all, card: chosen } = card(marker);
    if (!chosen) return;
    if (marker.closest(".exchange")) sources.show(shown.get(marker.closest(".exchange")).sources);
    sources.open(chosen, all, marker);
  }

  function peek(event) {
    const marker = event.target.closest?.(".marker[data-number]");
    if (!marker) return;
    const { card: chosen } = card(marker);
    if (chosen) sources.peek(marker, chosen);
  }

  const unpeek = (event) =>
    event.target.closest?.(".marker") && setTimeout(() => sources.isHovered() || sources.unpeek(), 120);

  // ---- the composer

  function keepDraft(text) {
    remember(sessionStorage, DRAFT, text);
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }

  function submit() {
    const question = box.value;
    if (running || !question.trim()) return;
    if (!navigator.onLine && !["127.0.0.1", "localhost"].includes(location.hostname)) return notify(say("offline"));
    keepDraft((box.value = ""));
    ask(question);
  }

  function busy(on) {
    tab.classList.toggle("busy", on);
    find("[data-act=stop]").hidden = !on;
    find("button[type=submit]").hidden = on;
  }

  function showLimits() {
    const { as_of, publishers } = limits();
    const parts = [as_of && say("limit_as_of", { day: day(as_of) }), ...publishers].filter(Boolean);
    find("[data-act=limits]").textContent = parts.length ? parts.join(" · ") : say("limits");
    find("[data-act=limits]").classList.toggle("set", parts.length > 0);
  }

  function day(iso) {
    const [year, month, date] = iso.split("-").map(Number);
    const { months, first } = props.time[language];
    const blanks = { day: date === 1 ? first : date, month: months.split(" ")[month - 1], year };
    return phrase(props.time[language], "day", blanks);
  }

  function setLimits({ as_of, publishers }) {
    find("input[name=as_of]").value = as_of ?? "";
    for (const each of publishers) if (!choice(each)) addChoice(each);
    for (const each of tab.querySelectorAll(".choices input")) each.checked = publishers.includes(each.value);
    showLimits();
  }

  const choice = (publisher) => [...tab.querySelectorAll(".choices input")].find((each) => each.value === publisher);

  function addChoice(publisher) {
    const label = make("label");
    const box = make("input", { type: "checkbox", name: "publisher", value: publisher });
    label.append(box, make("span", {}, publisher));
    find(".choices").append(label);
  }

  // ---- how things stand

  async function greet() {
    const { value, trouble } = await call("greet");
    const now = value ?? { state: "trouble", told: trouble.what, trouble, publishers: [], examples: [] };
    tab.dataset.state = now.state;
    const fresh = find(".fresh");
    fresh.classList.toggle("trouble", now.state === "trouble");
    fresh.replaceChildren(make("span", {}, now.told));
    if (now.trouble) fresh.append(" ", make("span", { class: "hint" }, now.trouble.hint));
    if (now.trouble?.build)
      fresh.append(" ", make("button", { type: "button", class: "send", "data-act": "build" }, say("build")));
    for (const each of now.publishers) if (!choice(each)) addChoice(each);
    find(".publishers").hidden = !find(".choices").children.length;
    if (now.state === "open") offerExamples();
    setTimeout(greet, WELCOME_MS[now.state]);
  }

  async function offerExamples() {
    if (tab.classList.contains("begun") || find(".examples ul").children.length) return;
    const { value: questions = [] } = await call("examples");
    find(".examples ul").replaceChildren(...questions.map(asButton));
    find(".examples").hidden = questions.length === 0;
  }

  /** To the tab with the articles, and press there what builds. */
  async function build() {
    document.querySelector("[role=tab][data-tab-id=articles]").click();
    for (let tries = 0; tries < 50; tries++) {
      const button = document.querySelector("#keeping [data-act=build]");
      if (button?.checkVisibility()) return button.click();
      await new Promise((next) => setTimeout(next, 100));
    }
  }

  function notify(text, action, act) {
    const notice = find(".notice");
    notice.replaceChildren(make("span", {}, text));
    undo = act ?? null;
    if (action) notice.append(" ", make("button", { type: "button", class: "quiet", "data-act": "undo" }, action));
    notice.hidden = false;
    clearTimeout(notify.timer);
    notify.timer = setTimeout(() => (notice.hidden = true), action ? 12_000 : 5_000);
  }

  /** Add a line to what is read aloud. */
  function aloud(text) {
    const said = find(".said");
    said.append(make("span", {}, `${text} `));
    while (said.childElementCount > 20) said.firstElementChild.remove();
  }

  const tellOf = (item, text) => (find(".told", item).textContent = text);
  const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  function toggle(button, popup) {
    const open = popup.hidden;
    closePopups();
    popup.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) popup.querySelector("button, input")?.focus();
  }

  /** True if one was open. */
  function closePopups(focus = false) {
    const open = [...tab.querySelectorAll(".popup:not([hidden])")];
    for (const popup of open) {
      const button = popup.parentElement.querySelector("[aria-expanded]");
      popup.hidden = true;
      button.setAttribute("aria-expanded", "false");
      if (focus) button.focus();
    }
    return open.length > 0;
  }

  // ---- what a press does

  const ACTS = {
    talks: (button) => (listTalks(), toggle(button, find("#talks"))),
    export: (button) => toggle(button, find("#exports")),
    limits: (button) => toggle(button, find("#limits")),
    new: () => (turnTo(null), box.focus()),
    turn: (button) => (closePopups(), turnTo(button.closest("li").dataset.talk)),
    rename: (button) => rename(button.closest("li")),
    delete: (button) => drop(button.closest("li").dataset.talk),
    undo: () => (undo?.(), (find(".notice").hidden = true)),
    "export-markdown": () => (closePopups(true), exported("markdown")),
    "export-json": () => (closePopups(true), exported("json")),
    "no-limits": () => (setLimits({ as_of: null, publishers: [] }), closePopups(true)),
    stop,
    retry: (button) => retry(button.closest(".exchange")),
    copy: (button) => copyAnswer(button.closest(".exchange")),
    link: (button) => copy(new URL(link(shown.get(button.closest(".exchange")).exchange), location.href).href, say("link_copied")),
    sheet: (button) => (sources.show(shown.get(button.closest(".exchange")).sources), sources.sheet(true)),
    good: (button) => judge(button.closest(".exchange"), "good"),
    bad: (button) => offerReasons(button.closest(".exchange")),
    reason: (button) => (closePopups(true), judge(button.closest(".exchange"), button.dataset.verdict)),
    build,
  };

  tab.addEventListener("click", (event) => {
    const marker = event.target.closest(".marker");
    const example = event.target.closest("[data-ask]");
    const button = event.target.closest("[data-act]");
    const near = event.target.closest(".nearest .card button");
    if (!event.target.closest(".menu, .popup")) closePopups();
    if (marker) followMarker(marker);
    else if (example) ask(example.textContent);
    else if (near) sources.open(near.closest(".card"), [...near.closest("ol").children], near);
    else if (button) ACTS[button.dataset.act]?.(button);
  });
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!find(".hover").hidden) sources.unpeek();
    else closePopups(true) || sources.close();
  });
  for (const kind of ["pointerover", "focusin"]) tab.addEventListener(kind, peek);
  for (const kind of ["pointerout", "focusout"]) tab.addEventListener(kind, unpeek);
  box.addEventListener("input", () => keepDraft(box.value));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  find("form").addEventListener("submit", (event) => (event.preventDefault(), submit()));
  find("#limits").addEventListener("change", showLimits);
  window.addEventListener("offline", () => notify(say("offline")));
  window.addEventListener("online", () => notify(say("online")));
  kept.watch((id) => id === talk?.id && !running && turnTo(id));
  gradio.watch("value", () => receive(props.value));

  // ---- begin

  window.mssqa.speak(tab, props.words[language]);
  box.value = remembered(sessionStorage, DRAFT) || remembered(sessionStorage, ASKING) || "";
  keepDraft(box.value);
  showLimits();
  greet();
  arrive();

  /** Ask what the link asks, unless this tab has its answer already; else go on where it was. */
  function arrive() {
    const query = new URLSearchParams(location.search);
    const before = kept.load(remembered(sessionStorage, TALK) ?? "");
    const asks = query.get("q");
    const answered = before?.exchanges.at(-1);
    if (!asks || (answered && link(answered) === `${location.pathname}${location.search}`)) {
      if (before) turnTo(before.id);
      else forget(sessionStorage, TALK);
      return box.focus({ preventScroll: true });
    }
    setLimits({ as_of: query.get("as_of"), publishers: query.getAll("publisher") });
    ask(asks);
  }
};
