import type { ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { Design, Service } from '#shared/design/design.ts';
import { handleIds, handlePlace, operatorHandles } from '../handles.ts';
import {
  onGrid,
  operatorSize,
  type Place,
  type Size,
  serviceHeadHeight,
  servicePadding,
  serviceSize,
} from '../node-size.ts';
import { openRows } from './open-rows.ts';

/**
 * A service whose inside is worked out: its size, where its operators stand, and the ends that lead outwards.
 */
export interface PlacedInside {
  readonly size: Size;
  readonly boxes: ReadonlyMap<string, Place>;
  readonly ports: readonly ElkPort[];
}

/** The insides of all services as one graph: each service is laid out on its own, from top to bottom. */
export function innerGraph(design: Design): ElkNode {
  return {
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'rectpacking' },
    children: design.services
      .filter((service) => service.operators.length > 0)
      .map((service) => ({
        id: service.id,
        layoutOptions: innerOptions,
        children: service.operators.map((operator) => {
          const size = operatorSize(operator);
          const wires = operatorHandles(operator, size).filter(
            ({ side }) => side === 'top' || side === 'bottom',
          );
          return {
            id: operator.id,
            ...size,
            layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
            ports: wires.map((handle) => ({
              id: portId(operator.id, handle.id),
              ...handlePlace(handle, size),
              width: 0,
              height: 0,
              layoutOptions: { 'elk.port.side': handle.side === 'top' ? 'NORTH' : 'SOUTH' },
            })),
          };
        }),
        edges: service.wires.map((wire) => ({
          id: wire.id,
          sources: [portId(wire.from.operator, handleIds.output(wire.from.port))],
          targets: [portId(wire.to.operator, handleIds.input(wire.to.port))],
        })),
      })),
  };
}

const top = serviceHeadHeight + servicePadding;
const rowGap = 20;

const innerOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.padding': `[top=${top},left=${servicePadding},bottom=${servicePadding},right=${servicePadding}]`,
  'elk.spacing.nodeNode': '16',
  'elk.spacing.componentComponent': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
};

/** Reads where the operators of each service came to stand. */
export function placedInsides(design: Design, laidOut: ElkNode): ReadonlyMap<string, PlacedInside> {
  const byId = new Map((laidOut.children ?? []).map((node) => [node.id, node]));
  return new Map(design.services.map((service) => [service.id, placeInside(service, byId.get(service.id))]));
}

function placeInside(service: Service, laidOut: ElkNode | undefined): PlacedInside {
  const found = new Map((laidOut?.children ?? []).map((node) => [node.id, node]));
  const places = openRows(
    service.operators.map((operator) => {
      const size = operatorSize(operator);
      const { x = servicePadding, y = top } = found.get(operator.id) ?? {};
      const sides = operatorHandles(operator, size).map(({ side }) => side);
      const opens = { opensLeft: sides.includes('left'), opensRight: sides.includes('right') };
      return { id: operator.id, x: onGrid(x), y: onGrid(y), ...size, ...opens };
    }),
    rowGap,
  );
  const inside = service.operators.map((operator) => ({
    operator,
    ...(places.get(operator.id) ?? { x: servicePadding, y: top }),
    ...operatorSize(operator),
  }));
  const size = serviceSize(undefined, inside);
  const ports = inside.flatMap(({ operator, x, y, ...chip }) =>
    operatorHandles(operator, chip)
      .filter(({ side }) => side === 'left' || side === 'right')
      .map((handle): ElkPort => {
        const left = handle.side === 'left';
        return {
          id: portId(operator.id, handle.id),
          x: left ? 0 : size.width,
          y: y + handle.at,
          width: 0,
          height: 0,
          layoutOptions: { 'elk.port.side': left ? 'WEST' : 'EAST' },
        };
      }),
  );
  return { size, boxes: new Map(inside.map(({ operator, x, y }) => [operator.id, { x, y }])), ports };
}

export function portId(node: string, handle: string): string {
  return `${node}|${handle}`;
}
