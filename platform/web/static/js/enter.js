/* In long forms Enter goes to the next field, and Ctrl+Enter sends the form; a desktop is filled without the mouse.

   A group of boxes or circles is one field: Tab and the arrows go through it, the space bar chooses. */
(function () {
  "use strict";

  function isOpen(field) {
    return field.type !== "hidden" && field.tagName !== "BUTTON" && field.tabIndex >= 0 && field.offsetParent
      && !field.closest("details:not([open])");
  }

  function after(field, form) {
    var fields = Array.prototype.filter.call(form.elements, isOpen);
    var rest = fields.slice(fields.indexOf(field) + 1).filter(function (other) { return other.name !== field.name; });
    if (!rest.length) return null;
    var chosen = fields.filter(function (other) {
      return other.name === rest[0].name && other.type === "radio" && other.checked;
    });
    return chosen[0] || rest[0];
  }

  function hop(event) {
    var field = event.target;
    var form = field.form;
    if (event.key !== "Enter" || event.isComposing || !form || !form.hasAttribute("data-enter")) return;
    if (/^(TEXTAREA|BUTTON)$/.test(field.tagName) && !event.ctrlKey) return;
    event.preventDefault();
    var next = event.ctrlKey ? null : after(field, form);
    if (next) next.focus();
    else form.requestSubmit(form.querySelector("[data-go]"));
  }

  document.addEventListener("keydown", hop);
})();
