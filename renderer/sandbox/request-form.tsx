import { Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea, TextInput } from '../ui/text-input.tsx';
import { RequestAnswer } from './request-answer.tsx';
import css from './request-form.module.css';
import {
  filledPath,
  type HttpOperator,
  httpOperators,
  type PlacedHttpOperator,
  pathParameters,
  sampleBody,
} from './sample-request.ts';
import { useRequest } from './use-request.ts';
import { useSandboxView } from './use-sandbox.ts';

/** Plays a client of the design's HTTP operators. */
export function RequestForm() {
  const design = useSandboxView(({ runs }) => runs);
  const [chosen, setChosen] = useState<string | null>(null);
  const operators = design === null ? [] : httpOperators(design);
  const placed = operators.find(({ operator }) => operator.id === chosen) ?? operators[0];
  if (design === null || placed === undefined) {
    return null;
  }
  return (
    <Section title="Send a request">
      <div className={css.form}>
        <Select
          aria-label="HTTP operator"
          value={placed.operator.id}
          choices={operators.map(({ operator }) => ({ value: operator.id, label: titleOf(operator) }))}
          onChoose={setChosen}
        />
        <Request key={placed.operator.id} placed={placed} />
      </div>
    </Section>
  );
}

function Request({ placed: { operator, service } }: { readonly placed: PlacedHttpOperator }) {
  const design = useSandboxView(({ runs }) => runs);
  const [params, setParams] = useState<Readonly<Record<string, string>>>({});
  const [body, setBody] = useState(() =>
    design === null || operator.kind === 'httpQuery' ? '' : bodyText(sampleBody(design, operator, ownRecord)),
  );
  const request = useRequest(operator.id);
  const parsed = operator.kind === 'httpQuery' ? { value: undefined, problem: undefined } : readBody(body);
  const names = pathParameters(operator.path);
  const missing = names.find((name) => (params[name] ?? '') === '');
  return (
    <form
      className={css.form}
      aria-label="Send a request"
      onSubmit={(event) => {
        event.preventDefault();
        request.send(params, parsed.value);
      }}
    >
      <p className={css.where}>
        <code>{`${methodOf(operator)} ${filledPath(operator.path, params)}`}</code>
        <span>
          {operator.name}, {service}
        </span>
      </p>
      {names.map((name) => (
        <Field key={name} label={name}>
          {({ id }) => (
            <TextInput
              id={id}
              mono
              value={params[name] ?? ''}
              onChange={(event) => setParams({ ...params, [name]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      {operator.kind === 'httpQuery' ? null : (
        <Field label="Body" problem={parsed.problem}>
          {({ id, describedBy, invalid }) => (
            <TextArea
              id={id}
              mono
              rows={Math.min(12, Math.max(4, body.split('\n').length))}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              value={body}
              onChange={(event) => setBody(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <div className={css.buttons}>
        <Button
          type="submit"
          size="sm"
          icon={<Send size={13} aria-hidden="true" />}
          disabled={parsed.problem !== undefined || missing !== undefined || request.waiting}
          title={missing === undefined ? undefined : `Fill in ${missing} first`}
        >
          {request.waiting ? 'Waiting for the answer …' : 'Send'}
        </Button>
        {request.waiting ? (
          <Button size="sm" look="quiet" onClick={request.cancel}>
            Cancel
          </Button>
        ) : null}
      </div>
      <RequestAnswer answer={request.answer} problem={request.problem} />
    </form>
  );
}

/** Far above the numbers of a feed's own records, so that a first request is nobody else's. */
const ownRecord = 100_000;

function methodOf(operator: HttpOperator): string {
  return operator.kind === 'httpQuery' ? 'GET' : operator.method;
}

function titleOf(operator: HttpOperator): string {
  return `${methodOf(operator)} ${operator.path}`;
}

function bodyText(body: unknown): string {
  return JSON.stringify(body ?? {}, null, 2);
}

interface ReadBody {
  readonly value: unknown;
  readonly problem: string | undefined;
}

function readBody(text: string): ReadBody {
  try {
    return { value: JSON.parse(text), problem: undefined };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^JSON\.parse: /, '') : '';
    return { value: undefined, problem: `The body is not JSON: ${why}.` };
  }
}
