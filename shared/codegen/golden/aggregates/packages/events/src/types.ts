// Made by Millstream from design.millstream.json (8f7fbc08a557). Do not edit: it is written again each time.

export interface Click {
  readonly page: string;
  readonly visitor: string;
  readonly millis?: number | null;
}
