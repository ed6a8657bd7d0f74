import { err, ok, type Result } from '#shared/base/result.ts';
import { applyCommand } from '#shared/design/commands/apply-command.ts';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Design, Service, Wire } from '#shared/design/design.ts';
import { inputPorts, outputPorts } from '#shared/design/operators/registry.ts';
import { canConnect } from '#shared/design/queries/can-connect.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { onGrid, operatorSize, type Place } from './node-size.ts';
import type { Boxes } from './scene.ts';

const rowStep = 68;
const breathing = 16;

/**
 * Puts an operator of the design between the ends of a wire of its service, and makes room for it there. The
 * error is one sentence on why it does not fit.
 */
export function planSplit(
  design: Design,
  boxes: Boxes,
  wireId: string,
  operatorId: string,
): Result<readonly SingleCommand[], string> {
  const { wires, operators } = indexDesign(design);
  const placed = operators.get(operatorId);
  const wire = wires.get(wireId);
  if (placed === undefined || wire === undefined || placed.service.id !== wire.service.id) {
    return err('The line is in another service.');
  }
  const { operator, service } = placed;
  const refusal = `“${operator.name}” does not fit into this line: it stays as it is.`;
  const cut: SingleCommand = { do: 'disconnect', wire: wireId };
  const open = after(design, [cut]);
  const input = inputPorts(operator).find(
    ({ id }) => open !== null && canConnect(open, wire.wire.from, { operator: operatorId, port: id }).ok,
  );
  if (open === null || input === undefined) {
    return err(refusal);
  }
  const into: SingleCommand = {
    do: 'connect',
    from: wire.wire.from,
    to: { operator: operatorId, port: input.id },
  };
  const half = after(open, [into]);
  const output = outputPorts(operator).find(
    ({ id }) => half !== null && canConnect(half, { operator: operatorId, port: id }, wire.wire.to).ok,
  );
  if (output === undefined) {
    return err(refusal);
  }
  const onwards: SingleCommand = {
    do: 'connect',
    from: { operator: operatorId, port: output.id },
    to: wire.wire.to,
  };
  return ok([cut, into, onwards, ...makeRoom(service, boxes, wire.wire, operatorId)]);
}

/** Whether an operator has no wire yet, so that putting it onto one can only mean to put it between. */
export function isUnwired(service: Service, operatorId: string): boolean {
  return !service.wires.some(({ from, to }) => from.operator === operatorId || to.operator === operatorId);
}

/** The design after commands; null when they do not apply. */
export function after(design: Design, commands: readonly SingleCommand[]): Design | null {
  if (commands.length === 0) {
    return design;
  }
  const applied = applyCommand(design, { do: 'batch', commands: [...commands] });
  return applied.ok ? applied.value.design : null;
}

/** In the middle where there is room; otherwise what comes after it moves down by a row. */
function makeRoom(service: Service, boxes: Boxes, wire: Wire, id: string): readonly SingleCommand[] {
  const from = boxes[wire.from.operator];
  const to = boxes[wire.to.operator];
  const operator = service.operators.find((each) => each.id === id);
  if (from === undefined || to === undefined || operator === undefined) {
    return [];
  }
  const { height } = operatorSize(operator);
  const top = from.y + height;
  if (to.y - top >= height + 2 * breathing) {
    const middle = { x: to.x, y: onGrid((top + to.y - height) / 2) };
    return [{ do: 'moveNodes', nodes: [{ id, box: middle }] }];
  }
  const place: Place = { x: from.x, y: to.y > from.y ? to.y : from.y + rowStep };
  const below = service.operators.flatMap((each) => {
    const box = boxes[each.id];
    return each.id === id || box === undefined || box.y < place.y
      ? []
      : [{ id: each.id, box: { ...box, y: box.y + rowStep } }];
  });
  return [{ do: 'moveNodes', nodes: [{ id, box: place }, ...below] }];
}
