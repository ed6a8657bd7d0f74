import { Copy } from 'lucide-react';
import type { Payload, RecordView } from '#shared/contract/cluster-types.ts';
import { formatCount } from '../../strings/counts.ts';
import { formatInstant } from '../../strings/record-times.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { showToast } from '../../ui/toast.tsx';
import { payloadBlock, recordJson } from './payload-text.ts';
import css from './record-detail.module.css';

const kindWords: Readonly<Record<Payload['kind'], string>> = {
  null: 'null',
  json: 'JSON',
  text: 'text',
  long: '64-bit integer',
  binary: 'bytes',
};

/** All of a record: where it lies, its key, value and headers laid out, and ways to take them along. */
export function RecordDetail({ record }: { readonly record: RecordView }) {
  const { partition, offset, timestamp, key, value, headers } = record;
  return (
    <section className={css.detail} aria-label={`Details of record ${offset} of partition ${partition}`}>
      <div className={css.facts}>
        <span className={css.when}>{formatInstant(timestamp)}</span>
        <span>partition {partition}</span>
        <span>offset {formatCount(offset)}</span>
        <Button
          size="sm"
          look="quiet"
          className={css.copyAll}
          icon={<Copy size={12} aria-hidden="true" />}
          onClick={() => void copy(recordJson(record), 'record')}
        >
          Copy as JSON
        </Button>
      </div>
      <Block name="Key" payload={key} />
      <Block name="Value" payload={value} />
      {headers.length === 0 ? (
        <p className={css.none}>No headers</p>
      ) : (
        <dl className={css.headers} aria-label="Headers">
          {headers.map((header, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record may have the same header twice, in this order
            <div key={index} className={css.header}>
              <dt>{header.key}</dt>
              <dd>{payloadBlock(header.value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Block({ name, payload }: { readonly name: string; readonly payload: Payload }) {
  const { kind, bytes, truncated, text } = payload;
  const size = kind === 'null' ? '' : `, ${formatCount(bytes)} B`;
  return (
    <div className={css.block}>
      <div className={css.title}>
        <span>{name}</span>
        <span className={css.kind}>
          {kindWords[kind]}
          {size}
          {truncated ? '; only its beginning is shown' : ''}
        </span>
        {kind === 'null' ? null : (
          <IconButton
            label={`Copy ${name.toLowerCase()}`}
            size="sm"
            onClick={() => void copy(text, name.toLowerCase())}
          >
            <Copy size={12} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {kind === 'null' ? null : <pre className={css.text}>{payloadBlock(payload)}</pre>}
    </div>
  );
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ title: `The ${what} was copied.` });
  } catch {
    showToast({
      title: `The ${what} was not copied`,
      text: 'This window may not write to the clipboard. Select the text and copy it.',
      tone: 'error',
    });
  }
}
