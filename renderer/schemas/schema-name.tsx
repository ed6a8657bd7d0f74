import type { Schema } from '#shared/design/design.ts';
import { selectDesign } from '../store/selectors.ts';
import { useWindowState } from '../store/window-context.tsx';
import { IdentifierInput } from './identifier-input.tsx';
import css from './schema-name.module.css';
import { useChangeSchema } from './use-change-schema.ts';

/** The name of the type, as generated code will have it. */
export function SchemaName({ schema }: { readonly schema: Schema }) {
  const schemas = useWindowState((state) => selectDesign(state).schemas);
  const change = useChangeSchema();
  return (
    <IdentifierInput
      label="Name of the schema"
      value={schema.name}
      taken={schemas.filter(({ id }) => id !== schema.id).map(({ name }) => name)}
      className={css.name}
      onCommit={(name) => change({ ...schema, name }, 'name')}
    />
  );
}
