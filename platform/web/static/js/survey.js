/* The survey of a household: kept as typed, also without signal. Without this file each step has its own button.

   What waits lies in this browser under the account that typed it: sent when the line is back, dropped when the survey
   was put on file, at sign-out, and when somebody else signs in. The worker beside it keeps the pages (decision 0024). */
(function () {
  "use strict";

  var ROOT = "jiedui-survey:";
  var CACHES = "jiedui-survey-";
  var DEBOUNCE = 1200;
  var PATIENCE = 9000;
  var AGAIN = 20000;
  var HIDDEN = /^(csrf_token|idempotency_key|base|revision|go)$/;
  var account = document.body.dataset.account || "";
  var timers = {};
  var sending = {};

  function all(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  /* ---- what lies in this browser ---- */

  function keyOf(path) { return ROOT + account + ":" + path; }

  function read(path) {
    try { return JSON.parse(localStorage.getItem(keyOf(path)) || "null"); } catch (error) { return null; }
  }

  function write(path, entry) {
    try { localStorage.setItem(keyOf(path), JSON.stringify(entry)); } catch (error) { return false; }
    return true;
  }

  function drop(path) {
    try { localStorage.removeItem(keyOf(path)); } catch (error) { return; }
  }

  function keys(test) {
    var found = [];
    try {
      for (var i = 0; i < localStorage.length; i += 1) {
        if (localStorage.key(i).indexOf(ROOT) === 0 && test(localStorage.key(i))) found.push(localStorage.key(i));
      }
    } catch (error) { return []; }
    return found;
  }

  function mine() {
    var start = ROOT + account + ":";
    return keys(function (key) { return key.indexOf(start) === 0; }).map(function (key) {
      return key.slice(start.length);
    });
  }

  function waiting() {
    return mine().filter(function (path) { return (read(path) || {}).state !== "sent"; });
  }

  function wipe(test) { keys(test).forEach(function (key) { localStorage.removeItem(key); }); }

  /* Caches of other accounts, or all of them. */
  function wipePages(kept) {
    if (!("caches" in window)) return Promise.resolve();
    return caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf(CACHES) === 0 && name !== kept;
      }).map(function (name) { return caches.delete(name); }));
    }).catch(function () { return null; });
  }

  function wipeOthers() {
    var start = ROOT + account + ":";
    wipe(function (key) { return key.indexOf(start) !== 0; });
    wipePages(CACHES + account);
  }

  /* ---- a form and its values ---- */

  function valuesOf(form) {
    var pairs = [];
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || HIDDEN.test(field.name) || /^(submit|button|file)$/.test(field.type)) return;
      if (/^(radio|checkbox)$/.test(field.type) && !field.checked) return;
      pairs.push([field.name, field.value]);
    });
    return pairs;
  }

  function putValues(form, pairs) {
    var kept = {};
    pairs.forEach(function (pair) { (kept[pair[0]] = kept[pair[0]] || []).push(pair[1]); });
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || HIDDEN.test(field.name) || /^(submit|button|file)$/.test(field.type)) return;
      var values = kept[field.name] || [];
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = values.indexOf(field.value) >= 0;
      else field.value = values.length ? values[0] : "";
    });
  }

  function hidden(form, name) { return form.querySelector("input[name=" + name + "]"); }

  function stamp(form, entry) {
    hidden(form, "base").value = entry.base;
    hidden(form, "revision").value = entry.revision;
  }

  function entryOf(form) {
    return {
      pairs: valuesOf(form), base: hidden(form, "base").value, revision: hidden(form, "revision").value,
      state: "unsent", at: Date.now(), page: form.getAttribute("action"), title: form.dataset.title
    };
  }

  /* What was typed here and is newer than what the page shows. */
  function restore(form) {
    var path = form.dataset.survey;
    var entry = read(path);
    if (!entry || form.hasAttribute("data-answered")) return;
    if (entry.state === "sent" && Number(hidden(form, "revision").value) >= Number(entry.revision)) {
      drop(path);
      return;
    }
    putValues(form, entry.pairs);
    stamp(form, entry);
  }

  /* ---- words on the page ---- */

  function say(kind, values) {
    all("[data-survey-status]", function (line) {
      var words = line.dataset[kind] || "";
      Object.keys(values || {}).forEach(function (name) { words = words.replace("{" + name + "}", values[name]); });
      line.textContent = words;
      line.dataset.kind = kind;
    });
  }

  function clock() {
    var moment = new Date();
    return String(moment.getHours()).padStart(2, "0") + ":" + String(moment.getMinutes()).padStart(2, "0");
  }

  function showWaiting() {
    var paths = waiting();
    var split = paths.filter(function (path) { return read(path).state === "conflict"; });
    all("[data-survey-waiting]", function (box) {
      box.hidden = !paths.length;
      box.querySelector("[data-words]").textContent = paths.length === 1
        ? box.dataset.one : box.dataset.many.replace("{n}", paths.length);
    });
    all("[data-survey-conflict]", function (box) {
      var inside = split.filter(function (path) { return path === box.dataset.surveyConflict; });
      box.hidden = !inside.length;
    });
    all("[data-survey-mark]", function (mark) { mark.hidden = paths.indexOf(mark.dataset.surveyMark) < 0; });
  }

  /* ---- sending ---- */

  function token() {
    try { return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || ""; }
    catch (error) { return ""; }
  }

  function freshToken() {
    return ask("/desk/survey-token", {}).then(function (answer) {
      if (!answer.ok) throw new Error("signed out");
      return answer.json();
    }).then(function (known) {
      if (known.account !== account) throw new Error("somebody else");
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": known.token }));
    });
  }

  function ask(address, options) {
    var stop = new AbortController();
    var timer = setTimeout(function () { stop.abort(); }, PATIENCE);
    options.signal = stop.signal;
    options.credentials = "same-origin";
    return fetch(address, options).finally(function () { clearTimeout(timer); });
  }

  function post(path, entry) {
    var body = new URLSearchParams(entry.pairs);
    body.set("base", entry.base);
    body.set("revision", entry.revision);
    var headers = { "X-CSRFToken": token(), "X-Survey-Account": account, Accept: "application/json" };
    return ask(path, { method: "POST", body: body, headers: headers });
  }

  function formOf(path) {
    return Array.prototype.filter.call(document.querySelectorAll("form[data-survey]"), function (form) {
      return form.dataset.survey === path;
    })[0];
  }

  function kept(path, entry, answer) {
    var now = read(path);
    var form = formOf(path);
    if (now) {
      now.base = answer.base;
      now.revision = String(answer.revision);
      if (now.at === entry.at) now.state = "sent";
      write(path, now);
      if (form) stamp(form, now);
    }
    if (answer.part) {
      var part = document.getElementById(answer.part.id);
      if (part) part.innerHTML = answer.part.html;
    }
    say(now && now.state !== "sent" ? "typing" : "kept", { time: clock() });
  }

  function heard(path, entry, answer) {
    if (answer.ok) return answer.json().then(function (found) { kept(path, entry, found); return "kept"; });
    if (answer.status === 409) {
      var now = read(path);
      if (now) { now.state = "conflict"; write(path, now); }
      say("conflict");
      return "conflict";
    }
    if (answer.status === 401 || answer.status === 403) { say("signedOut"); return "refused"; }
    if (answer.status === 404 || answer.status === 410) { say("gone"); return "refused"; }
    if (answer.status >= 500 || answer.status === 429) throw new Error("busy");
    say("refused");
    return "refused";
  }

  /* Send what waits for one step; the answer is what became of it: kept, conflict, refused, offline. */
  function send(path, again) {
    var entry = read(path);
    clearTimeout(timers[path]);
    if (!entry || entry.state === "sent") return Promise.resolve("kept");
    if (sending[path]) return sending[path].then(function () { return send(path, again); });
    sending[path] = post(path, entry).then(function (answer) {
      if (answer.status === 400 && !again) return freshToken().then(function () { return "again"; });
      return heard(path, entry, answer);
    }).catch(function () { say("offline"); return "offline"; }).then(function (outcome) {
      delete sending[path];
      showWaiting();
      return outcome === "again" ? send(path, true) : outcome;
    });
    return sending[path];
  }

  function sendAll() {
    return waiting().filter(function (path) { return read(path).state !== "conflict"; }).reduce(function (line, path) {
      return line.then(function (outcome) { return outcome === "offline" ? outcome : send(path); });
    }, Promise.resolve("kept"));
  }

  /* ---- what people do ---- */

  function typed(form) {
    var path = form.dataset.survey;
    if (!write(path, entryOf(form))) return;
    say("typing");
    showWaiting();
    clearTimeout(timers[path]);
    timers[path] = setTimeout(function () { send(path); }, DEBOUNCE);
  }

  function submitter(form, button) {
    if (!button || !button.name) return;
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.appendChild(field);
  }

  function goOn(event) {
    var form = event.target;
    if (!form.dataset || !form.dataset.survey || form.dataset.leaving) return;
    event.preventDefault();
    var button = event.submitter;
    write(form.dataset.survey, entryOf(form));
    send(form.dataset.survey).then(function (outcome) {
      if (outcome === "offline") {
        if (form.dataset.next && navigator.serviceWorker && navigator.serviceWorker.controller) {
          location.assign(form.dataset.next);
        }
        return;
      }
      form.dataset.leaving = "1";
      submitter(form, button);
      form.submit();
    });
  }

  function copyDown(button) {
    var form = button.form;
    var wanted = JSON.parse(button.dataset.copies);
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!(field.name in wanted) || HIDDEN.test(field.name)) return;
      var values = wanted[field.name];
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = values.indexOf(field.value) >= 0;
      else if (field.tagName !== "BUTTON") field.value = values[0] || "";
    });
    typed(form);
    var first = form.querySelector("[name='" + Object.keys(wanted)[0] + "']");
    if (first) first.focus();
  }

  function signOut(event) {
    var form = event.target;
    if (form.getAttribute("action") !== "/logout" || form.dataset.leaving) return;
    event.preventDefault();
    sendAll().then(function () {
      if (waiting().length && !window.confirm(document.body.dataset.surveyLeave || "")) return;
      wipe(function () { return true; });
      wipePages("").then(function () {
        form.dataset.leaving = "1";
        form.submit();
      });
    });
  }

  /* The conflict was settled in this form, or the person is not added: what waited is answered with it. */
  function settled(event) {
    var form = event.target;
    var path = form.dataset && form.dataset.surveySettles;
    if (!path) return;
    var entry = read(path);
    drop(path);
    if (form.dataset.next && entry && entry.revision === "0") {
      event.preventDefault();  // the server has never heard of it
      location.assign(form.dataset.next);
    }
  }

  /* New persons who lie in this browser stand in the list, and the next one gets a page of his own. */
  function listTyped() {
    all("[data-survey-new]", function (link) {
      var parts = /^(.*-)(\d+)$/.exec(link.getAttribute("href"));
      var number = Number(parts[2]);
      for (var path = parts[1] + number; read(path + "/draft"); path = parts[1] + number) {
        addRow(path, read(path + "/draft"));
        number += 1;
      }
      link.setAttribute("href", path);
    });
  }

  function addRow(path, entry) {
    var list = document.querySelector("[data-survey-people]");
    var row = document.querySelector("template[data-survey-person]");
    if (!list || !row || list.querySelector("a[href='" + path + "']")) return;
    var copy = row.content.cloneNode(true);
    var name = entry.pairs.filter(function (pair) { return pair[0] === "name"; })[0];
    copy.querySelector("a").setAttribute("href", path);
    if (name && name[1]) copy.querySelector("a").textContent = name[1];
    copy.querySelector("[data-survey-mark]").dataset.surveyMark = path + "/draft";
    list.appendChild(copy);
  }

  function finished() {
    all("[data-survey-done]", function (mark) {
      mine().filter(function (path) { return path.indexOf(mark.dataset.surveyDone) === 0; }).forEach(drop);
      if (!("caches" in window)) return;
      caches.open(CACHES + account).then(function (cache) {
        return cache.keys().then(function (requests) {
          return Promise.all(requests.filter(function (request) {
            return new URL(request.url).pathname.indexOf(mark.dataset.surveyDone) === 0;
          }).map(function (request) { return cache.delete(request); }));
        });
      }).catch(function () { return null; });
    });
  }

  /* Ask the worker to keep the pages of this survey, so that they open without signal. */
  function keepPages() {
    var list = document.querySelector("[data-survey-keep]");
    if (!list || !("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/desk/survey-worker.js", { scope: "/desk/households/" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registration) {
      var assets = Array.prototype.map.call(
        document.querySelectorAll("link[rel=stylesheet],link[rel=icon],script[src]"),
        function (node) { return node.href || node.src; }
      );
      registration.active.postMessage({
        keep: JSON.parse(list.dataset.surveyKeep), assets: assets, account: account
      });
    }).catch(function () { return null; });
  }

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.addEventListener("message", function (event) {
      all("[data-survey-ready]", function (line) { line.hidden = !event.data.kept; });
    });
  }

  function begin() {
    if (!account) return;
    wipeOthers();
    finished();
    all("form[data-survey]", restore);
    listTyped();
    showWaiting();
    keepPages();
    if (waiting().length) sendAll();
    document.addEventListener("input", function (event) {
      if (event.target.form && event.target.form.dataset.survey) typed(event.target.form);
    });
    document.addEventListener("submit", settled);
    document.addEventListener("submit", goOn);
    document.addEventListener("submit", signOut);
    document.addEventListener("click", function (event) {
      var copy = event.target.closest("[data-copies]");
      if (copy) { event.preventDefault(); copyDown(copy); }
      if (event.target.closest("[data-survey-send]")) sendAll();
    });
    window.addEventListener("online", sendAll);
    window.addEventListener("offline", function () { say("offline"); });
    setInterval(function () { if (waiting().length) sendAll(); }, AGAIN);
  }

  begin();
})();
