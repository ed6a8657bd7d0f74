import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  type Viewport,
} from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Design } from '#shared/design/design.ts';
import { selectDesign, selectOnlySelected } from '../store/selectors.ts';
import type { ZoomLevel } from '../store/view-state.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { failureWords } from '../strings/host-errors.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu } from '../ui/menu.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { arrangeDesign } from './arrange/arrange-design.ts';
import { layOutInWorker } from './arrange/elk-layout.ts';
import css from './canvas.module.css';
import { type CanvasControl, CanvasControlProvider, createCanvasStore } from './canvas-state.tsx';
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
import { planRemoval } from './removal-plan.ts';
import { planRename } from './rename-plan.ts';
import { sceneOf } from './scene.ts';
import { createSceneMemory } from './scene-memory.ts';
import type { SceneEdge, SceneNode } from './scene-types.ts';
import { type CanvasBoxes, useBoxes } from './use-boxes.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { selectUnder, useCanvasMenu } from './use-canvas-menu.tsx';
import { fitOptions, useCanvasWishes } from './use-canvas-wishes.ts';
import { useClipboard } from './use-clipboard.ts';
import { useConnecting } from './use-connecting.ts';
import { useDropping } from './use-dropping.ts';
import { useFlowNodes } from './use-flow-nodes.ts';
import { type Run, useRun } from './use-run.ts';
import { useUpscale } from './use-upscale.ts';

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
  const control = useControl(run, nameFresh);
  const memory = useMemo(createSceneMemory, []);
  const scene = useMemo(() => sceneOf(design, boxes.boxes, memory), [design, boxes.boxes, memory]);
  const { nodes, edges, select, onNodesChange, onDragStop, onSelectionDragStop } = useFlowNodes(scene, run);
  const remove = useRemoval(scene.edges, run);
  const { duplicate } = useClipboard(boxes.boxes, run, remove);
  const { addHere, nameFresh: nameAdded, ...dropping } = useDropping(boxes.boxes, control, run);
  nameFresh.current = nameAdded;
  const arrange = useArrange(run);
  const connecting = useConnecting(boxes.boxes, control, run);
  const onKeyDown = useCanvasKeys(control, run);
  useCanvasWishes({
    arrange,
    remove,
    duplicate,
    add: addHere,
    rename: () => control.store.setState({ renaming: selectOnlySelected(store.getState()) }),
    selectAll: () => view.select(scene.nodes.map((node) => node.id)),
  });
  // A new drawing keeps its scale when the first thing is put on it.
  const [startsFull] = useState(scene.nodes.length > 0);
  const entries = useCanvasMenu();
  const zoomLevel = useWindowState((state) => state.view.zoomLevel);
  // What happens inside a service is not told from afar.
  const shownEdges = useMemo(
    () => (zoomLevel === 'far' ? edges.filter((edge) => edge.data?.meaning.is !== 'wire') : edges),
    [edges, zoomLevel],
  );
  const surface = useRef<HTMLDivElement>(null);
  const upscale = useUpscale(surface);
  const onMove = useCallback(
    (_event: unknown, { zoom }: Viewport) => {
      view.setZoomLevel(levelOf(zoom));
      upscale(zoom);
    },
    [view, upscale],
  );
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
          // biome-ignore lint/a11y/noStaticElementInteractions: the nodes inside have the roles; keys bubble up to here
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
          onNodeDragStop={onDragStop}
          onSelectionDragStop={onSelectionDragStop}
          {...connecting}
          connectionLineComponent={ConnectionLine}
          connectionRadius={18}
          onMove={onMove}
          snapToGrid
          snapGrid={snap}
          minZoom={0.08}
          maxZoom={2}
          fitView={startsFull}
          defaultViewport={emptyViewport}
          fitViewOptions={fitOptions}
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
          <FirstFit upscale={upscale} />
        </ReactFlow>
        {scene.nodes.length === 0 ? <EmptyCanvas /> : null}
      </ContextMenu>
    </CanvasControlProvider>
  );
}

const emptyViewport = { x: 0, y: 0, zoom: 1 };
const proOptions = { hideAttribution: true };

function useControl(run: Run, nameFresh: RefObject<(id: string, name: string) => boolean>): CanvasControl {
  const { store } = useWindow();
  return useMemo(
    () => ({
      store: createCanvasStore(),
      rename: (id, name) => {
        const { design } = store.getState().document;
        if (design !== null && !nameFresh.current(id, name)) {
          run(planRename(design, id, name));
        }
      },
    }),
    [run, store, nameFresh],
  );
}

function useRemoval(edges: readonly SceneEdge[], run: Run): () => void {
  const { store } = useWindow();
  const latest = useRef(edges);
  latest.current = edges;
  return useCallback(() => {
    const { document: open, view } = store.getState();
    if (open.design === null) {
      return;
    }
    const selected = new Set(view.selection);
    const lines = latest.current.flatMap((edge) =>
      selected.has(edge.id) && edge.data !== undefined ? [edge.data.meaning] : [],
    );
    run(
      planRemoval(
        open.design,
        view.selection.filter((id) => !id.includes(':')),
        lines,
      ),
    );
  }, [run, store]);
}

function useArrange(run: Run): () => void {
  const { store } = useWindow();
  const flow = useReactFlow();
  return useCallback(() => {
    const { design } = store.getState().document;
    if (design === null) {
      return;
    }
    arrangeDesign(design, layOutInWorker)
      .then((boxes) => {
        const same = store.getState().document.design === design;
        if (
          same &&
          run([{ do: 'arrange', nodes: Object.entries(boxes).map(([id, box]) => ({ id, box })) }])
        ) {
          requestAnimationFrame(() => void flow.fitView(fitOptions));
        }
      })
      .catch((error: unknown) => showToast({ ...failureWords('Arranging', error), tone: 'error' }));
  }, [flow, run, store]);
}

/** Sets the level of detail that belongs to the first view, which no movement announces. */
function FirstFit({ upscale }: { readonly upscale: (zoom: number) => void }) {
  const { view } = useWindow();
  const flow = useReactFlow();
  useEffect(() => {
    const timer = setTimeout(() => {
      view.setZoomLevel(levelOf(flow.getZoom()));
      upscale(flow.getZoom());
    }, 60);
    return () => clearTimeout(timer);
  }, [flow, view, upscale]);
  return null;
}

function levelOf(zoom: number): ZoomLevel {
  if (zoom < 0.38) {
    return 'far';
  }
  return zoom < 0.7 ? 'middle' : 'near';
}
