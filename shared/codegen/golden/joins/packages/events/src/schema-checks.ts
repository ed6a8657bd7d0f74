// Made by Millstream from design.millstream.json (b1d09cc7039e). Do not edit: it is written again each time.

import { type Check, optional, record, text, wholeNumber } from './check.js';

export const checkClick: Check = record('Click', {
  page: text,
  visitor: text,
  millis: optional(wholeNumber),
});

export const checkVisitor: Check = record('Visitor', {
  name: text,
});
