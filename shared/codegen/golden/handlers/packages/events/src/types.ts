// Made by Millstream from design.millstream.json (b9a3a60de3cb). Do not edit: it is written again each time.

export interface Click {
  readonly page: string;
  readonly visitor: string;
  readonly millis?: number | null;
}
