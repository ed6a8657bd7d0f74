/** A plain JSON value, as records hold it and expressions give it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
