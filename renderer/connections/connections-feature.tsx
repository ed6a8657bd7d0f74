import { Plug } from 'lucide-react';
import type { Feature } from '../store/feature.ts';
import { connectionOf } from './cluster-connection.ts';
import { ClusterStatus } from './cluster-status.tsx';
import { ConnectionWatch } from './connection-watch.tsx';
import { ConnectionsPanel } from './connections-panel.tsx';

/** The connection to a cluster. */
export const connectionsFeature: Feature = {
  id: 'connections',
  activities: [
    { id: 'connections', title: 'Connections', icon: Plug, order: 5, SidePanel: ConnectionsPanel },
  ],
  statusItems: [{ id: 'cluster', order: 1, side: 'end', Item: ClusterStatus }],
  actions: [
    {
      id: 'cluster.disconnect',
      title: 'Disconnect from the cluster',
      group: 'Cluster',
      when: ({ connection }) => connection.cluster?.kind === 'kafka',
      run: (window) => void connectionOf(window).disconnect(),
    },
    {
      id: 'cluster.connections',
      title: 'Show connections',
      group: 'Cluster',
      when: ({ view, document }) => document.design !== null && view.activity !== 'connections',
      run: ({ view }) => view.chooseActivity('connections'),
    },
  ],
  Background: ConnectionWatch,
};
