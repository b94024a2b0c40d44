// Insights of AntV AVA over folders of tables as claims: node ava.mjs MODULES TABLES.jsonl
// MODULES is the folder where `npm install @antv/ava` put its packages; each line of TABLES.jsonl names one
// table: {"table", "path", "date", "dimensions", "measures"}. Prints claims as benches/peers/insights.py reads them.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const [modules, list] = process.argv.slice(2);
const { getInsights } = createRequire(resolve(modules, "x.js"))("@antv/ava");
const DAY = 86400000;

function rows(path, measures, date) {
  const [head, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = head.split(",");
  return lines.map((line) => {
    const row = {};
    line.split(",").forEach((cell, at) => {
      const name = names[at];
      if (measures.includes(name)) row[name] = cell === "" ? null : Number(cell);
      else row[name] = cell;
    });
    if (date && row[date]) {
      // Weeks, which suit AVA better than days of a few rows.
      const day = Date.parse(row[date]);
      row[date] = new Date(day - ((day / DAY + 3) % 7) * DAY).toISOString().slice(0, 10);
    }
    return row;
  });
}

for (const line of readFileSync(list, "utf8").trim().split("\n")) {
  const { table, path, date, dimensions, measures } = JSON.parse(line);
  const data = rows(path, measures, date);
  const start = process.cpuUsage();
  const result = getInsights(data, {
    limit: 20,
    dimensions: [...dimensions, ...(date ? [date] : [])].map((fieldName) => ({ fieldName })),
    measures: measures.map((fieldName) => ({ fieldName, method: "MEAN" })),
    // Rows as they are, without slices of slices: the setting that serves AVA best.
    algorithms: undefined,
    dataProcessInfo: undefined,
    ignoreSubspace: true,
  });
  const used = process.cpuUsage(start);
  for (const insight of result.insights ?? []) {
    for (const pattern of insight.patterns ?? []) {
      if (pattern.type === "low_variance") continue;
      const values = (insight.data ?? []).map((row) => row[pattern.measure]).filter(Number.isFinite);
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
      const kinds = { category_outlier: pattern.y > mean ? "outstanding_first" : "outstanding_last",
        time_series_outlier: "outlier_time", trend: "trend", change_point: "change_point",
        correlation: "correlation", majority: "dominance" };
      const measure = pattern.measure ?? insight.measures?.[0]?.fieldName;
      const measure2 = insight.measures?.[1]?.fieldName;
      const columns = [...new Set([...(insight.dimensions ?? []).map((d) => d.fieldName ?? d), measure, measure2])];
      console.log(JSON.stringify({ table, type: kinds[pattern.type] ?? pattern.type,
        columns: columns.filter(Boolean), focus: pattern.x === undefined ? [] : [String(pattern.x)], at: pattern.x,
        direction: { increasing: "up", decreasing: "down" }[pattern.trend] ?? (pattern.pcorr < 0 ? "neg" : "pos"),
        score: insight.score ?? 0 }));
    }
  }
  console.log(JSON.stringify({ table, done: true, seconds: (used.user + used.system) / 1e6 }));
}
