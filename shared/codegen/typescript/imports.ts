import { quote } from './text.ts';

/** The imports of one file, gathered while its body is made. */
export class Imports {
  readonly #values = new Map<string, Set<string>>();
  readonly #types = new Map<string, Set<string>>();
  readonly #defaults = new Map<string, string>();

  /** Notes that `name` of `module` is used, and gives the name back. */
  value(module: string, name: string): string {
    entry(this.#values, module).add(name);
    return name;
  }

  /** The same, for a name that is only used as a type. */
  type(module: string, name: string): string {
    entry(this.#types, module).add(name);
    return name;
  }

  /** Notes that a module's default export is used under this name. */
  standard(module: string, name: string): string {
    this.#defaults.set(module, name);
    return name;
  }

  /** The import statements: packages first, then files of this package. */
  text(): string {
    const modules = [...new Set([...this.#defaults.keys(), ...this.#values.keys(), ...this.#types.keys()])];
    return modules
      .sort(byDistance)
      .map((module) => this.#statement(module))
      .join('');
  }

  #statement(module: string): string {
    const standard = this.#defaults.get(module);
    if (standard !== undefined) return `import ${standard} from ${quote(module)};\n`;
    const values = [...(this.#values.get(module) ?? [])];
    const types = [...(this.#types.get(module) ?? [])].filter((name) => !values.includes(name));
    const only = values.length === 0 ? 'type ' : '';
    const names = [
      ...values.map((name) => ({ name, text: name })),
      ...types.map((name) => ({ name, text: only === '' ? `type ${name}` : name })),
    ];
    names.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    return `import ${only}{ ${names.map((one) => one.text).join(', ')} } from ${quote(module)};\n`;
  }
}

function entry(map: Map<string, Set<string>>, module: string): Set<string> {
  const found = map.get(module) ?? new Set();
  map.set(module, found);
  return found;
}

/** `node:` first, then packages, then `../`, then `./`. */
function byDistance(a: string, b: string): number {
  const rank = (module: string) =>
    module.startsWith('node:') ? 0 : module.startsWith('../') ? 2 : module.startsWith('./') ? 3 : 1;
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}
