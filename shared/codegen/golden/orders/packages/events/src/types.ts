// Made by Millstream from design.millstream.json (191435849e8c). Do not edit: it is written again each time.

export const orderStates = ['CREATED', 'VALIDATED', 'FAILED'] as const;
export type OrderState = (typeof orderStates)[number];

export const products = ['JUMPERS', 'UNDERPANTS', 'STOCKINGS'] as const;
export type Product = (typeof products)[number];

export const checkTypes = ['INVENTORY_CHECK', 'FRAUD_CHECK', 'ORDER_DETAILS_CHECK'] as const;
export type CheckType = (typeof checkTypes)[number];

export const checkResults = ['PASS', 'FAIL'] as const;
export type CheckResult = (typeof checkResults)[number];

export const customerLevels = ['BRONZE', 'SILVER', 'GOLD', 'PLATINUM'] as const;
export type CustomerLevel = (typeof customerLevels)[number];

/** What a shop posts. The shop chooses the id, so that a repeated request is the same order. */
export interface NewOrder {
  readonly id: string;
  readonly customerId: string;
  readonly product: Product;
  readonly quantity: number;
  readonly priceCents: number;
}

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly state: OrderState;
  readonly product: Product;
  readonly quantity: number;
  readonly priceCents: number;
  readonly reason?: string | null;
}

export interface OrderValidation {
  readonly orderId: string;
  readonly checkType: CheckType;
  readonly result: CheckResult;
}

/** Units of a product that the warehouse has ever received. */
export interface StockLevel {
  readonly units: number;
}

export interface OrderWithStock {
  readonly order: Order;
  readonly unitsInStock: number;
}

export interface Reservation {
  readonly reservedUnits: number;
  readonly orderId: string;
  readonly granted: boolean;
}

export interface CustomerSpend {
  readonly orderId: string;
  readonly totalCents: number;
}

export interface Payment {
  readonly id: string;
  readonly orderId: string;
  readonly currency: string;
  readonly amountCents: number;
}

export interface Customer {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly address: string;
  readonly level: CustomerLevel;
}

export interface PaidOrder {
  readonly order: Order;
  readonly payment: Payment;
}

export interface ReceiptEmail {
  readonly orderId: string;
  readonly to: string;
  readonly firstName: string;
  readonly level: CustomerLevel;
  readonly amountCents: number;
}
