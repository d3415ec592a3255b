/** The constants of Python's language rooms, by room and by the name that they have there. */

import data from "./data.json";
import { Pattern, type Written } from "./re";

type Rooms = typeof data;
const rooms = data as unknown as Record<string, Record<string, unknown>>;
const patterns = new Map<string, Pattern>();

function value(room: keyof Rooms, name: string): unknown {
  const found = rooms[room]?.[name];
  if (found === undefined) throw new Error(`data.json has no ${room}.${name}; write it anew: python -m rolefit.export.web`);
  return found;
}

export function pattern(room: keyof Rooms, name: string): Pattern {
  const key = `${room}.${name}`;
  let found = patterns.get(key);
  if (!found) patterns.set(key, (found = new Pattern(value(room, name) as Written)));
  return found;
}

export function words(room: keyof Rooms, name: string): ReadonlySet<string> {
  return new Set(value(room, name) as string[]);
}

/** A number, a text, a list or a table, as it stands. */
export function constant<T>(room: keyof Rooms, name: string): T {
  return value(room, name) as T;
}
