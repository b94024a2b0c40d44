// The cases of transforms that official Vega answers for us.
//
// Each is a name, rows, a list of Vega-Lite transforms and perhaps how fields are parsed.
// `node expected.mjs > expected.json` writes down what official vega-lite and vega make of them.

const small = [
  {k: 'b', g: 'x', v: 3, w: 1.5, t: 'pear'},
  {k: 'a', g: 'y', v: null, w: -2, t: 'apple'},
  {k: 'b', g: 'x', v: 7, w: 4, t: ''},
  {k: 'c', g: 'y', v: 1, w: null, t: 'fig'},
  {k: 'a', g: 'x', v: 5, w: 0.25, t: null},
  {k: 'b', g: 'y', v: 7, w: 9, t: 'apple'},
  {k: null, g: 'x', v: 2, w: 3, t: 'kiwi'},
];
const times = [
  '2011-01-01', '2011-01-02T03:04:05.678', '2012-02-29T12:00', '2012-12-31T23:59:59',
  '2015-07-04', '1999-12-31', '2020-11-08T08:30', null,
].map((d, i) => ({d, i}));
const date = {d: 'date'};
const curve = Array.from({length: 24}, (_, i) => ({
  x: i / 2 + 1 + (i % 3) / 10, y: 3 + i * 0.7 + ((i * 7919) % 13) / 3, g: i % 2 ? 'odd' : 'even', n: i % 5 ? i : null,
}));
const series = Array.from({length: 12}, (_, i) => ({i: (i * 5) % 12, s: i % 2 ? 'p' : 'q', v: (i * i * 31) % 17, n: i % 4 ? i : null}));
const ops = names => names.map(op => ({op, field: 'v', as: op}));
const every = ['count', 'valid', 'missing', 'distinct', 'sum', 'product', 'mean', 'average', 'variance',
  'variancep', 'stdev', 'stdevp', 'stderr', 'median', 'q1', 'q3', 'min', 'max'];
const units = ['year', 'quarter', 'month', 'week', 'day', 'dayofyear', 'date', 'hours', 'minutes', 'seconds',
  'milliseconds', 'yearquarter', 'yearmonth', 'yearmonthdate', 'yearmonthdatehours', 'yearmonthdatehoursminutesseconds',
  'yearweek', 'yearweekday', 'yeardayofyear', 'quartermonth', 'monthdate', 'weekday', 'hoursminutes',
  'minutesseconds', 'secondsmilliseconds', 'utcyearmonth', 'utchours', 'utcday'];
const calculate = {
  arithmetic: 'datum.v * 2 - datum.w / 3 + datum.v % 2',
  negative: '-datum.w', plus: '+datum.t', power: 'pow(datum.v, 2) + sqrt(abs(datum.w))',
  concatenation: "datum.k + '-' + datum.v", ternary: "datum.v > 2 ? 'big' : 'small'",
  nulltest: 'datum.v === null ? -1 : datum.v', loosenull: 'datum.v == null', strict: 'datum.v === 7',
  looseText: "datum.v == '7'", and: 'datum.v && datum.w', or: 'datum.v || datum.w', not: '!datum.v',
  valid: 'isValid(datum.v)', finite: 'isFinite(datum.w)', round: 'round(datum.w)', bits: '(datum.v | 8) ^ (datum.v << 2) >>> 1 & 255',
  inverted: '~datum.v', floor: 'floor(datum.w) + ceil(datum.w)', clamp: 'clamp(datum.v, 2, 5)', minmax: 'max(datum.v, datum.w, 2) - min(datum.v, 4)',
  upper: 'upper(datum.t)', length: "length('' + datum.t)", substring: "substring('' + datum.t, 1, 3)", reversed: "substring('' + datum.t, 3, 1)",
  slice: "slice('' + datum.t, -2)", indexof: "indexof('' + datum.t, 'p')", lastindexof: "lastindexof('' + datum.t, 'p')",
  replace: "replace('' + datum.t, 'p', 'P')", regexp: "replace('' + datum.t, regexp('([aeiou])', 'g'), '<$1>')", test: "test(regexp('^A', 'i'), datum.t)",
  pad: "pad(datum.k, 4, '.', 'left') + pad(datum.k, 3, '_') + pad(datum.k, 4, '*', 'center')", truncate: "truncate('pineapples', 6) + truncate('pineapples', 6, 'left') + truncate('pineapples', 6, 'center')",
  split: "join(split('a,b,c', ','), '+')", splitIndex: "split('a b c', ' ')[1]", trim: "trim('  x ')", lower: "lower('ÄBC')",
  parse: "parseFloat('3.5px') + parseInt('0x1f') + parseInt('12abc')", toNumber: "toNumber('12') + toNumber(datum.v)", toText: 'toString(datum.w)', toBoolean: "toBoolean('false')",
  inrange: 'inrange(datum.v, [2, 5])', list: '[datum.v, 3][1]', object: "{b: 'bee', a: 'ay'}[datum.k]", sequence: 'join(sequence(2, 10, 3), ":")',
  extent: 'extent([3, datum.v, 9])[0]', lerp: 'lerp([0, datum.w], 0.25)', span: 'span([2, datum.v])', sort: 'join(sort([3, 1, 2]), "")', peek: 'peek([1, datum.k])', reverse: "join(reverse(['a', 'b']), '')",
  iff: "if(datum.g == 'x', 1, 2) + if(datum.v, 10, 20)", constants: 'PI + E + SQRT2 + LN10', trig: 'sin(datum.w) + cos(datum.w) + atan2(datum.w, 2)', logs: 'log(datum.v) + exp(1) + hypot(3, 4)',
  normal: 'quantileNormal(0.3) + cumulativeNormal(datum.w) + densityNormal(datum.w, 1, 2)', uniform: 'quantileUniform(0.3, 2, 6) + cumulativeUniform(datum.w, 0, 5)',
  comparisons: "(datum.t < 'b') + (datum.v <= 5) * 2 + (datum.w > datum.v) * 4", missing: 'isValid(datum.nothing)', unicode: "length('né😀') + indexof('aé😀b', 'b')",
  format: "format(datum.w, '') + ' ' + format(datum.v, ',.2f') + format(0.5, '.1%')",
  typed: "isNumber(datum.v) + isString(datum.k) * 2 + isBoolean(datum.v > 1) * 4 + isArray([1]) * 8", month: "monthFormat(1) + dayAbbrevFormat(3)", numberText: "'' + 0.1 + 1e21 + 1e-7 + 1/3", nan: 'isNaN(0/0)',
};
const calculateTime = {
  parts: 'year(datum.d) * 10000 + month(datum.d) * 100 + date(datum.d)', clock: 'hours(datum.d) * 10000 + minutes(datum.d) * 100 + seconds(datum.d)', fine: 'milliseconds(datum.d)',
  week: 'week(datum.d) * 1000 + day(datum.d)', quarter: 'quarter(datum.d) * 1000 + dayofyear(datum.d)', utc: 'utcyear(datum.d) + utcmonth(datum.d)', time: 'time(datum.d)',
  datetime: 'datetime(2012, 14, 1, 5)', datetimeText: "datetime('2012-03-04')", utctime: 'utc(2012, 1, 2)', offset: "timeOffset('month', datetime(2012, 0, 31), 1)", days: "timeOffset('week', datum.d, -2)",
  difference: 'datum.d - datetime(2000, 0, 1)', compare: 'datum.d > datetime(2012, 0, 1)', added: 'datum.d + 1000', toDate: "toDate('2012-03-04')",
};
const filters = {
  equalNumber: {field: 'v', equal: 7}, equalText: {field: 'k', equal: 'b'}, equalNull: 'datum.k === null', lt: {field: 'v', lt: 5}, lte: {field: 'v', lte: 5}, gt: {field: 'w', gt: 0}, gte: {field: 'w', gte: 1.5},
  range: {field: 'v', range: [2, 5]}, open: {field: 'v', range: [null, 5]}, oneOfText: {field: 'k', oneOf: ['a', 'c']}, oneOfNumber: {field: 'v', oneOf: [1, 2]}, valid: {field: 'v', valid: true}, invalid: {field: 'v', valid: false}, validText: {field: 't', valid: true},
  ltText: {field: 't', lt: 'b'}, rangeText: {field: 'k', range: ['a', 'b']}, and: {and: [{field: 'v', gt: 1}, {field: 'g', equal: 'x'}]}, or: {or: [{field: 'k', equal: 'c'}, 'datum.w > 3']}, not: {not: {field: 'k', equal: 'b'}},
  expression: "datum.v > 2 && datum.t !== 'apple'", truthy: 'datum.t', regexp: "test('p', datum.t)",
};
const timeFilters = {
  year: {timeUnit: 'year', field: 'd', equal: 2012}, month: {timeUnit: 'month', field: 'd', equal: 'january'}, monthNumber: {timeUnit: 'month', field: 'd', oneOf: [2, 12]}, dateTime: {field: 'd', gte: {year: 2012, month: 'feb', date: 29}},
  range: {field: 'd', range: [{year: 2011, month: 1, date: 2}, {year: 2015}]}, yearmonth: {timeUnit: 'yearmonth', field: 'd', lt: {year: 2012, month: 3}}, day: {timeUnit: 'day', field: 'd', equal: 'saturday'}, hours: {timeUnit: 'hours', field: 'd', gt: 7}, quarter: {timeUnit: 'quarter', field: 'd', equal: 4},
};
const windows = [
  ['row_number'], ['rank'], ['dense_rank'], ['percent_rank'], ['cume_dist'], ['ntile', null, 3], ['lag', 'v'], ['lag', 'v', 2], ['lead', 'v', 3], ['first_value', 'v'], ['last_value', 'v'],
  ['nth_value', 'v', 2], ['prev_value', 'n'], ['next_value', 'n'],
].map(([op, field, param], at) => ({op, ...(field ? {field} : {}), ...(param ? {param} : {}), as: `w${at}_${op}`}));
const running = ['count', 'sum', 'mean', 'min', 'max', 'median', 'stdev', 'distinct', 'valid', 'missing'].map(op => ({op, field: 'n', as: op}));

export const cases = [
  ...[[], ['k'], ['k', 'g']].map(groupby => [`aggregate by ${groupby}`, small, [{aggregate: ops(every), groupby}]]),
  ['aggregate text', small, [{aggregate: ['min', 'max', 'valid', 'missing', 'distinct', 'count'].map(op => ({op, field: 't', as: op})), groupby: ['g']}]],
  ['aggregate times', times, [{aggregate: ['min', 'max', 'valid', 'distinct', 'median', 'mean'].map(op => ({op, field: 'd', as: op}))}], date],
  ['aggregate of nothing', small, [{filter: 'datum.v > 100'}, {aggregate: ops(every)}]],
  ['argmax', small, [{aggregate: [{op: 'argmax', field: 'v', as: 'top'}, {op: 'argmin', field: 'w', as: 'low'}], groupby: ['g']}, {calculate: 'datum.top.k + datum.low.w', as: 'both'}]],
  ['joinaggregate', small, [{joinaggregate: ops(['sum', 'count', 'max']), groupby: ['g']}, {calculate: 'datum.v / datum.sum', as: 'share'}]],
  ...[true, {maxbins: 3}, {step: 2}, {steps: [1, 2, 5]}, {minstep: 2}, {nice: false}, {base: 2}, {divide: [4, 2]}, {anchor: 0.5}, {extent: [2, 6]}, {extent: [0, 20], maxbins: 50}]
    .map(bin => [`bin ${JSON.stringify(bin)}`, small, [{bin, field: 'w', as: ['lo', 'hi']}]]),
  ['bin constant', [{v: 5}, {v: 5}], [{bin: true, field: 'v', as: 'b'}]],
  ...units.map(timeUnit => [`timeUnit ${timeUnit}`, times, [{timeUnit, field: 'd', as: 'u'}], date]),
  ...[['minutes', 15], ['hours', 6], ['month', 3], ['yearmonth', 2], ['year', 10], ['date', 7], ['yearweek', 2], ['dayofyear', 50], ['yearquarter', 2], ['seconds', 30], ['day', 2]]
    .map(([unit, step]) => [`timeUnit ${unit} by ${step}`, times, [{timeUnit: {unit, step}, field: 'd', as: 'u'}], date]),
  ...['zero', 'normalize', 'center'].map(offset => [`stack ${offset}`, small, [{stack: 'w', groupby: ['g'], offset, sort: [{field: 'k', order: 'descending'}, {field: 'v'}], as: ['a', 'b']}]]),
  ['stack all', small, [{stack: 'v', groupby: [], as: 'a'}]],
  ['window', series, [{window: windows, groupby: ['s'], sort: [{field: 'v'}]}]],
  ['window with ties', small, [{window: windows.slice(0, 6), sort: [{field: 'v', order: 'descending'}]}]],
  ['window unsorted', series, [{window: windows}]],
  ...[[null, 0], [-2, 1], [null, null], [0, null]].map(frame => [`window frame ${frame}`, series, [{window: [...running, {op: 'first_value', field: 'i', as: 'f'}], frame, groupby: ['s'], sort: [{field: 'i'}]}]]),
  ...[[-3, -1], [-1, 1]].map(frame => [`window frame ${frame} without peers`, series, [{window: running, frame, groupby: ['s'], sort: [{field: 'i'}], ignorePeers: true}]]),
  ['window peers', small, [{window: [{op: 'sum', field: 'w', as: 's'}, {op: 'count', as: 'c'}], sort: [{field: 'g'}]}]],
  ['window ignoring peers', small, [{window: [{op: 'sum', field: 'w', as: 's'}, {op: 'count', as: 'c'}], sort: [{field: 'g'}], ignorePeers: true}]],
  ['fold', small, [{fold: ['v', 'w'], as: ['name', 'number']}]],
  ['fold mixed', small.map(({k, t}) => ({k, t})), [{fold: ['k', 't']}]],
  ['flatten', [{a: [1, 2, 3], b: ['x', 'y'], c: 1}, {a: [], b: ['z'], c: 2}], [{flatten: ['a', 'b']}]],
  ['list items', [{a: [3, 1]}, {a: [5, 2]}], [{filter: {field: 'a[0]', gt: 3}}, {calculate: 'datum.a[1]', as: 'second'}]],
  ['flatten as', [{a: [1, 2], c: 1}], [{flatten: ['a'], as: ['item']}]],
  ['pivot', small, [{pivot: 'k', value: 'v', groupby: ['g']}]],
  ['pivot mean limit', small, [{pivot: 'k', value: 'w', groupby: ['g'], op: 'mean', limit: 2}]],
  ['pivot count', small, [{pivot: 'g', value: 'v', op: 'count', groupby: ['k']}]],
  ['pivot without groups', small, [{pivot: 'v', value: 'w', op: 'max'}]],
  ['impute value', series.filter(row => row.i % 3), [{impute: 'v', key: 'i', groupby: ['s'], value: -1}]],
  ['impute mean', series, [{impute: 'n', key: 'i', groupby: ['s'], method: 'mean'}]],
  ['impute frame', series, [{impute: 'n', key: 'i', method: 'median', frame: [-2, 2], keyvals: [3, 20, 30]}]],
  ['impute sequence', [{k: 1, v: 5}, {k: 3, v: 9}], [{impute: 'v', key: 'k', keyvals: {start: 0, stop: 5}, method: 'max'}]],
  ['lookup', small, [{lookup: 'k', from: {data: {values: [{key: 'a', n: 'Anna', z: 1}, {key: 'b', n: 'Bo', z: 2}]}, key: 'key', fields: ['n']}, default: 'none'}]],
  ['lookup number', small, [{lookup: 'k', from: {data: {values: [{key: 'a', z: 1}, {key: 'b', z: 2}]}, key: 'key', fields: ['z']}, default: -1}]],
  ['lookup as', small, [{lookup: 'k', from: {data: {values: [{key: 'a', n: 'Anna'}, {key: 'a', n: 'Ada'}]}, key: 'key', fields: ['n']}, as: ['name']}]],
  ['lookup row', small, [{lookup: 'k', from: {data: {values: [{key: 'a', n: 'Anna'}, {key: 'b', n: 'Bo'}]}, key: 'key'}, as: 'person'}, {calculate: 'datum.person ? datum.person.n : null', as: 'n'}]],
  ...[{}, {groupby: ['g']}, {groupby: ['g'], resolve: 'independent'}, {bandwidth: 0.5, extent: [0, 20], steps: 10}, {cumulative: true, steps: 12}, {counts: true, groupby: ['g'], minsteps: 5, maxsteps: 9}, {resolve: 'independent', maxsteps: 50}]
    .map(options => [`density ${JSON.stringify(options)}`, curve, [{density: 'y', ...options}]]),
  ['density with nulls', curve, [{density: 'n', steps: 8}]],
  ...['linear', 'log', 'exp', 'pow', 'quad', 'poly'].flatMap(method => [
    [`regression ${method}`, curve, [{regression: 'y', on: 'x', method}]],
    [`regression ${method} by group`, curve, [{regression: 'y', on: 'x', method, groupby: ['g'], extent: [1, 20]}]],
    [`regression ${method} parameters`, curve, [{regression: 'y', on: 'x', method, groupby: ['g'], params: true}]],
  ]),
  ...[1, 2, 4, 5].map(order => [`regression of order ${order}`, curve, [{regression: 'y', on: 'x', method: 'poly', order, as: ['u', 'v']}]]),
  ['regression with nulls', curve, [{regression: 'n', on: 'x'}]],
  ['loess', curve, [{loess: 'y', on: 'x'}]],
  ['loess by group', curve, [{loess: 'y', on: 'x', bandwidth: 0.6, groupby: ['g'], as: ['u', 'v']}]],
  ['loess with repeats', curve.map(row => ({...row, x: Math.floor(row.x)})), [{loess: 'y', on: 'x', bandwidth: 0.5}]],
  ['quantile', curve, [{quantile: 'y', step: 0.1}]],
  ['quantile by group', curve, [{quantile: 'n', probs: [0.1, 0.5, 0.9], groupby: ['g'], as: ['p', 'q']}]],
  ['sample of all', small, [{sample: 100}]],
  ...Object.entries(calculate).map(([name, expr]) => [`calculate ${name}`, small, [{calculate: expr, as: 'z'}]]),
  ...Object.entries(calculateTime).map(([name, expr]) => [`calculate time ${name}`, times, [{calculate: expr, as: 'z'}], date]),
  ...Object.entries(filters).map(([name, filter]) => [`filter ${name}`, small, [{filter}]]),
  ...Object.entries(timeFilters).map(([name, filter]) => [`filter time ${name}`, times, [{filter}], date]),
];
