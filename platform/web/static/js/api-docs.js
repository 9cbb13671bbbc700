"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("api-docs");
  window.SwaggerUIBundle({ url: place.dataset.url, domNode: place, deepLinking: true });
});
