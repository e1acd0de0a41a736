// Reads a calendar from standard input; prints each start between two UTC instants, one a line.
import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2).map((text) => Date.parse(text));
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const components = calendar.getAllSubcomponents('vevent');
const exceptions = components.filter((one) => one.hasProperty('recurrence-id'));
const starts = [];
for (const component of components) {
  if (component.hasProperty('recurrence-id')) continue;
  const event = new ICAL.Event(component, {
    exceptions: exceptions.filter(
      (one) => one.getFirstPropertyValue('uid') === component.getFirstPropertyValue('uid'),
    ),
  });
  if (!event.isRecurring()) {
    starts.push(event.startDate.toUnixTime() * 1000);
    continue;
  }
  const dates = event.iterator();
  for (let next = dates.next(); next; next = dates.next()) {
    const start = event.getOccurrenceDetails(next).startDate.toUnixTime() * 1000;
    if (next.toUnixTime() * 1000 >= to) break;
    starts.push(start);
  }
}
for (const start of starts.filter((one) => one >= from && one < to).sort()) {
  console.log(new Date(start).toISOString());
}
