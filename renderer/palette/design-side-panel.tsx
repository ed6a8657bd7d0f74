import { useState } from 'react';
import { Tabs } from '../ui/tabs.tsx';
import { Outline } from './outline.tsx';
import { Palette } from './palette.tsx';

const tabs = [
  { id: 'palette', title: 'Palette' },
  { id: 'outline', title: 'Outline' },
];

/** Beside the drawing: what can be drawn, and what is drawn. */
export function DesignSidePanel() {
  const [tab, setTab] = useState('palette');
  return (
    <Tabs label="Design" tabs={tabs} selected={tab} onSelect={setTab}>
      {tab === 'palette' ? <Palette /> : <Outline />}
    </Tabs>
  );
}
