import type { z } from 'zod';
import type { Expression, TypeRef } from '#shared/design/types.ts';
import type { Choice } from '../ui/select.tsx';

/** How one value of a thing is read and written; a form is a list of such. */
interface Spec<T, V> {
  /**
   * The field's name in the file: problems of the rules name it, and changes to it merge into one undo step.
   */
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly when?: (thing: T) => boolean;
  readonly read: (thing: T) => V;
  readonly write: (thing: T, value: V) => T;
}

export interface TextSpec<T> extends Spec<T, string> {
  readonly control: 'text' | 'longText';
  readonly mono?: boolean;
  readonly placeholder?: string;
  /** What the text must be; its message is shown below the field. */
  readonly shape?: z.ZodType;
}

export interface NumberSpec<T> extends Spec<T, number | null> {
  readonly control: 'number';
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly unit?: string;
  /** Shown in an empty field; absent: the field may not be empty. */
  readonly emptyMeans?: string;
}

export interface DurationSpec<T> extends Spec<T, number | null> {
  readonly control: 'duration';
  readonly atLeastMs?: number;
  readonly emptyMeans?: string;
}

export interface ChoiceSpec<T> extends Spec<T, string> {
  readonly control: 'choice' | 'segments';
  readonly choices: readonly Choice[];
}

export interface FlagSpec<T> extends Spec<T, boolean> {
  readonly control: 'flag';
}

export interface ExpressionSpec<T> extends Spec<T, Expression | undefined> {
  readonly control: 'expression';
  /** The variables an expression here may use. */
  readonly variables: readonly string[];
  readonly optional?: boolean;
  /** False where a function of the user’s own cannot stand in for the expression. */
  readonly handlers?: boolean;
}

export interface TypeSpec<T> extends Spec<T, TypeRef | undefined> {
  readonly control: 'type';
}

/** A reference by id to something else of the design. */
export interface ReferenceSpec<T> extends Spec<T, string | null> {
  readonly control: 'reference';
  readonly to: 'topic' | 'service' | 'external' | 'schema';
}

/** A control of its own for what no other fits. */
export interface OwnSpec<T> {
  readonly control: 'own';
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly when?: (thing: T) => boolean;
  readonly render: (thing: T, change: (thing: T) => void) => React.ReactNode;
}

export type FieldSpec<T> =
  | TextSpec<T>
  | NumberSpec<T>
  | DurationSpec<T>
  | ChoiceSpec<T>
  | FlagSpec<T>
  | ExpressionSpec<T>
  | TypeSpec<T>
  | ReferenceSpec<T>
  | OwnSpec<T>;

export interface FormGroup<T> {
  readonly title: string;
  readonly startsOpen?: boolean;
  readonly when?: (thing: T) => boolean;
  readonly fields: readonly FieldSpec<T>[];
}
