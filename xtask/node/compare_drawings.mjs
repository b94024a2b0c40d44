// Draws pairs of Vega-Lite specs with official Vega and compares the pictures.
//
// Reads from stdin, one JSON object a line: {"path", "original", "ours"} (both specs), and prints
// one JSON object a line: {"path", "ok", "message"}. Addresses of data are those of vega-datasets.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

const datasets = fileURLToPath(new URL("node_modules/vega-datasets/", import.meta.url));
const quiet = { level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet };

async function draw(spec) {
  // Bootstrapped intervals and samples are drawn from the same random numbers.
  vega.setRandom(vega.randomLCG(42));
  const loader = vega.loader();
  loader.load = (uri) => readFile(resolve(datasets, decodeURI(uri)), "utf8");
  const view = new vega.View(vega.parse(vegaLite.compile(spec, { logger: quiet }).spec), {
    renderer: "none", logger: quiet, loader,
  });
  const svg = await view.toSVG();
  view.finalize();
  return plain(svg);
}

// What is not seen: classes and descriptions, numbers of clip paths. Of the two words for the mean,
// the canonical form keeps one.
function plain(svg) {
  return svg
    .replace(/ (aria-[a-z]+|class)="[^"]*"/g, "")
    .replace(/(gradient|clip)_?\d+/g, "$1")
    .replace(/Average of/g, "Mean of")
    .toLowerCase();
}

async function compare({ path, original, ours }) {
  let theirs;
  try {
    theirs = await draw(original);
  } catch (error) {
    return { path, ok: false, message: `the original does not draw: ${error.message}` };
  }
  try {
    const same = theirs === (await draw(ours));
    return { path, ok: same, message: same ? "" : "the pictures differ" };
  } catch (error) {
    return { path, ok: false, message: `ours does not draw: ${error.message}` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") console.log(JSON.stringify(await compare(JSON.parse(line))));
}
