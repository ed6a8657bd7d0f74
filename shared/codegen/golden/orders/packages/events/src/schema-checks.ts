// Made by Millstream from design.millstream.json (191435849e8c). Do not edit: it is written again each time.

import { type Check, oneOf, optional, record, text, trueOrFalse, wholeNumber } from './check.js';
import { checkResults, checkTypes, customerLevels, orderStates, products } from './types.js';

export const checkOrderState: Check = oneOf(orderStates);

export const checkProduct: Check = oneOf(products);

export const checkCheckType: Check = oneOf(checkTypes);

export const checkCheckResult: Check = oneOf(checkResults);

export const checkCustomerLevel: Check = oneOf(customerLevels);

export const checkNewOrder: Check = record('NewOrder', {
  id: text,
  customerId: text,
  product: checkProduct,
  quantity: wholeNumber,
  priceCents: wholeNumber,
});

export const checkOrder: Check = record('Order', {
  id: text,
  customerId: text,
  state: checkOrderState,
  product: checkProduct,
  quantity: wholeNumber,
  priceCents: wholeNumber,
  reason: optional(text),
});

export const checkOrderValidation: Check = record('OrderValidation', {
  orderId: text,
  checkType: checkCheckType,
  result: checkCheckResult,
});

export const checkStockLevel: Check = record('StockLevel', {
  units: wholeNumber,
});

export const checkOrderWithStock: Check = record('OrderWithStock', {
  order: checkOrder,
  unitsInStock: wholeNumber,
});

export const checkReservation: Check = record('Reservation', {
  reservedUnits: wholeNumber,
  orderId: text,
  granted: trueOrFalse,
});

export const checkCustomerSpend: Check = record('CustomerSpend', {
  orderId: text,
  totalCents: wholeNumber,
});

export const checkPayment: Check = record('Payment', {
  id: text,
  orderId: text,
  currency: text,
  amountCents: wholeNumber,
});

export const checkCustomer: Check = record('Customer', {
  id: text,
  firstName: text,
  lastName: text,
  email: text,
  address: text,
  level: checkCustomerLevel,
});

export const checkPaidOrder: Check = record('PaidOrder', {
  order: checkOrder,
  payment: checkPayment,
});

export const checkReceiptEmail: Check = record('ReceiptEmail', {
  orderId: text,
  to: text,
  firstName: text,
  level: checkCustomerLevel,
  amountCents: wholeNumber,
});
