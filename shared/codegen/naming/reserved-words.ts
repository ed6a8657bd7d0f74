/** Words that cannot name a variable in a TypeScript module. */
export const reservedWords: ReadonlySet<string> = new Set(
  `abstract any arguments as async await bigint boolean break case catch class const continue debugger declare
  default delete do else enum eval export extends false finally for from function get if implements import in infer
  instanceof interface is keyof let module namespace never new null number object of package private protected
  public readonly require return satisfies set static string super switch symbol this throw true try type typeof
  undefined unique unknown using var void while with yield`.split(/\s+/),
);

/** Names of the language and of Node that generated code relies on, so a schema cannot take them over. */
export const globalNames: ReadonlySet<string> = new Set(
  `Array ArrayBuffer Boolean Buffer Date Error Infinity Iterable JSON Map Math NaN Number Object Partial Promise
  Readonly ReadonlyArray Record RegExp Set String Symbol Uint8Array URL console fetch globalThis process
  setTimeout`.split(/\s+/),
);
