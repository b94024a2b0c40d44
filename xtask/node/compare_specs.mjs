// Compiles pairs of Vega-Lite specs with the official compiler and compares the Vega specs.
//
// Reads from stdin, one JSON object a line: {"path", "original", "ours"} (both specs), and prints
// one JSON object a line: {"path", "ok", "message"}.
import { createInterface } from "node:readline";
import * as vegaLite from "vega-lite";

const quiet = { level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet };

/// The path to the first difference of two JSON values, or null.
function difference(a, b, path = "$") {
  if (a === b) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return at(a, b, path);
  if (Array.isArray(a) !== Array.isArray(b)) return at(a, b, path);
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = difference(a[key], b[key], `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

function at(a, b, path) {
  const brief = (value) => (JSON.stringify(value) ?? "absent").slice(0, 120);
  return `${path}: original ${brief(a)}, ours ${brief(b)}`;
}

function compile(spec) {
  return JSON.parse(JSON.stringify(vegaLite.compile(spec, { logger: quiet }).spec));
}

function compare({ path, original, ours }) {
  let theirs;
  try {
    theirs = compile(original);
  } catch (error) {
    return { path, ok: false, message: `the original does not compile: ${error.message}` };
  }
  try {
    const found = difference(theirs, compile(ours));
    return { path, ok: found === null, message: found ?? "" };
  } catch (error) {
    return { path, ok: false, message: `ours does not compile: ${error.message}` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") console.log(JSON.stringify(compare(JSON.parse(line))));
}
