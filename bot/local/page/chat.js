// The chat page: shows one chat of the local Bot API as a person sees it, and acts as that person.
// It knows /sim only. Nothing the bot sends is ever read as HTML: text and entities become DOM nodes.

const byId = (id) => document.getElementById(id);
const GROUP = -501;
const state = {
  about: null, people: [], who: null, messages: new Map(), drafts: new Map(),
  source: null, commands: [], results: null, typingTimer: 0, askTimer: 0, askNumber: 0, picked: -1,
};

// ---- talking to the server -------------------------------------------------------------------

async function call(path, body) {
  const options = body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(found.error || answer.statusText), { status: answer.status });
  return found;
}

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error instanceof TypeError ? "The local server does not answer" : error.message);
    return null;
  }
}

const here = () => ({ user_id: state.who.userId, chat_id: state.who.chatId });

// ---- building nodes --------------------------------------------------------------------------

function node(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null));
  return made;
}

function button(className, label, act) {
  const made = node("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const initials = (name) => name.split(/\s+/).map((word) => [...word][0] || "").slice(0, 2).join("").toUpperCase();
const clock = (date) => new Date(date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
const day = (date) => new Date(date * 1000).toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });

function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:", "tg:", "mailto:"].includes(parsed.protocol) ? parsed : null;
  } catch {
    return null;
  }
}

// The start parameter of a link to this very bot: t.me/<bot>?start=…
function startOf(url) {
  const name = state.about.bot.username.toLowerCase();
  if (!/^https?:$/.test(url.protocol) || url.hostname !== "t.me" || url.pathname.slice(1).toLowerCase() !== name) return null;
  return url.searchParams.get("start");
}

// ---- text and entities -----------------------------------------------------------------------

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

function link(url, children, shown) {
  const parsed = safeUrl(url);
  if (!parsed) return node("span", "", ...children);
  const made = node("a", "", ...children);
  made.href = parsed.href;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  const start = startOf(parsed);
  if (start !== null) {
    made.addEventListener("click", (event) => { event.preventDefault(); say(`/start ${start}`.trim()); });
  }
  const host = parsed.hostname || parsed.protocol + "//";
  if (shown.includes(host)) return made;
  return node("span", "", made, node("span", "host", `(${host})`));
}

function foldable(children) {
  const words = node("div", "fold-words", ...children);
  const quote = node("blockquote", "fold shut", words);
  const more = button("unfold", "Show more", () => {
    const shut = quote.classList.toggle("shut");
    more.textContent = shut ? "Show more" : "Show less";
    more.setAttribute("aria-expanded", String(!shut));
  });
  more.setAttribute("aria-expanded", "false");
  quote.append(more);
  requestAnimationFrame(() => { if (words.isConnected && words.scrollHeight <= words.clientHeight + 2) more.remove(); });
  return quote;
}

function spoiler(children) {
  const made = button("spoiler", "", () => { made.setAttribute("aria-expanded", "true"); made.removeAttribute("aria-label"); });
  made.append(...children);
  made.setAttribute("aria-expanded", "false");
  made.setAttribute("aria-label", "Hidden text, press to show");
  return made;
}

function formatted(entity, children, words) {
  switch (entity.type) {
    case "expandable_blockquote": return foldable(children);
    case "spoiler": return spoiler(children);
    case "pre": return node("pre", "", node("code", "", ...children));
    case "text_link": return link(entity.url, children, words);
    case "url": return link(/^[a-z]+:/i.test(words) ? words : "http://" + words, children, words);
    case "email": return link("mailto:" + words, children, words);
    case "bot_command": return button("command", words, () => say(words));
    case "date_time": {
      const time = node("time", "", ...children);
      time.dateTime = new Date(entity.unix_time * 1000).toISOString();
      time.title = new Date(entity.unix_time * 1000).toLocaleString();
      return time;
    }
    default: return node(SIMPLE[entity.type] || "span", "", ...children);
  }
}

// Entities nest; offsets count UTF-16 units, as strings do here.
function nodes(text, entities, start = 0, end = text.length) {
  const made = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    let last = index + 1;
    while (last < entities.length && entities[last].offset < stop) last += 1;
    if (entity.offset > at) made.push(text.slice(at, entity.offset));
    const inner = nodes(text, entities.slice(index + 1, last), entity.offset, stop);
    made.push(formatted(entity, inner, text.slice(entity.offset, stop)));
    // A block ends its own line, as in Telegram's apps: the line break after it is not another one.
    at = BLOCKS.has(entity.type) && text[stop] === "\n" && stop < end ? stop + 1 : stop;
    index = last;
  }
  if (at < end) made.push(text.slice(at, end));
  return made;
}

// ---- messages --------------------------------------------------------------------------------

const isMine = (message) => message.from?.id === state.who.userId && !message.sender_chat;
const author = (message) => message.sender_chat?.title || message.from?.first_name || "";

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function fileLink(document_) {
  const words = node("span", "", document_.file_name, node("small", "", size(document_.file_size)));
  const made = node("a", "file", "📄 ", words);
  made.href = "/sim/file?file_id=" + encodeURIComponent(document_.file_id);
  made.download = document_.file_name;
  return made;
}

function notes(message) {
  const origin = message.forward_origin;
  return [
    origin ? `Forwarded from ${origin.sender_user_name || "another chat"}` : "",
    message.via_bot ? `via @${message.via_bot.username}` : "",
  ].filter(Boolean).map((words) => node("p", "note", words));
}

function replied(message) {
  if (!message.reply_to_message) return null;
  const above = message.reply_to_message;
  const words = message.quote?.text || above.text || above.caption || above.document?.file_name || "";
  return node("div", "replied", node("b", "", author(above)), node("span", "", words));
}

function bubble(message) {
  const words = node("div", "words", ...nodes(message.text, message.entities));
  words.dir = "auto";
  const time = node("time", "", clock(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  const meta = node("div", "meta", message.reaction ? node("span", "reaction", message.reaction) : null,
    message.edited ? node("span", "", "edited") : null, time);
  const sender = node("p", "sender", isMine(message) ? "You" : author(message));
  if (isMine(message) || state.who.chatId > 0) sender.classList.add("off");
  return node("div", "bubble", sender, ...notes(message), replied(message),
    message.document ? fileLink(message.document) : null, message.text ? words : null, meta);
}

function keys(message) {
  const rows = message.reply_markup?.inline_keyboard || [];
  if (!rows.length) return null;
  return node("div", "keys", ...rows.map((row) => node("div", "row", ...row.map((key) => keyOf(message, key)))));
}

function keyOf(message, key) {
  const made = button(`key ${key.style || ""}`, key.text, () => press(message, key, made));
  if (key.url) made.append(node("span", "mark", "↗\uFE0E"));
  made.setAttribute("dir", "auto");
  return made;
}

async function press(message, key, made) {
  if (key.url) return open(key.url);
  if (key.copy_text) return copy(key.copy_text.text);
  const query = key.switch_inline_query_current_chat ?? key.switch_inline_query;
  if (query !== undefined) return fill(`@${state.about.bot.username} ${query}`);
  if (key.callback_data === undefined) return toast("The local chat cannot open this button");
  made.setAttribute("aria-busy", "true");
  const answer = await attempt(() => call("/sim/press", { ...here(), message_id: message.message_id, data: key.callback_data, wait: 15 }));
  made.removeAttribute("aria-busy");
  if (answer && !answer.answered) toast("The bot did not answer this press");
  return answer;
}

function open(address) {
  const url = safeUrl(address);
  if (!url) return toast("This address cannot be opened");
  const start = startOf(url);
  return start !== null ? say(`/start ${start}`.trim()) : window.open(url.href, "_blank", "noopener,noreferrer");
}

async function copy(text) {
  await attempt(async () => { await navigator.clipboard.writeText(text); toast("Copied"); });
}

function item(message) {
  const service = message.migrate_to_chat_id ? "The group became a supergroup" : message.migrate_from_chat_id ? "This group was upgraded" : "";
  const made = service ? node("li", "service", service) : node("li", isMine(message) ? "message mine" : "message", bubble(message), keys(message));
  made.dataset.id = message.message_id;
  made.dataset.day = day(message.date);
  return made;
}

function show(message) {
  const log = byId("log");
  const near = atEnd();
  const old = log.querySelector(`[data-id="${message.message_id}"]`);
  state.messages.set(message.message_id, message);
  if (old) {
    swap(old, item(message));
  } else {
    const made = item(message);
    const last = log.lastElementChild;
    if (!last || last.dataset.day !== made.dataset.day) log.append(separator(made.dataset.day));
    log.append(made);
  }
  if (!isMine(message)) typing(false);
  empty();
  if (near || isMine(message)) toEnd();
}

// An edited message keeps its quotes open and the focus on the same button.
function swap(old, made) {
  const focused = [...old.querySelectorAll("button")].indexOf(document.activeElement);
  const opened = [...old.querySelectorAll(".fold")].map((fold) => !fold.classList.contains("shut"));
  old.replaceWith(made);
  made.querySelectorAll(".fold").forEach((fold, index) => { if (opened[index]) fold.querySelector(".unfold")?.click(); });
  if (focused >= 0) made.querySelectorAll("button")[focused]?.focus();
}

function separator(words) {
  const made = node("li", "day", words);
  made.dataset.day = words;
  return made;
}

function hide(messageId) {
  state.messages.delete(messageId);
  byId("log").querySelector(`[data-id="${messageId}"]`)?.remove();
  empty();
}

const atEnd = () => { const box = byId("scroll"); return box.scrollHeight - box.scrollTop - box.clientHeight < 120; };
const toEnd = () => requestAnimationFrame(() => { const box = byId("scroll"); box.scrollTop = box.scrollHeight; });

function empty() {
  const nothing = state.messages.size === 0;
  byId("empty").hidden = !nothing;
  byId("start").hidden = state.who.chatId < 0;
}

// ---- toasts, alerts, typing ------------------------------------------------------------------

function toast(words) {
  const made = node("div", "toast", words);
  byId("toasts").append(made);
  setTimeout(() => made.remove(), 4000 + 40 * words.length);
}

function answered(event) {
  if (event.url) open(event.url);
  if (!event.text) return;
  if (!event.show_alert) return toast(event.text);
  byId("alert-words").textContent = event.text;
  const box = byId("alert");
  if (!box.open) box.showModal();
}

function typing(on) {
  clearTimeout(state.typingTimer);
  const near = atEnd();
  byId("typing").hidden = !on;
  if (on) state.typingTimer = setTimeout(() => typing(false), 5000);
  if (on && near) toEnd();
}

// ---- the person ------------------------------------------------------------------------------

async function become(who) {
  if (state.who) state.drafts.set(state.who.key, byId("input").value);
  state.who = who;
  if (location.hash !== "#" + who.key) history.replaceState(null, "", "#" + who.key);
  document.querySelectorAll("#people button").forEach((made) => made.setAttribute("aria-current", String(made.dataset.key === who.key)));
  state.messages.clear();
  byId("log").replaceChildren();
  closeMenu();
  results(null);
  if (who.chatId < 0) await attempt(() => call("/sim/group", { chat_id: GROUP, title: "Group", type: "group", user_id: who.userId }));
  fill(state.drafts.get(who.key) || "", false);
  listen();
}

async function refresh() {
  const who = state.who;
  const found = await call("/sim/transcript?chat_id=" + who.chatId).catch((error) => {
    if (error.status === 404) return { messages: [] };
    throw error;
  });
  if (who !== state.who) return;
  byId("log").replaceChildren();
  state.messages.clear();
  byId("log").setAttribute("aria-live", "off"); // the past is not read out
  found.messages.forEach(show);
  empty();
  toEnd();
  setTimeout(() => byId("log").setAttribute("aria-live", "polite"), 300);
  await menuOf(who);
}

async function menuOf(who) {
  const found = await call(`/sim/commands?user_id=${who.userId}&chat_id=${who.chatId}`);
  if (who === state.who) state.commands = found.commands;
}

async function introduce() {
  state.about = await call("/sim/bot?language_code=" + navigator.language.slice(0, 2).toLowerCase());
  const { name, description, short_description: short, bot } = state.about;
  document.title = `${name} · local chat`;
  byId("name").textContent = byId("empty-name").textContent = name;
  byId("avatar").textContent = byId("empty-avatar").textContent = initials(name);
  byId("empty-words").textContent = description || short || "Write to the bot, or press Start.";
  byId("handle").textContent = "@" + bot.username;
}

function people() {
  const keys_ = ["reader", "second-reader", "admin"];
  state.people = state.about.people.map((user, index) => ({ key: keys_[index], label: ["Reader", "Second reader", "Admin"][index], userId: user.id, chatId: user.id }));
  state.people.push({ key: "group", label: "Group", userId: state.about.people[0].id, chatId: GROUP });
  byId("people").replaceChildren(...state.people.map((who) => {
    const face = node("span", "avatar", initials(who.label));
    face.setAttribute("aria-hidden", "true");
    const made = button("", "", () => become(who));
    made.append(face, who.label);
    made.dataset.key = who.key;
    return node("li", "", made);
  }));
}

const named = () => state.people.find((who) => "#" + who.key === location.hash) || state.people[0];

// ---- events ----------------------------------------------------------------------------------

const ACTS = {
  message: (event) => show(event.message),
  edited: (event) => show(event.message),
  deleted: (event) => hide(event.message_id),
  toast: answered,
  typing: () => typing(true),
  commands: () => menuOf(state.who),
  profile: () => introduce(),
};

function listen() {
  state.source?.close();
  const source = new EventSource(`/sim/events?chat_id=${state.who.chatId}&user_id=${state.who.userId}`);
  state.source = source;
  source.onopen = () => { linked(true); introduce().then(refresh).catch(() => linked(false)); };
  source.onmessage = (message) => { const event = JSON.parse(message.data); ACTS[event.type]?.(event); };
  source.onerror = () => {
    linked(false);
    if (source.readyState === EventSource.CLOSED && source === state.source) setTimeout(() => source === state.source && listen(), 1500);
  };
}

function linked(on) {
  byId("state").textContent = on ? "" : "reconnecting…";
  byId("state").classList.toggle("lost", !on);
}

// ---- writing ---------------------------------------------------------------------------------

async function say(text) {
  closeMenu();
  return attempt(() => call("/sim/message", { ...here(), text }));
}

function fill(text, focus = true) {
  byId("input").value = text;
  if (focus) byId("input").focus();
  typed();
}

async function submit() {
  const text = byId("input").value;
  if (!text.trim() || asked() !== null) return;
  fill("");
  if (await say(text) === null) fill(text);
}

function typed() {
  const input = byId("input");
  byId("send").disabled = !input.value.trim() || asked() !== null;
  input.style.height = "auto";
  input.style.height = Math.min(input.scrollHeight + 2, 152) + "px";
  complete();
  ask();
}

async function sendFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  await attempt(() => call("/sim/document", { ...here(), file_name: file.name, base64: btoa(binary), caption: byId("input").value.trim() || undefined }));
  fill("");
}

// ---- commands --------------------------------------------------------------------------------

function complete() {
  const typed_ = byId("input").value;
  if (!/^\/[\w]*$/.test(typed_)) return closeMenu();
  const fitting = state.commands.filter((command) => ("/" + command.command).startsWith(typed_.toLowerCase()));
  return fitting.length ? openMenu(fitting) : closeMenu();
}

function openMenu(commands) {
  state.picked = -1;
  byId("menu").replaceChildren(...commands.map(option));
  if (!commands.length) byId("menu").append(node("li", "none", "The bot has not set any commands yet"));
  byId("menu").hidden = false;
  byId("menu-button").setAttribute("aria-expanded", "true");
}

function option(command, index) {
  const made = node("li", "", node("b", "", "/" + command.command), node("span", "", command.description));
  made.id = "option-" + index;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dataset.command = command.command;
  made.addEventListener("click", () => { fill(""); say("/" + command.command); byId("input").focus(); });
  return made;
}

function closeMenu() {
  byId("menu").hidden = true;
  byId("menu-button").setAttribute("aria-expanded", "false");
  byId("input").removeAttribute("aria-activedescendant");
  state.picked = -1;
}

function pick(step) {
  const options = [...byId("menu").querySelectorAll("[role=option]")];
  if (!options.length) return;
  state.picked = (state.picked + step + options.length) % options.length;
  options.forEach((made, index) => made.setAttribute("aria-selected", String(index === state.picked)));
  options[state.picked].scrollIntoView({ block: "nearest" });
  byId("input").setAttribute("aria-activedescendant", options[state.picked].id);
}

// Whether the key was for the open menu.
function steer(event) {
  if (byId("menu").hidden) return false;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const chosen = byId("menu").querySelector('[aria-selected="true"]') || byId("menu").querySelector("[role=option]");
  if (event.key in steps) pick(state.picked < 0 && event.key === "ArrowUp" ? 0 : steps[event.key]);
  else if (event.key === "Escape") closeMenu();
  else if (event.key === "Tab" && chosen && byId("input").value.startsWith("/")) fill("/" + chosen.dataset.command + " ");
  else if (event.key === "Enter" && state.picked >= 0) chosen.click();
  else return false;
  event.preventDefault();
  return true;
}

// ---- inline mode -----------------------------------------------------------------------------

// The question behind "@bot ", or null.
function asked() {
  const found = byId("input").value.match(/^@(\w+)\s([\s\S]*)$/);
  return found && found[1].toLowerCase() === state.about?.bot.username.toLowerCase() ? found[2].trim() : null;
}

function ask() {
  clearTimeout(state.askTimer);
  const query = asked();
  if (query === null) return results(null);
  state.askTimer = setTimeout(() => inline(query), 350);
}

async function inline(query) {
  const number = ++state.askNumber;
  const found = await attempt(() => call("/sim/inline", { user_id: state.who.userId, query, wait: 10 }));
  if (found && number === state.askNumber && asked() === query) results(found, query);
}

function results(found, query = "") {
  const box = byId("cards");
  if (!found) { state.askNumber += 1; box.hidden = true; return box.replaceChildren(); }
  const made = found.results.map((result) => card(result, found.inline_query_id, query));
  if (found.button) made.unshift(button("card", node("b", "", found.button.text), () => { fill(""); say(`/start ${found.button.start_parameter || ""}`.trim()); }));
  const nothing = found.answered ? "No results" : "The bot did not answer";
  box.replaceChildren(...(made.length ? made.map((one) => node("li", "", one)) : [node("li", "none", nothing)]));
  box.hidden = false;
}

function card(result, queryId, query) {
  const made = button("card", node("b", "", result.title), async () => {
    const posted = await attempt(() => call("/sim/choose", { ...here(), inline_query_id: queryId, result_id: result.id, query }));
    if (posted) fill("");
  });
  if (result.description) made.append(node("span", "", result.description));
  made.dir = "auto";
  return made;
}

// ---- start -----------------------------------------------------------------------------------

function wire() {
  const input = byId("input");
  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || steer(event)) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); }
  });
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  byId("start").addEventListener("click", () => { say("/start"); input.focus(); });
  byId("menu-button").addEventListener("click", () => { if (byId("menu").hidden) openMenu(state.commands); else closeMenu(); input.focus(); });
  byId("attach").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", (event) => { if (event.target.files[0]) sendFile(event.target.files[0]); event.target.value = ""; });
  document.addEventListener("click", (event) => { if (!event.target.closest(".foot")) closeMenu(); });
  addEventListener("hashchange", () => { if (named() !== state.who) become(named()); });
}

async function begin() {
  try {
    await introduce();
  } catch {
    linked(false);
    return setTimeout(begin, 1500);
  }
  people();
  return become(named());
}

wire();
begin();
