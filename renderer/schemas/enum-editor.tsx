import { Plus, X } from 'lucide-react';
import type { Schema } from '#shared/design/design.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import css from './editor.module.css';
import { IdentifierInput } from './identifier-input.tsx';
import { useChangeSchema } from './use-change-schema.ts';

type EnumSchema = Extract<Schema, { kind: 'enum' }>;

/** The symbols of an enumeration, one row each. */
export function EnumEditor({ schema }: { readonly schema: EnumSchema }) {
  const change = useChangeSchema();
  const { symbols } = schema;
  const set = (next: readonly string[], field?: string) => change({ ...schema, symbols: [...next] }, field);
  const add = () => {
    let count = symbols.length + 1;
    while (symbols.includes(`SYMBOL_${count}`)) {
      count += 1;
    }
    set([...symbols, `SYMBOL_${count}`]);
  };
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col">
            <span className="visually-hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {symbols.map((symbol, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a symbol is known by its place
          <tr key={index}>
            <td>
              <IdentifierInput
                label={`Symbol ${symbol}`}
                value={symbol}
                taken={symbols.filter((_, at) => at !== index)}
                onCommit={(name) =>
                  set(
                    symbols.map((each, at) => (at === index ? name : each)),
                    String(index),
                  )
                }
              />
            </td>
            <td>
              <IconButton
                label={`Remove symbol ${symbol}`}
                size="sm"
                disabled={symbols.length === 1}
                onClick={() => set(symbols.filter((_, at) => at !== index))}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>
            <Button size="sm" look="quiet" icon={<Plus size={13} aria-hidden="true" />} onClick={add}>
              Add a symbol
            </Button>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
