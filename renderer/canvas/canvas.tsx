import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Design } from '#shared/design/design.ts';
import { selectDesign, selectOnlySelected } from '../store/selectors.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu } from '../ui/menu.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import css from './canvas.module.css';
import { type CanvasControl, CanvasControlProvider } from './canvas-state.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { DrawingMap } from './drawing-map.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { EdgeMarkers, FlowEdge } from './flow-edge.tsx';
import { grid } from './node-size.ts';
import { ExternalNode } from './nodes/external-node.tsx';
import { NoteNode } from './nodes/note-node.tsx';
import { OperatorNode } from './nodes/operator-node.tsx';
import { ServiceNode } from './nodes/service-node.tsx';
import { TopicNode } from './nodes/topic-node.tsx';
import { sceneOf } from './scene.ts';
import { createSceneMemory } from './scene-memory.ts';
import type { SceneEdge, SceneNode } from './scene-types.ts';
import { type CanvasBoxes, useBoxes } from './use-boxes.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { selectUnder, useCanvasMenu } from './use-canvas-menu.tsx';
import { useCanvasWishes } from './use-canvas-wishes.ts';
import { useClipboard } from './use-clipboard.ts';
import { useConnecting } from './use-connecting.ts';
import { useDragging, useResizing } from './use-dragging.ts';
import { useArrange, useControl, useRemoval } from './use-drawing-edits.ts';
import { useDropping } from './use-dropping.ts';
import { useFlowNodes } from './use-flow-nodes.ts';
import { firstFit, useKeepFit } from './use-keep-fit.ts';
import { useRun } from './use-run.ts';
import { FirstFit, useZoomLevel } from './zoom-level.tsx';

const nodeTypes = {
  topic: TopicNode,
  service: ServiceNode,
  operator: OperatorNode,
  external: ExternalNode,
  note: NoteNode,
};
const edgeTypes = { flow: FlowEdge };
const snap: [number, number] = [grid, grid];
const selectionKeys = ['Shift'];
const multiKeys = ['Meta', 'Control', 'Shift'];

/** The drawing: React Flow as a view of the design. */
export function Canvas() {
  const design = useWindowState(selectDesign);
  const boxes = useBoxes(design);
  const path = useWindowState((state) => state.document.file?.path ?? '');
  return boxes.ready ? (
    <ReactFlowProvider key={path}>
      <Drawing design={design} boxes={boxes} />
    </ReactFlowProvider>
  ) : (
    <div className={css.waiting}>
      <Skeleton label="Arranging the drawing" rows={6} />
    </div>
  );
}

interface DrawingProps {
  readonly design: Design;
  readonly boxes: CanvasBoxes;
}

function Drawing({ design, boxes }: DrawingProps) {
  const { view, store } = useWindow();
  const run = useRun(boxes);
  const nameFresh = useRef<(id: string, name: string) => boolean>(() => false);
  const resizeEnd = useRef<CanvasControl['resize']>(() => undefined);
  const control = useControl(run, nameFresh, resizeEnd);
  const memory = useMemo(createSceneMemory, []);
  const scene = useMemo(() => sceneOf(design, boxes.boxes, memory), [design, boxes.boxes, memory]);
  const { dragged, leaving, noteMoves, drag, drop } = useDragging({
    scene,
    boxes: boxes.boxes,
    control,
    run,
  });
  const { resized, noteSizes, finishResize } = useResizing(scene, run);
  resizeEnd.current = finishResize;
  const note = useCallback<typeof noteMoves>(
    (changes) => {
      noteMoves(changes);
      noteSizes(changes);
    },
    [noteMoves, noteSizes],
  );
  const { nodes, edges, select, onNodesChange } = useFlowNodes(scene, { dragged, resized, leaving, note });
  const remove = useRemoval(scene.edges, run);
  const { duplicate } = useClipboard(boxes.boxes, run, remove);
  const { addHere, nameFresh: nameAdded, ...dropping } = useDropping(boxes.boxes, control, run);
  nameFresh.current = nameAdded;
  // A new drawing keeps its scale when the first thing is put on it.
  const [startsFull] = useState(scene.nodes.length > 0);
  const keepFit = useKeepFit(startsFull);
  const arrange = useArrange(run, keepFit.fitAll);
  const connecting = useConnecting(boxes.boxes, control, run);
  const onKeyDown = useCanvasKeys(control, run);
  useCanvasWishes(
    {
      arrange,
      remove,
      duplicate,
      add: addHere,
      rename: () => control.store.setState({ renaming: selectOnlySelected(store.getState()) }),
      selectAll: () => view.select(scene.nodes.map((node) => node.id)),
    },
    keepFit,
  );
  const entries = useCanvasMenu();
  const zoomLevel = useWindowState((state) => state.view.zoomLevel);
  // What happens inside a service is not told from afar.
  const shownEdges = useMemo(
    () => (zoomLevel === 'far' ? edges.filter((edge) => edge.data?.meaning.is !== 'wire') : edges),
    [edges, zoomLevel],
  );
  const surface = useRef<HTMLDivElement>(null);
  const onZoom = useZoomLevel(surface);
  const onEdgesChange = useCallback(
    (changes: readonly EdgeChange<SceneEdge>[]) => {
      const selections = changes.filter((change) => change.type === 'select');
      if (selections.length > 0) {
        select(selections);
      }
    },
    [select],
  );
  return (
    <CanvasControlProvider value={control}>
      <ContextMenu
        entries={entries}
        trigger={
          // biome-ignore lint/a11y/noStaticElementInteractions: the nodes have the roles; keys bubble up
          <div
            ref={surface}
            className={classNames(css.canvas, `lod-${zoomLevel}`)}
            onKeyDown={onKeyDown}
            onContextMenuCapture={(event) => selectUnder(event.target, view.select, store)}
            {...dropping}
          />
        }
      >
        <EdgeMarkers />
        <ReactFlow<SceneNode, SceneEdge>
          nodes={nodes}
          edges={shownEdges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDrag={(event, _node, moved) => drag(event, moved)}
          onNodeDragStop={(_event, _node, moved) => drop(moved)}
          onSelectionDrag={drag}
          onSelectionDragStop={(_event, moved) => drop(moved)}
          {...connecting}
          connectionLineComponent={ConnectionLine}
          connectionRadius={18}
          onMove={(event, { zoom }) => {
            // What the program does itself comes without an event.
            if (event !== null) {
              keepFit.leave();
            }
            onZoom(zoom);
          }}
          snapToGrid
          snapGrid={snap}
          minZoom={0.08}
          maxZoom={2}
          fitView={startsFull}
          defaultViewport={emptyViewport}
          fitViewOptions={firstFit}
          onlyRenderVisibleElements
          disableKeyboardA11y
          edgesFocusable={false}
          deleteKeyCode={null}
          selectionKeyCode={selectionKeys}
          multiSelectionKeyCode={multiKeys}
          selectionMode={SelectionMode.Partial}
          panOnScroll
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          proOptions={proOptions}
          aria-label="Drawing"
        >
          <Background variant={BackgroundVariant.Dots} gap={grid * 3} size={1.2} color="var(--canvas-dot)" />
          <DrawingMap nodes={scene.nodes} />
          <FirstFit onZoom={onZoom} />
        </ReactFlow>
        {scene.nodes.length === 0 ? <EmptyCanvas /> : null}
      </ContextMenu>
    </CanvasControlProvider>
  );
}

const emptyViewport = { x: 0, y: 0, zoom: 1 };
const proOptions = { hideAttribution: true };
