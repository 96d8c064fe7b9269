// The Ask tab: the composer, how things stand, and what each press does.
"use strict";

window.mssqa.ask = (tab, gradio) => {
  const { make, phrase, remember, remembered, kept } = window.mssqa;
  const { props, server } = gradio;
  const find = (selector, within = tab) => within.querySelector(selector);
  const DRAFT = window.mssqa.own("mssqa.draft");
  const WELCOME_MS = { opening: 700, trouble: 15_000, open: 60_000 };
  const REASONS = ["wrong fact", "wrong evidence", "should have declined", "should have answered", "bad"];

  const language = window.mssqa.language(Object.keys(props.words));
  const words = props.words[language];
  const say = (key, blanks) => phrase(words, key, blanks);
  const box = find("textarea");
  const call = async (fn, sent = {}) => {
    const nothing = { trouble: { kind: "Unreachable", what: say("unreachable"), hint: say("unreachable_hint") } };
    try {
      return (await server[fn]({ language, ...sent })) ?? nothing; // Gradio gives undefined, or throws
    } catch {
      return nothing;
    }
  };
  const { notify, undo, aloud } = window.mssqa.notices(tab);
  const popups = window.mssqa.popups(tab);
  const sources = window.mssqa.sources(tab, {
    server: { read: (sent) => call("read", sent) }, say, language: () => language,
  });
  const limits = window.mssqa.limits(tab, { say, time: props.time[language] });
  const conversation = window.mssqa.conversation(tab, { say, words, call, sources, notify });
  const answering = window.mssqa.answering(tab, {
    gradio, say, call, language, limits, conversation, sources, notify, aloud,
    composer: { giveBack, takeBack, focus: () => box.focus() },
  });
  const turnTo = (id) => (answering.stop(), conversation.turnTo(id));
  const talks = window.mssqa.talks(tab, { say, notify, conversation, turnTo });

  // ---- the composer

  function draft(text) {
    box.value = text;
    keepDraft();
  }

  function keepDraft() {
    remember(sessionStorage, DRAFT, box.value);
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }

  /** A question that was not answered, unless another has been begun. */
  function giveBack(question) {
    if (!box.value) draft(question);
  }

  /** It is asked again from where it stands. */
  function takeBack(question) {
    if (box.value === question) draft("");
  }

  function submit() {
    const question = box.value;
    if (answering.isUnderWay() || !question.trim()) return;
    if (!navigator.onLine && !["127.0.0.1", "localhost"].includes(location.hostname)) return notify(say("offline"));
    draft("");
    answering.ask(question);
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
    limits.offer(now.publishers);
    if (now.state === "open") offerExamples();
    setTimeout(greet, WELCOME_MS[now.state]);
  }

  async function offerExamples() {
    if (tab.classList.contains("begun") || find(".examples ul").children.length) return;
    const { value: questions = [] } = await call("examples");
    find(".examples ul").replaceChildren(...questions.map(conversation.asButton));
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

  // ---- what can be done with an answer

  async function exported(style, title, exchanges) {
    const { value, trouble } = await call("export", { style, title, exchanges });
    if (trouble) notify(`${trouble.what} ${trouble.hint}`);
    return value;
  }

  async function save(style) {
    const { talk } = conversation;
    const file = talk && (await exported(style, talk.title, talk.exchanges));
    if (!file) return;
    const blob = new Blob([file.text], { type: `${file.type};charset=utf-8` });
    const anchor = make("a", { href: URL.createObjectURL(blob), download: file.name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1_000);
  }

  async function copyAnswer(item) {
    const file = await exported("markdown", "", [conversation.of(item).exchange]);
    if (file) await window.mssqa.copy(file.text), notify(say("copied"));
  }

  async function copyLink(item) {
    const { href } = new URL(conversation.link(conversation.of(item).exchange), location.href);
    await window.mssqa.copy(href);
    notify(say("link_copied"));
  }

  async function judge(item, verdict) {
    const { token } = conversation.of(item);
    const { value, trouble } = await call("judge", { token, verdict });
    if (trouble) return notify(`${trouble.what} ${trouble.hint}`);
    if (!value) return notify(say("too_late"));
    find("[data-act=good]", item).setAttribute("aria-pressed", String(verdict === "good"));
    find("[data-act=bad]", item).classList.toggle("pressed", verdict !== "good");
    notify(say("judged"));
  }

  function offerReasons(item) {
    const asButton = (each) =>
      make("button", { type: "button", "data-act": "reason", "data-verdict": each }, say(each.replaceAll(" ", "_")));
    const reasons = find(".reasons", item);
    reasons.replaceChildren(...REASONS.map(asButton));
    popups.toggle(find("[data-act=bad]", item), reasons);
  }

  // ---- markers

  /** The cards of an answer, and the one that a marker stands for. */
  const cards = (marker) => {
    const holder = make("ol");
    holder.innerHTML = conversation.of(marker.closest(".exchange"))?.sources ?? "";
    return { all: [...holder.children], chosen: find(`[data-number="${marker.dataset.number}"]`, holder) };
  };

  function followMarker(marker) {
    sources.unpeek();
    if (marker.classList.contains("more")) {
      marker.nextElementSibling.hidden = false;
      marker.nextElementSibling.querySelector("button").focus();
      return marker.remove();
    }
    const { all, chosen } = cards(marker);
    if (!chosen) return;
    sources.show(conversation.of(marker.closest(".exchange")).sources);
    sources.open(chosen, all, marker);
  }

  function peek(event) {
    const marker = event.target.closest?.(".marker[data-number]");
    const { chosen } = marker ? cards(marker) : {};
    if (chosen) sources.peek(marker, chosen);
  }

  const unpeek = (event) =>
    event.target.closest?.(".marker") && setTimeout(() => sources.isHovered() || sources.unpeek(), 120);

  // ---- what a press does

  const exchange = (button) => button.closest(".exchange");
  const ACTS = {
    talks: (button) => (talks.show(), popups.toggle(button, find("#talks"))),
    export: (button) => popups.toggle(button, find("#exports")),
    limits: (button) => popups.toggle(button, find("#limits")),
    new: () => (turnTo(null), box.focus()),
    turn: (button) => (popups.close(), turnTo(button.closest("li").dataset.talk)),
    rename: (button) => talks.rename(button.closest("li")),
    delete: (button) => talks.drop(button.closest("li").dataset.talk),
    undo,
    "export-markdown": () => (popups.close(true), save("markdown")),
    "export-json": () => (popups.close(true), save("json")),
    "no-limits": () => (limits.set({}), popups.close(true)),
    stop: answering.stop,
    retry: (button) => answering.retry(exchange(button)),
    copy: (button) => copyAnswer(exchange(button)),
    link: (button) => copyLink(exchange(button)),
    sheet: (button) => (sources.show(conversation.of(exchange(button)).sources), sources.sheet(true)),
    good: (button) => judge(exchange(button), "good"),
    bad: (button) => offerReasons(exchange(button)),
    reason: (button) => (popups.close(true), judge(exchange(button), button.dataset.verdict)),
    build,
  };

  tab.addEventListener("click", (event) => {
    const marker = event.target.closest(".marker");
    const example = event.target.closest("[data-ask]");
    const button = event.target.closest("[data-act]");
    const near = event.target.closest(".nearest .card button");
    if (!event.target.closest(".menu, .popup")) popups.close();
    if (marker) followMarker(marker);
    else if (example) answering.ask(example.textContent);
    else if (near) sources.open(near.closest(".card"), [...near.closest("ol").children], near);
    else if (button) ACTS[button.dataset.act]?.(button);
  });
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!find(".hover").hidden) sources.unpeek();
    else popups.close(true) || sources.close();
  });
  for (const kind of ["pointerover", "focusin"]) tab.addEventListener(kind, peek);
  for (const kind of ["pointerout", "focusout"]) tab.addEventListener(kind, unpeek);
  box.addEventListener("input", keepDraft);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  find("form").addEventListener("submit", (event) => (event.preventDefault(), submit()));
  window.addEventListener("offline", () => notify(say("offline")));
  window.addEventListener("online", () => notify(say("online")));
  kept.watch((id) => id === conversation.talk?.id && !answering.isUnderWay() && turnTo(id));
  gradio.watch("value", () => answering.receive(props.value));

  // ---- begin

  window.mssqa.speak(tab, words);
  draft(remembered(sessionStorage, DRAFT) || answering.lost() || "");
  greet();
  arrive();

  /** Ask what the link asks, unless this tab has its answer already; else go on where it was. */
  function arrive() {
    const query = new URLSearchParams(location.search);
    const asks = query.get("q");
    const before = conversation.before();
    const last = before?.exchanges.at(-1);
    if (!asks || (last && conversation.link(last) === `${location.pathname}${location.search}`)) {
      if (before) turnTo(before.id);
      return box.focus({ preventScroll: true });
    }
    limits.set({ as_of: query.get("as_of"), publishers: query.getAll("publisher") });
    answering.ask(asks);
  }
};
