/* Small comforts. Every page works without this file; what needs it stays hidden until it runs. */
(function () {
  "use strict";

  function each(root, selector, act) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), act);
  }

  /* After a change or a failed form: the reader's place is the panel that says so. */
  function focusPanel(root) {
    var panel = root.querySelector("[data-focus]");
    if (panel) panel.focus();
  }

  function showHidden(root) {
    var needs = "[data-copy],[data-print],[data-show],[data-step]";
    each(root, needs, function (button) { button.hidden = false; });
    if ("speechSynthesis" in window) {
      each(root, "[data-read]", function (button) { button.hidden = false; });
    }
  }

  function step(button) {
    var box = button.closest("[data-stepper]");
    var input = box.querySelector("input");
    var wanted = (parseFloat(input.value) || 0) + Number(button.dataset.step);
    var least = Number(box.dataset.least);
    var most = Number(box.dataset.most);
    input.value = String(Math.min(most, Math.max(least, wanted)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function copy(button) {
    var words = button.lastChild;
    var before = words.textContent;
    var text = button.dataset.copy;
    if (text.charAt(0) === "/") text = location.origin + text;
    if (!navigator.clipboard) {
      window.prompt(before, text);
      return;
    }
    navigator.clipboard.writeText(text).then(function () {
      words.textContent = button.dataset.copied;
      setTimeout(function () { words.textContent = before; }, 3000);
    });
  }

  function showPassword(button) {
    var input = document.getElementById(button.dataset.show);
    var shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  }

  function read(button) {
    var words = button.querySelector("span");
    if (window.speechSynthesis.speaking) {
      window.speechSynthesis.cancel();
      return;
    }
    var before = words.textContent;
    var speech = new SpeechSynthesisUtterance(document.getElementById(button.dataset.read).innerText);
    speech.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
    speech.rate = 0.9;
    speech.onend = speech.onerror = function () { words.textContent = before; };
    words.textContent = button.dataset.stop;
    window.speechSynthesis.speak(speech);
  }

  var actions = {
    "[data-step]": step,
    "[data-copy]": copy,
    "[data-print]": function () { window.print(); },
    "[data-show]": showPassword,
    "[data-read]": read
  };

  document.addEventListener("click", function (event) {
    Object.keys(actions).forEach(function (selector) {
      var button = event.target.closest(selector);
      if (button) actions[selector](button);
    });
    each(document, "[data-fold][open]", function (fold) {
      if (!fold.contains(event.target)) fold.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    each(document, "[data-fold][open]", function (fold) {
      fold.open = false;
      fold.querySelector("summary").focus();
    });
  });

  /* A warning while typing; the server checks again and decides. */
  var patterns = {
    identity: /[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]/,
    bank: /(?:^|\D)(?:\d[ -]?){15,18}\d(?:\D|$)/,
    phone: /(?:^|\D)(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]\d{7,8})(?:\D|$)/
  };

  function checkPrivate(input) {
    var place = document.querySelector('[data-private-for="' + input.id + '"]');
    if (!place) return;
    var text = input.value.normalize ? input.value.normalize("NFKC") : input.value;
    var found = Object.keys(patterns).filter(function (kind) { return patterns[kind].test(text); })[0];
    place.hidden = !found;
    place.textContent = found ? place.dataset[found] : "";
  }

  /* Drafts stay in this browser, never passwords or files, and go when the form was accepted. */
  function draftKey(form) { return "jiedui-draft-" + form.dataset.draft; }

  function keepable(field) {
    return field.name && !/^(hidden|password|file|submit|button)$/.test(field.type);
  }

  function saveDraft(form) {
    var kept = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!keepable(field)) return;
      var choice = field.type === "radio" || field.type === "checkbox";
      if (!choice) kept[field.name] = field.value;
      else if (field.checked) kept[field.name] = (kept[field.name] || []).concat(field.value);
    });
    try { localStorage.setItem(draftKey(form), JSON.stringify(kept)); } catch (error) { return; }
  }

  function restoreDraft(form) {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(draftKey(form)) || "null"); } catch (error) { return; }
    if (!kept || form.querySelector("[aria-invalid=true]")) return;
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!keepable(field) || !(field.name in kept)) return;
      var value = kept[field.name];
      if (Array.isArray(value)) field.checked = value.indexOf(field.value) >= 0;
      else if (!field.value) field.value = value;
    });
  }

  function forgetDrafts(root) {
    each(root, "[data-draft-done]", function (mark) {
      try { localStorage.removeItem("jiedui-draft-" + mark.dataset.draftDone); } catch (error) { return; }
    });
  }

  document.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.private) checkPrivate(event.target);
    var form = event.target.form;
    if (form && form.dataset.draft) saveDraft(form);
  });

  /* A list in another order: choosing is enough. */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-submit")) form.submit();
  });

  /* The bar at the foot of a phone goes when the form is in view. */
  function watchSticky(root) {
    if (!("IntersectionObserver" in window)) return;
    each(root, "[data-sticky]", function (bar) {
      var goal = bar.dataset.sticky.charAt(0) === "#" && document.querySelector(bar.dataset.sticky);
      if (!goal) return;
      new IntersectionObserver(function (entries) { bar.hidden = entries[0].isIntersecting; }).observe(goal);
    });
  }

  function start(root) {
    showHidden(root);
    forgetDrafts(root);
    each(root, "form[data-draft]", restoreDraft);
    watchSticky(root);
    focusPanel(root);
  }

  start(document);
  document.addEventListener("htmx:afterSwap", function (event) { start(event.target); });
})();
