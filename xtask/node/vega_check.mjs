// Checks Vega-Lite specs against the official schema, compiler and runtime.
//
// Reads paths of specs from stdin, one a line, and prints one JSON object a line:
// {"path", "ok", "stage": "read" | "schema" | "compile" | "run" | "done", "message", "marks"}.
// Addresses of data are resolved against --data DIR, else against the spec's own folder.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

const at = process.argv.indexOf("--data");
const dataFolder = at < 0 ? null : process.argv[at + 1];
const schema = createRequire(import.meta.url)("vega-lite/vega-lite-schema.json");
const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
addFormats(ajv);
ajv.addFormat("color-hex", () => true);
const isValid = ajv.compile(schema);

function loaderFor(folder) {
  const loader = vega.loader();
  loader.load = (uri) => readFile(resolve(folder, decodeURI(uri)), "utf8");
  return loader;
}

function countMarks(node) {
  let count = 0;
  for (const child of node.items ?? []) {
    if (node.marktype !== "group" && node.role === "mark") count += 1;
    if (child.items) for (const mark of child.items) count += countMarks(mark);
  }
  return count;
}

async function check(path) {
  let stage = "read";
  try {
    const spec = JSON.parse(await readFile(path, "utf8"));
    stage = "schema";
    if (!isValid(spec)) {
      const first = isValid.errors[0];
      return { path, ok: false, stage, message: `${first.instancePath || "/"}: ${first.message}`, marks: 0 };
    }
    stage = "compile";
    const complaints = [];
    const logger = {
      level: () => logger, error: (...m) => (complaints.push(m.join(" ")), logger),
      warn: (...m) => (complaints.push(m.join(" ")), logger), info: () => logger, debug: () => logger,
    };
    const compiled = vegaLite.compile(spec, { logger }).spec;
    stage = "run";
    const view = new vega.View(vega.parse(compiled), {
      renderer: "none", logger, loader: loaderFor(dataFolder ?? dirname(path)),
    });
    await view.runAsync();
    const marks = countMarks(view.scenegraph().root);
    view.finalize();
    if (marks === 0) return { path, ok: false, stage, message: "the view has no marks", marks, complaints };
    return { path, ok: true, stage: "done", message: "", marks, complaints };
  } catch (error) {
    return { path, ok: false, stage, message: String(error?.message ?? error), marks: 0 };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") console.log(JSON.stringify(await check(line)));
}
