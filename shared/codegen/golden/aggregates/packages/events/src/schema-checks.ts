// Made by Millstream from design.millstream.json (8f7fbc08a557). Do not edit: it is written again each time.

import { type Check, optional, record, text, wholeNumber } from './check.js';

export const checkClick: Check = record('Click', {
  page: text,
  visitor: text,
  millis: optional(wholeNumber),
});
