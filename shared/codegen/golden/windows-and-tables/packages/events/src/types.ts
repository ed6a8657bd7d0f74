// Made by Millstream from design.millstream.json (aa561a72eca7). Do not edit: it is written again each time.

export interface Click {
  readonly visitor: string;
  readonly page: string;
  readonly millis: number;
}

export interface Order {
  readonly customer: string;
  readonly cents: number;
}

export interface Person {
  readonly name: string;
  readonly city: string;
}

export interface Span {
  readonly pages: readonly string[];
  readonly millis: number;
}
