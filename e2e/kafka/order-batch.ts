/** What a shop posts; the shape of `NewOrder` in the Orders design. */
export interface NewOrder {
  readonly id: string;
  readonly customerId: string;
  readonly product: (typeof products)[number];
  readonly quantity: number;
  readonly priceCents: number;
}

export const products = ['JUMPERS', 'UNDERPANTS', 'STOCKINGS'] as const;
/** Units of each product that the export's own opening stock brings. */
export const openingStock = 200;
/** What a customer may order for within an hour. */
export const spendLimitCents = 200_000;

/**
 * Orders of every fate: some have a detail that is wrong, some customers order for too much at once, some for too
 * much in sum, and of every product more is ordered than there is.
 */
export function makeOrders(count: number): readonly NewOrder[] {
  return Array.from({ length: count }, (_, n): NewOrder => {
    const order = { id: `order-${n}`, product: products[n % 3] ?? 'JUMPERS' };
    if (n % 10 === 3) {
      return { ...order, customerId: `steady-${Math.floor(n / 10) % 4}`, quantity: 1, priceCents: 60_000 };
    }
    const customerId = `customer-${n}`;
    if (n % 25 === 24) return { ...order, customerId, quantity: 1, priceCents: 250_000 };
    const quantity = n % 13 === 12 ? 0 : 1 + (n % 8);
    return { ...order, customerId, quantity, priceCents: n % 17 === 16 ? 0 : 1_500 + ((n * 37) % 4_000) };
  });
}

export function totalCents({ quantity, priceCents }: NewOrder): number {
  return quantity * priceCents;
}

export function hasSoundDetails({ quantity, priceCents }: NewOrder): boolean {
  return quantity > 0 && quantity <= 100 && priceCents > 0;
}
