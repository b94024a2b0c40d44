// Prints the rows behind each mark of Vega-Lite specs as the official packages compute them.
//
// Reads paths of specs from stdin, one a line, and prints one JSON object a line:
// {"path", "ok", "message", "units": [{"name", "mark", "groups": [{"key", "rows"}]}]}.
// Units come in the order of the document; a unit outside of facets has one group without key.
// Times are {"$time": ms}, numbers that JSON does not know {"$number": "NaN"}.
// Addresses of data are looked up in --data DIR by what follows their last "data/".
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

const at = process.argv.indexOf("--data");
const dataFolder = at < 0 ? "." : process.argv[at + 1];

const quiet = {
  level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet,
};

const loader = vega.loader();
loader.load = (uri) => readFile(resolve(dataFolder, decodeURI(uri).replace(/^.*data\//, "")), "utf8");

// The name of the data a mark is drawn from, when the mark is a unit's and no decoration.
function unitData(mark) {
  if (mark.from?.facet && /(^|_)pathgroup$/.test(mark.name ?? "")) return mark.from.facet.data;
  if (mark.from?.facet?.name?.startsWith("stack_group_")) return mark.from.facet.data;
  if (mark.type !== "group" && /(^|_)marks$/.test(mark.name ?? "") && mark.from?.data) return mark.from.data;
  return null;
}

// Gathers the units below a list of marks. Places are the contexts in which the marks are drawn,
// one for each part of a facet, each with its scenegraph items and the facet's key.
function gather(marks, places, units) {
  (marks ?? []).forEach((mark, index) => {
    const data = unitData(mark);
    if (data !== null) {
      units.push({
        name: mark.name ?? mark.from?.facet?.name,
        mark: mark.type,
        groups: places.map((place) => ({ key: place.key, rows: rowsOf(place.context.data[data]) })),
      });
    } else if (mark.type === "group" && !mark.role) {
      const groupby = mark.from?.facet?.groupby;
      const fields = groupby === undefined ? [] : [groupby].flat();
      const inner = places.flatMap((place) => (place.items[index]?.items ?? []).map((item) => ({
        items: item.items,
        context: item.context ?? place.context,
        key: fields.length ? { ...place.key, ...keyOf(item, mark.from.facet.name, fields) } : place.key,
      })));
      gather(mark.marks, inner, units);
    }
  });
}

function keyOf(item, part, fields) {
  const first = item.context?.data[part]?.values?.value?.[0] ?? item.datum;
  return Object.fromEntries(fields.map((field) => {
    const read = vega.field(field);
    return [vega.accessorFields(read)[0] ?? field, plain(read(first))];
  }));
}

function rowsOf(data) {
  return (data?.values?.value ?? []).map((row) => {
    const fields = {};
    for (const [name, value] of Object.entries(row)) fields[name] = plain(value);
    return fields;
  });
}

function plain(value) {
  if (value instanceof Date) return { $time: Number.isNaN(+value) ? null : +value };
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  }
  return value === undefined ? null : value;
}

// Gives the data within facets names of their own: the runtime keeps data by name, and those of a
// facet that are called as data outside would be mixed up with them.
function renamed(mark, within) {
  if (mark.type !== "group") return mark;
  const { from, ...inside } = mark;
  let text = JSON.stringify(inside);
  for (const { name } of mark.data ?? []) text = text.replaceAll(JSON.stringify(name), JSON.stringify(`${within}_${name}`));
  const unique = { ...JSON.parse(text), from };
  unique.marks = (unique.marks ?? []).map((inner, index) => renamed(inner, `${within}_${index}`));
  return unique;
}

async function compute(path) {
  try {
    const spec = JSON.parse(await readFile(path, "utf8"));
    const compiled = vegaLite.compile(spec, { logger: quiet }).spec;
    compiled.marks = (compiled.marks ?? []).map((mark, index) => renamed(mark, `inner_${index}`));
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger: quiet, loader });
    await view.runAsync();
    const root = view.scenegraph().root.items[0];
    const units = [];
    gather(compiled.marks, [{ items: root.items, context: view._runtime, key: null }], units);
    view.finalize();
    return { path, ok: true, message: "", units };
  } catch (error) {
    return { path, ok: false, message: String(error?.message ?? error), units: [] };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line) process.stdout.write(JSON.stringify(await compute(line)) + "\n");
}
