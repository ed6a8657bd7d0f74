import type { SingleCommand } from '#shared/design/commands/command.ts';
import { freshOperator, freshService, freshTopic, newId } from '#shared/design/create.ts';
import type { Design, Service, Topic, TopicRole } from '#shared/design/design.ts';
import type { PaletteItem } from '../store/palette-item.ts';
import { freePlaceIn, standsOnOther } from './free-place.ts';
import {
  externalSize,
  onGrid,
  operatorSize,
  type Place,
  type Size,
  serviceHeadHeight,
  servicePadding,
  topicSize,
} from './node-size.ts';
import type { Boxes } from './scene.ts';

export interface Addition {
  /** The id of what a person asked for. */
  readonly id: string;
  readonly commands: readonly SingleCommand[];
}

const freshServiceSize: Size = { width: 256, height: 176 };

export interface Spot {
  /** On the canvas. */
  readonly at: Place;
  /** The service under the pointer, and the place in it. */
  readonly service: Service | null;
  readonly inside: Place | null;
}

/** What a palette item becomes where it is dropped; ids are made of the name, when it is known. */
export function planAddition(
  design: Design,
  boxes: Boxes,
  item: PaletteItem,
  spot: Spot,
  name?: string,
): Addition {
  switch (item.add) {
    case 'topic': {
      const topic = topicOf(design, item.role, name);
      return { id: topic.id, commands: [{ do: 'addTopic', topic, box: centred(spot.at, topicSize(topic)) }] };
    }
    case 'service': {
      const service = freshService(design, name);
      return {
        id: service.id,
        commands: [
          {
            do: 'addService',
            service,
            box: { x: onGrid(spot.at.x - 128), y: onGrid(spot.at.y - 20), ...freshServiceSize },
          },
        ],
      };
    }
    case 'external': {
      const external = {
        id: newId(design, name ?? 'external-system'),
        name: name ?? 'External system',
        kind: item.kind,
      };
      return {
        id: external.id,
        commands: [{ do: 'addExternal', external, box: centred(spot.at, externalSize(external)) }],
      };
    }
    case 'note': {
      const note = { id: newId(design, 'note'), text: '' };
      const box = { x: onGrid(spot.at.x - 120), y: onGrid(spot.at.y - 32), width: 240, height: 64 };
      return { id: note.id, commands: [{ do: 'addNote', note, box }] };
    }
    case 'operator':
      return operatorAddition(design, boxes, item.kind, spot);
  }
}

function operatorAddition(
  design: Design,
  boxes: Boxes,
  kind: Extract<PaletteItem, { add: 'operator' }>['kind'],
  { at, service, inside }: Spot,
): Addition {
  const operator = freshOperator(kind, design);
  const size = operatorSize(operator);
  if (service !== null) {
    const wished =
      inside === null
        ? null
        : {
            x: Math.max(servicePadding / 2, onGrid(inside.x - size.width / 2)),
            y: Math.max(serviceHeadHeight + servicePadding / 2, onGrid(inside.y - size.height / 2)),
          };
    const isFree = wished !== null && !standsOnOther(service, boxes, { ...wished, ...size });
    const box = isFree ? wished : freePlaceIn(service, boxes, 'last');
    return { id: operator.id, commands: [{ do: 'addOperator', service: service.id, operator, box }] };
  }
  const home = freshService(design);
  const first = { x: servicePadding, y: serviceHeadHeight + servicePadding };
  return {
    id: operator.id,
    commands: [
      {
        do: 'addService',
        service: home,
        box: {
          x: onGrid(at.x - first.x - size.width / 2),
          y: onGrid(at.y - first.y - size.height / 2),
        },
      },
      { do: 'addOperator', service: home.id, operator, box: first },
    ],
  };
}

const roleNames: Readonly<Record<TopicRole, string>> = {
  event: 'new-topic',
  command: 'new-commands',
  state: 'new-state',
  deadLetter: 'dead-letters',
};

function topicOf(design: Design, role: TopicRole, name: string | undefined): Topic {
  const fresh = freshTopic(design, name ?? roleNames[role]);
  const topic = name === undefined ? fresh : { ...fresh, name };
  return role === 'state' ? { ...topic, role, cleanup: 'compact', retentionMs: null } : { ...topic, role };
}

function centred(at: Place, size: { readonly width: number; readonly height: number }): Place {
  return { x: onGrid(at.x - size.width / 2), y: onGrid(at.y - size.height / 2) };
}
