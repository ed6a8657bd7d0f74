// Made by Millstream from design.millstream.json (10f035e14993). Do not edit: it is written again each time.

import { type Check, record, text } from './check.js';

export const checkVisitor: Check = record('Visitor', {
  name: text,
});
