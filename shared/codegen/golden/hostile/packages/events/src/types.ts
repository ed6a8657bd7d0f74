// Made by Millstream from design.millstream.json (7b285604da0e). Do not edit: it is written again each time.

export interface Promise_promise {
  readonly class: string;
  readonly constructor: readonly string_string_2[];
}

export const strings = ['default', 'constructor'] as const;
export type string_string_2 = (typeof strings)[number];
