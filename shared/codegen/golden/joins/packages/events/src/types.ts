// Made by Millstream from design.millstream.json (b1d09cc7039e). Do not edit: it is written again each time.

export interface Click {
  readonly page: string;
  readonly visitor: string;
  readonly millis?: number | null;
}

export interface Visitor {
  readonly name: string;
}
