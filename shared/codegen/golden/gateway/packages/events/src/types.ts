// Made by Millstream from design.millstream.json (10f035e14993). Do not edit: it is written again each time.

export interface Visitor {
  readonly name: string;
}
