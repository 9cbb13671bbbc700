/* Keeps the pages of a survey that was begun, so that the next step opens without signal. Nothing else is kept.

   The line comes first; what was kept answers only when it fails, for three days at most (decision 0024). */
"use strict";

var CACHES = "jiedui-survey-";
var SURVEY = /^\/desk\/households\/[0-9a-f-]{36}\/register(\/[a-z0-9-]+)?$/;
var PATIENCE = 6000;
var OLDEST = 72 * 3600 * 1000;
var STAMP = "X-Kept-At";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function stamped(answer) {
  var headers = new Headers(answer.headers);
  headers.set(STAMP, String(Date.now()));
  return answer.blob().then(function (body) {
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers: headers });
  });
}

function store(cache, address) {
  return fetch(address, { credentials: "same-origin" }).then(function (answer) {
    if (!answer.ok || answer.redirected) return false;
    return stamped(answer).then(function (copy) { return cache.put(address, copy); }).then(function () { return true; });
  }).catch(function () { return false; });
}

/* One after the other: the line is thin. */
function keep(message) {
  return caches.open(CACHES + message.account).then(function (cache) {
    return message.keep.concat(message.assets).reduce(function (line, address) {
      return line.then(function (whole) {
        return store(cache, address).then(function (done) { return whole && done; });
      });
    }, Promise.resolve(true));
  });
}

self.addEventListener("message", function (event) {
  if (!event.data || !event.data.keep) return;
  event.waitUntil(keep(event.data).then(function (whole) {
    if (event.source) event.source.postMessage({ kept: whole });
  }));
});

function isFresh(answer) {
  return answer && Date.now() - Number(answer.headers.get(STAMP)) < OLDEST;
}

function found(request) {
  return caches.match(request, { ignoreVary: true, ignoreSearch: true }).then(function (answer) {
    return isFresh(answer) ? answer : null;
  });
}

/* A page that was kept stays as new as the line allowed. */
function renew(request, answer) {
  if (!answer.ok || answer.redirected) return Promise.resolve();
  var copy = answer.clone();
  return caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf(CACHES) === 0; }).map(function (name) {
      return caches.open(name).then(function (cache) {
        return cache.match(request, { ignoreVary: true }).then(function (old) {
          return old ? stamped(copy).then(function (fresh) { return cache.put(request, fresh); }) : null;
        });
      });
    }));
  });
}

function fromLine(request) {
  var stop = new AbortController();
  var timer = setTimeout(function () { stop.abort(); }, PATIENCE);
  return fetch(request, { signal: stop.signal }).finally(function () { clearTimeout(timer); });
}

function page(event) {
  return fromLine(event.request).then(function (answer) {
    event.waitUntil(renew(event.request, answer).catch(function () { return null; }));
    return answer;
  }).catch(function (error) {
    return found(event.request).then(function (answer) {
      if (answer) return answer;
      throw error;
    });
  });
}

self.addEventListener("fetch", function (event) {
  var address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && SURVEY.test(address.pathname)) {
    event.respondWith(page(event));
  } else if (address.pathname.indexOf("/static/") === 0) {
    event.respondWith(caches.match(event.request, { ignoreVary: true }).then(function (answer) {
      return answer || fetch(event.request);
    }));
  }
});
