import type { SingleCommand } from '#shared/design/commands/command.ts';
import type { Box, Design, Service } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { feedsInto } from '#shared/design/queries/topic-use.ts';
import { onGrid, type Place, serviceHeadHeight, servicePadding } from './node-size.ts';

export interface PlacedId {
  readonly id: string;
  readonly box: Box;
}

export interface OperatorMove {
  readonly commands: readonly SingleCommand[];
  /** The wires to operators that stay behind: services meet in topics only, so these go. */
  readonly cut: number;
}

/** The nearest place in a service that is not on its title or beyond its left wall. */
export function placeInside({ x, y }: Place): Place {
  return {
    x: Math.max(servicePadding / 2, onGrid(x)),
    y: Math.max(serviceHeadHeight + servicePadding / 2, onGrid(y)),
  };
}

/** Moves operators into another service, under their own ids; wires among them and their feeds come along. */
export function planOperatorMove(design: Design, moved: readonly PlacedId[], target: Service): OperatorMove {
  const index = indexDesign(design);
  const going = moved.flatMap(({ id, box }) => {
    const placed = index.operators.get(id);
    return placed === undefined || placed.service.id === target.id ? [] : [{ ...placed, box }];
  });
  const ids = new Set(going.map(({ operator }) => operator.id));
  const wires = [...new Set(going.map(({ service }) => service))]
    .flatMap((service) => service.wires)
    .filter(({ from, to }) => ids.has(from.operator) || ids.has(to.operator));
  const kept = wires.filter(({ from, to }) => ids.has(from.operator) && ids.has(to.operator));
  const feeds = [...ids].flatMap((id) => feedsInto(design, id));
  if (going.length === 0) {
    return { commands: [], cut: 0 };
  }
  return {
    cut: wires.length - kept.length,
    commands: [
      { do: 'remove', ids: [...ids] },
      ...going.map(
        ({ operator, box }): SingleCommand => ({ do: 'addOperator', service: target.id, operator, box }),
      ),
      ...kept.map(({ from, to }): SingleCommand => ({ do: 'connect', from, to })),
      ...feeds.map((feed): SingleCommand => ({ do: 'addFeed', feed })),
    ],
  };
}
