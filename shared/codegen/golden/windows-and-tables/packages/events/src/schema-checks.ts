// Made by Millstream from design.millstream.json (aa561a72eca7). Do not edit: it is written again each time.

import { type Check, listOf, record, text, wholeNumber } from './check.js';

export const checkClick: Check = record('Click', {
  visitor: text,
  page: text,
  millis: wholeNumber,
});

export const checkOrder: Check = record('Order', {
  customer: text,
  cents: wholeNumber,
});

export const checkPerson: Check = record('Person', {
  name: text,
  city: text,
});

export const checkSpan: Check = record('Span', {
  pages: listOf(text),
  millis: wholeNumber,
});
