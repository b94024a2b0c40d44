// Writes down what official vega-lite and vega (6) make of the cases.
//
// In an empty folder: npm install vega vega-lite; then, with these two files copied there,
// TZ=UTC node expected.mjs > expected.json
import * as vega from 'vega';
import * as lite from 'vega-lite';
import {cases} from './cases.mjs';

const plain = value =>
  value instanceof Date ? {$time: +value}
  : typeof value === 'number' && !Number.isFinite(value) ? {$number: String(value)}
  : Array.isArray(value) ? value.map(plain)
  : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]))
  : value;

const lines = [];
for (const [name, values, transform, parse] of cases) {
  const spec = {data: {values, ...(parse ? {format: {parse}} : {})}, transform, mark: 'point', encoding: {}};
  const logger = {...vega.logger(), warn() { return this; }};
  const compiled = lite.compile(JSON.parse(JSON.stringify(spec)), {logger}).spec;
  const view = new vega.View(vega.parse(compiled), {renderer: 'none', logLevel: vega.Error});
  await view.runAsync();
  const data = view.data(compiled.marks[0].from.data);
  if (!data) throw new Error(`official Vega fails on ${name}`);
  const rows = data.map(row => plain({...row}));
  lines.push(JSON.stringify({name, spec, rows}));
}
console.log('[\n' + lines.join(',\n') + '\n]');
