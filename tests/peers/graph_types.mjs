// Prints a table of Microsoft's published Graph types: names and types of the properties that the
// simulator may read and answer. `node graph_types.mjs > …/graph_types.json` makes it anew.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NAME = '@microsoft/microsoft-graph-types';
const ROOTS = [
  'Calendar', 'CallRecording', 'CallTranscript', 'ChangeNotificationCollection', 'Event',
  'MeetingAttendanceReport', 'OnlineMeeting', 'PublicError', 'ScheduleInformation', 'Subscription',
  'User',
];
// Whole worlds of their own, which calendars and meetings only point to.
const SHALLOW = new Set(['User']);

const folder = dirname(createRequire(import.meta.url).resolve(`${NAME}/package.json`));
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const source = readFileSync(join(folder, 'microsoft-graph.d.ts'), 'utf8')
  .replaceAll(/\/\*[\s\S]*?\*\//g, '')
  .replaceAll(/^\s*\/\/.*$/gm, '')
  .split(/^export namespace /m)[0];

const interfaces = new Map();
for (const [, name, parent, body] of source.matchAll(
  /^export interface (\w+)(?: extends (\w+))? ?\{([\s\S]*?)\}/gm,
)) {
  const found = [...body.matchAll(/(?:"([^"]+)"|(\w+))\??:\s*([^;]+);/g)];
  interfaces.set(name, { parent, found: found.map(([, quoted, bare, type]) => [quoted ?? bare, type]) });
}
const choices = new Map();
for (const [, name, body] of source.matchAll(/^export type (\w+) =([^;]+);/gm)) {
  const values = [...body.matchAll(/"([^"]+)"/g)].map(([, value]) => value);
  if (values.length) choices.set(name, values);
}

const short = (type) => {
  const text = type.replaceAll(/\s+/g, '');
  const inner = /^NullableOption<(.*)>$/.exec(text);
  return inner ? `${inner[1]}?` : text;
};
const properties = (name) => {
  const { parent, found } = interfaces.get(name);
  const own = Object.fromEntries(found.map(([key, type]) => [key, short(type)]));
  return parent && interfaces.has(parent) ? { ...properties(parent), ...own } : own;
};
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

const types = {};
const enums = {};
const waiting = [...ROOTS];
while (waiting.length) {
  const name = waiting.pop();
  if (name in types) continue;
  types[name] = sorted(properties(name));
  if (SHALLOW.has(name)) continue;
  for (const type of Object.values(types[name])) {
    const bare = type.replace('?', '').replace('[]', '');
    if (choices.has(bare)) enums[bare] = choices.get(bare);
    else if (interfaces.has(bare)) waiting.push(bare);
  }
}
const lines = (object) =>
  Object.entries(sorted(object)).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n');
console.log(`{
  "package": ${JSON.stringify(NAME)},
  "version": ${JSON.stringify(version)},
  "types": {\n${lines(types)}\n  },
  "enums": {\n${lines(enums)}\n  }
}`);
