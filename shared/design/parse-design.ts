import { err, ok, type Result } from '../base/result.ts';
import { Design, designFormat, designVersion } from './design.ts';
import { migrate } from './migrations/migrate.ts';
import { type DesignProblem, notADesign } from './parse/design-problem.ts';
import { integrityProblems } from './parse/integrity-problems.ts';
import { locateJsonError } from './parse/locate-json-error.ts';
import { shapeProblems } from './parse/shape-problems.ts';
import { hasId } from './queries/all-ids.ts';

/** The longest text that is read, in characters; twenty thousand topics need a tenth of it. */
export const longestDesign = 64 * 1024 * 1024;
/** How deep values may lie in each other; a design itself needs about ten. */
const deepest = 100;
/** More problems than this help nobody. */
const mostProblems = 100;

/**
 * Reads the text of a `*.millstream.json` file of this or any earlier format version. Never throws: whatever the
 * text, the result is a design in which every reference holds, or what is wrong and where.
 */
export function parseDesign(text: string): Result<Design, readonly DesignProblem[]> {
  const json = parseJson(text);
  if (!json.ok) return err([json.error]);
  const current = toCurrentVersion(json.value);
  if (!current.ok) return err([current.error]);

  const shaped = Design.safeParse(current.value);
  if (!shaped.success) {
    const problems = shapeProblems(shaped.error, current.value).slice(0, mostProblems);
    return err(problems.map(({ path, message }) => notADesign(path, message)));
  }
  const broken = integrityProblems(shaped.data).slice(0, mostProblems);
  if (broken.length > 0) return err(broken.map(({ path, message }) => notADesign(path, message)));
  return ok(withoutStrayBoxes(shaped.data));
}

function parseJson(text: string): Result<unknown, DesignProblem> {
  if (text.length > longestDesign) {
    return err(notADesign('', `The text is longer than ${longestDesign} characters, the most that is read.`));
  }
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(body);
    return isTooDeep(value) ? err(notADesign('', 'The values lie too deep in each other.')) : ok(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const found = locateJsonError(body) ?? { line: 1, column: 1, message: 'This is not JSON.' };
    return err({ code: 'not-json', ...found });
  }
}

/** Level by level, not by recursion: the depth is the caller's to choose. */
function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

function toCurrentVersion(document: unknown): Result<unknown, DesignProblem> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return err(notADesign('', 'The text is JSON, but not a design: a design is an object.'));
  }
  const { format, version }: { format?: unknown; version?: unknown } = document;
  if (format !== designFormat) return err(notADesign('format', `This must be "${designFormat}".`));
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0) {
    return err(notADesign('version', 'This must be the number of a format version.'));
  }
  if (version > designVersion) {
    const message = `The design has format version ${version}; this program reads up to ${designVersion}. Update it to open the design.`;
    return err({ code: 'too-new', version, message });
  }
  return migrate(document, version);
}

/** A merge of two branches can leave the box of what the other branch removed; it means nothing. */
function withoutStrayBoxes(design: Design): Design {
  const boxes = Object.entries(design.layout.nodes);
  const kept = boxes.filter(([id]) => hasId(design, id));
  return kept.length === boxes.length ? design : { ...design, layout: { nodes: Object.fromEntries(kept) } };
}
