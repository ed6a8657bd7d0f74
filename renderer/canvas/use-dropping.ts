import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useCallback, useRef } from 'react';
import { z } from 'zod';
import type { SingleCommand } from '#shared/design/commands/command.ts';
import { type Design, topicRoles } from '#shared/design/design.ts';
import { type OperatorKind, operatorKinds } from '#shared/design/operators/registry.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { type PaletteItem, paletteMime } from '../store/palette-item.ts';
import { useWindow } from '../store/window-context.tsx';
import { showToast } from '../ui/toast.tsx';
import { type Addition, planAddition, type Spot } from './addition-plan.ts';
import type { CanvasControl } from './canvas-state.tsx';
import { planConnection } from './connection-plan.ts';
import type { Place } from './node-size.ts';
import type { Boxes } from './scene.ts';
import type { SceneEdge, SceneNode } from './scene-types.ts';
import { after, planSplit } from './split-plan.ts';
import { serviceAt, wireAt } from './under-pointer.ts';
import type { Run } from './use-run.ts';

const DroppedItem: z.ZodType<PaletteItem> = z.discriminatedUnion('add', [
  z.object({ add: z.literal('topic'), role: z.enum(topicRoles) }),
  z.object({ add: z.literal('service') }),
  z.object({ add: z.literal('external'), kind: z.enum(['database', 'http', 'mail', 'person', 'other']) }),
  z.object({ add: z.literal('note') }),
  z.object({
    add: z.literal('operator'),
    kind: z.custom<OperatorKind>((kind) => operatorKinds.includes(kind as OperatorKind)),
  }),
]);

/** What was added last, until it has its name. */
interface Fresh {
  readonly id: string;
  readonly item: PaletteItem;
  readonly spot: Spot;
  readonly design: Design | null;
}

/** Putting something from the palette onto the canvas, by dragging or by pressing it. */
export function useDropping(boxes: Boxes, control: CanvasControl, run: Run) {
  const { store, view, edits } = useWindow();
  const fresh = useRef<Fresh | null>(null);
  const flow = useReactFlow<SceneNode, SceneEdge>();

  const add = useCallback(
    (
      item: PaletteItem,
      at: Place,
      serviceId: string | null,
      dropped: boolean,
      wire: string | null = null,
    ) => {
      const { design } = store.getState().document;
      if (design === null) {
        return;
      }
      const service = serviceId === null ? null : (indexDesign(design).services.get(serviceId) ?? null);
      const origin = serviceId === null ? null : (boxes[serviceId] ?? { x: 0, y: 0 });
      const inside = origin === null || !dropped ? null : { x: at.x - origin.x, y: at.y - origin.y };
      const spot = { at, service, inside };
      const addition = planAddition(design, boxes, item, spot);
      const split = wire === null ? [] : splitWith(design, boxes, addition, wire);
      if (run([...addition.commands, ...split], `add ${addition.id}`)) {
        view.select([addition.id]);
        if (item.add !== 'operator' && item.add !== 'note') {
          fresh.current = { id: addition.id, item, spot, design: store.getState().document.design };
          control.store.setState({ renaming: addition.id });
        }
      }
      return addition.id;
    },
    [boxes, control, run, store, view],
  );

  /** Names what was just added, as if it had been added under that name: its id is made of it. */
  const nameFresh = useCallback(
    (id: string, name: string): boolean => {
      const added = fresh.current;
      fresh.current = null;
      if (added === null || added.id !== id || added.design !== store.getState().document.design) {
        return false;
      }
      edits.undo();
      const { design } = store.getState().document;
      const named = design === null ? null : planAddition(design, boxes, added.item, added.spot, name);
      if (named !== null && run(named.commands)) {
        view.select([named.id]);
      } else {
        edits.redo();
      }
      return true;
    },
    [boxes, edits, run, store, view],
  );

  /** Without a pointer: into the service that is selected, behind the operator that is selected. */
  const addHere = useCallback(
    (item: PaletteItem) => {
      const { design } = store.getState().document;
      const [selected] = store.getState().view.selection;
      if (design === null) {
        return;
      }
      const index = indexDesign(design);
      const placed = index.operators.get(selected ?? '');
      const service = placed?.service.id ?? index.services.get(selected ?? '')?.id ?? null;
      const id = add(item, middleOf(flow), item.add === 'operator' ? service : null, false);
      const next = store.getState().document.design;
      if (id !== undefined && placed !== undefined && item.add === 'operator' && next !== null) {
        const line = planConnection(
          next,
          boxes,
          { node: placed.operator.id, handle: null },
          { node: id, handle: null },
        );
        if (line.ok) {
          run(line.value.commands, `add ${id}`);
        }
      }
    },
    [add, boxes, flow, run, store],
  );

  const onDragOver = useCallback(
    (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(paletteMime)) {
        return;
      }
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const at = { x: event.clientX, y: event.clientY };
      const dropInto = serviceAt(at);
      const dropOnto = wireAt(at);
      const before = control.store.getState();
      if (before.dropInto !== dropInto || before.dropOnto !== dropOnto) {
        control.store.setState({ dropInto, dropOnto });
      }
    },
    [control],
  );
  const onDragLeave = useCallback(
    () => control.store.setState({ dropInto: null, dropOnto: null }),
    [control],
  );
  const onDrop = useCallback(
    (event: DragEvent) => {
      control.store.setState({ dropInto: null, dropOnto: null });
      const text = event.dataTransfer.getData(paletteMime);
      if (text === '') {
        return;
      }
      event.preventDefault();
      const item = DroppedItem.safeParse(JSON.parse(text));
      if (item.success) {
        const pointer = { x: event.clientX, y: event.clientY };
        const at = flow.screenToFlowPosition(pointer);
        const inside = item.data.add === 'operator';
        add(item.data, at, inside ? serviceAt(pointer) : null, true, inside ? wireAt(pointer) : null);
      }
    },
    [add, control, flow],
  );
  return { addHere, nameFresh, onDragOver, onDragLeave, onDrop };
}

/**
 * What puts the new operator into the wire it was dropped on; nothing when it does not fit, which is said.
 */
function splitWith(
  design: Design,
  boxes: Boxes,
  { id, commands }: Addition,
  wire: string,
): readonly SingleCommand[] {
  const added = after(design, commands);
  const plan = added === null ? null : planSplit(added, boxes, wire, id);
  if (plan !== null && !plan.ok) {
    showToast({ title: plan.error });
  }
  return plan?.ok === true ? plan.value : [];
}

function middleOf(flow: { screenToFlowPosition: (at: Place) => Place }): Place {
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
  return flow.screenToFlowPosition({
    x: (pane?.left ?? 0) + (pane?.width ?? 0) / 2,
    y: (pane?.top ?? 0) + (pane?.height ?? 0) / 2,
  });
}
