// @ts-check
/// <reference lib="webworker" />
// Keeps the languages that somebody reads in their browser, so that the site opens without a network. While the server
// answers, pages are its own.
(() => {
  "use strict";
  const here = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const scope = here.registration.scope;
  const NAME = `sintoma ${scope}`;
  /** The entry that says what is kept: the release, its languages, and since when. */
  const STATE = `${scope}kept.json`;
  const DIGEST = "sintoma-digest";
  const SINCE = "sintoma-since";
  /** Milliseconds after which a server that says nothing is taken for one that is not there. */
  const PATIENCE = 3000;
  /** Milliseconds for which it is not waited for again. */
  const SILENCE = 30_000;
  /** Milliseconds until a site whose files are not what its list says is looked at again. */
  const REST = 300_000;
  const AT_ONCE = 4;
  /** Named by what it holds: never another one under this name. */
  const NAMED = /[.-][0-9a-f]{8}\.\w+$/;
  /** Of a language: what is there a second time. */
  const AGAIN = /^[^/]+\/(?:compare|print)\//;

  /** @typedef {{ release: string, langs: string[], since: string, rest?: number }} State */
  /** @typedef {{ lang: string, reference: string }} Wanted */
  /** @typedef {Record<string, { sha256: string }>} Files */

  here.addEventListener("install", () => here.skipWaiting());
  here.addEventListener("activate", (event) => event.waitUntil(here.clients.claim()));
  here.addEventListener("message", (event) => event.waitUntil(oneByOne(event.data, event.source)));
  here.addEventListener("fetch", (event) => {
    const key = keyOf(event.request.url);
    if (event.request.method === "GET" && key.startsWith(scope)) event.respondWith(answer(event.request, key));
  });

  /** What a page is kept under: its file, in one spelling, whatever was asked of it. @param {string} address */
  function keyOf(address) {
    const url = new URL(address);
    const path = url.pathname.replace(/\/$/, "/index.html").replace(/\/[^/.]+$/, "$&.html");
    return url.origin + path.split("/").map((part) => encodeURIComponent(decoded(part))).join("/");
  }

  /** @param {string} part */
  function decoded(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }

  /** @param {string} path a file of the manifest */
  const placeOf = (path) => keyOf(new URL(path.split("/").map(encodeURIComponent).join("/"), scope).href);

  /** Until when the server is not waited for. */
  let silent = 0;
  /** @param {Request} request @param {string} key @returns {Promise<Response>} */
  async function answer(request, key) {
    const cache = await caches.open(NAME);
    const kept = await cache.match(key);
    if (!kept) return fetch(request);
    if (NAMED.test(key)) return kept;
    const found = Date.now() < silent ? undefined : await within(PATIENCE, fetch(request).catch(() => undefined));
    if (found && found.status < 500) return found;
    return request.mode === "navigate" ? dated(kept, await state(cache)) : kept;
  }

  /**
   * What comes of a promise in some milliseconds; else the server is not waited for, for a while.
   * @param {number} patience @param {Promise<Response | undefined>} asked @returns {Promise<Response | undefined>}
   */
  function within(patience, asked) {
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        silent = Date.now() + SILENCE;
        resolve(undefined);
      }, patience);
      asked.then((found) => {
        clearTimeout(late);
        resolve(found);
      });
    });
  }

  /** The page, saying since when it has been kept: it was still right when all the rest was. @param {Response} kept @param {State} known */
  async function dated(kept, known) {
    const text = await kept.text();
    const since = known.since || kept.headers.get(SINCE);
    return new Response(text.replace("<html ", `<html data-kept="${since}" `), { headers: kept.headers });
  }

  /** @param {Cache} cache @returns {Promise<State>} */
  async function state(cache) {
    const kept = await cache.match(STATE);
    return kept ? kept.json() : { release: "", langs: [], since: "" };
  }

  /** @type {Promise<unknown>} */
  let before = Promise.resolve();
  /** @param {Wanted} wanted @param {ExtendableMessageEvent["source"]} page is told what is kept then */
  const oneByOne = (wanted, page) =>
    (before = before
      .then(() => keep(wanted))
      .catch(() => undefined)
      .then(async () => page?.postMessage(await state(await caches.open(NAME)))));

  /** Keep the site as it is now, in this language and in those that are kept already. @param {Wanted} wanted */
  async function keep({ lang, reference }) {
    const cache = await caches.open(NAME);
    const known = await state(cache);
    if (Date.now() < (known.rest ?? 0)) return;
    const { release, files } = await (await fetch(`${scope}manifest.json`, { cache: "no-cache" })).json();
    const langs = [...new Set([...known.langs, lang])].sort();
    if (release === known.release && langs.length === known.langs.length) return;
    const paths = pathsOf(files, langs, reference);
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const right = await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => renew(cache, placeOf(path), files[path].sha256)));
      if (!right.every(Boolean)) return cache.put(STATE, Response.json({ ...known, rest: Date.now() + REST }));
    }
    const right = new Set([STATE, ...paths.map(placeOf)]);
    for (const { url } of await cache.keys()) if (!right.has(url)) await cache.delete(url);
    await cache.put(STATE, Response.json({ release, langs, since: new Date().toISOString() }));
  }

  /** Files of languages, first those that others name; the reference's index is searched, too. @param {Files} files @param {string[]} langs @param {string} reference */
  function pathsOf(files, langs, reference) {
    const starts = ["index.html", "assets/", ...langs.flatMap((lang) => [`${lang}/`, `search/${lang}/`]), `search/${reference}/`];
    const paths = Object.keys(files).filter((path) => starts.some((start) => path.startsWith(start)) && !AGAIN.test(path));
    return [...paths.filter((path) => NAMED.test(path)), ...paths.filter((path) => !NAMED.test(path))];
  }

  /**
   * Fetch a file that is not kept as it is now. Whether it is what it should be: what a login page says in its place is not kept.
   * @param {Cache} cache @param {string} url @param {string} digest
   */
  async function renew(cache, url, digest) {
    if ((await cache.match(url))?.headers.get(DIGEST) === digest) return true;
    const answer = await fetch(url, { cache: "no-cache" });
    const data = await answer.arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    if (Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") !== digest) return false;
    await cache.put(url, new Response(data, { headers: { "content-type": answer.headers.get("content-type") ?? "", [DIGEST]: digest, [SINCE]: new Date().toISOString() } }));
    return true;
  }
})();
