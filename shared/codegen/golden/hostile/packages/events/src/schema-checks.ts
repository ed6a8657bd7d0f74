// Made by Millstream from design.millstream.json (7b285604da0e). Do not edit: it is written again each time.

import { type Check, listOf, oneOf, record, text } from './check.js';
import { strings } from './types.js';

export const checkString_string_2: Check = oneOf(strings);

export const checkPromise_promise: Check = record('Promise_promise', {
  class: text,
  constructor: listOf(checkString_string_2),
});
