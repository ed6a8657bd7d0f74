/** How tightly the operators of TypeScript bind, loosest first. */
export const precedence = {
  conditional: 2,
  coalesce: 3,
  or: 4,
  and: 5,
  equality: 6,
  relational: 7,
  additive: 8,
  multiplicative: 9,
  unary: 10,
  postfix: 11,
  primary: 12,
} as const;
