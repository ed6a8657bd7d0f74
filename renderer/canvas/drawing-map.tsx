import { MiniMap, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import css from './drawing-map.module.css';
import type { SceneNode } from './scene-types.ts';

/** The whole drawing, small, with the part in view: only while there is more than is in view. */
export function DrawingMap({ nodes }: { readonly nodes: readonly SceneNode[] }) {
  const extent = useMemo(() => extentOf(nodes), [nodes]);
  const isWhole = useStore(({ transform: [x, y, zoom], width, height }) => {
    const { left, top, right, bottom } = extent;
    return (
      left * zoom + x >= -slack &&
      top * zoom + y >= -slack &&
      right * zoom + x <= width + slack &&
      bottom * zoom + y <= height + slack
    );
  });
  return isWhole ? null : (
    <MiniMap
      pannable
      zoomable
      className={css.map ?? ''}
      style={mapSize}
      nodeClassName={mapClass}
      nodeBorderRadius={3}
      maskColor="color-mix(in srgb, var(--canvas) 62%, transparent)"
      ariaLabel="Map of the drawing"
    />
  );
}

const mapSize = { width: 148, height: 100 };

/** What is lost by so few pixels at an edge is not worth a map. */
const slack = 4;

interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function extentOf(nodes: readonly SceneNode[]): Extent {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { parentId, position, width = 0, height = 0 } of nodes) {
    if (parentId === undefined) {
      left = Math.min(left, position.x);
      top = Math.min(top, position.y);
      right = Math.max(right, position.x + width);
      bottom = Math.max(bottom, position.y + height);
    }
  }
  return { left, top, right, bottom };
}

function mapClass(node: SceneNode): string {
  const look = node.type === 'topic' ? node.data.topic.role : (node.type ?? '');
  return css[`map-${look}`] ?? '';
}
