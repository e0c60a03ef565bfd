// @ts-check
/// <reference lib="webworker" />
// What stands in the place of offline.js where nothing is to be kept: lets go of what an earlier site kept.
(() => {
  "use strict";
  const here = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  here.addEventListener("install", () => here.skipWaiting());
  here.addEventListener("activate", (event) =>
    event.waitUntil(caches.delete(`sintoma ${here.registration.scope}`).then(() => here.registration.unregister())),
  );
})();
