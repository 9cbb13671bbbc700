/* Bars with an average, drawn by ECharts (design 7.13). Without this file the table behind the chart is what one sees. */
(function () {
  "use strict";

  var INK = "#1F2A2E";
  var THEME = {
    color: ["#12505A", "#B97A10", "#6B5B95", "#A65A2A", "#3A8089", "#5F6A67"],
    backgroundColor: "transparent",
    textStyle: { fontSize: 14 }
  };
  var ROW = 34;

  function axis(values, ink, line) {
    return {
      grid: { left: 8, right: 90, top: values.average === null ? 8 : 30, bottom: 8, containLabel: true },
      xAxis: { type: "value", min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: "category",
        data: values.names,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: line } },
        axisLabel: { color: ink, fontSize: 14 }
      }
    };
  }

  function options(values, ink, line, ground) {
    var found = axis(values, ink, line);
    found.animation = false;
    found.aria = { enabled: true, label: { description: values.label }, decal: { show: false } };
    found.tooltip = { show: false };
    found.series = [{
      type: "bar",
      barWidth: 18,
      z: 5,
      data: values.values.map(function (value, place) {
        var below = values.average !== null && value < values.average;
        return { value: value, itemStyle: { color: below ? THEME.color[1] : THEME.color[0] }, name: values.texts[place] };
      }),
      label: { show: true, position: "right", color: ink, textBorderColor: ground, textBorderWidth: 4, formatter: function (bar) { return values.texts[bar.dataIndex]; } }
    }];
    if (values.average !== null) found.series[0].markLine = average(values, ink);
    return found;
  }

  function average(values, ink) {
    return {
      silent: true,
      z: 1,
      symbol: "none",
      lineStyle: { color: INK, type: "dashed", width: 1.5 },
      label: { color: ink, position: "end", formatter: values.averageText },
      data: [{ xAxis: values.average }]
    };
  }

  function draw(place) {
    var values = JSON.parse(place.dataset.chart);
    var style = getComputedStyle(document.documentElement);
    var ink = style.getPropertyValue("--jd-ink-2").trim();
    var line = style.getPropertyValue("--jd-line").trim();
    place.hidden = false;
    place.style.height = 50 + ROW * values.names.length + "px";
    THEME.textStyle.fontFamily = getComputedStyle(document.body).fontFamily;
    window.echarts.registerTheme("jiedui", THEME);
    var chart = window.echarts.init(place, "jiedui", { renderer: "svg" });
    chart.setOption(options(values, ink, line, style.getPropertyValue("--jd-paper").trim()));
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", values.label);
    window.addEventListener("resize", function () { chart.resize(); });
    fold(place.parentNode.querySelector("[data-chart-table]"));
  }

  function fold(table) {
    if (table) table.open = false;
  }

  if (window.echarts) Array.prototype.forEach.call(document.querySelectorAll("[data-chart]"), draw);
})();
