import type { CommandName } from '#shared/design/commands/command.ts';

/** What a step of the history did, as it stands behind “Undo”. */
export const commandWords: Readonly<Record<CommandName, string>> = {
  addTopic: 'adding a topic',
  updateTopic: 'changing a topic',
  removeTopic: 'removing a topic',
  addService: 'adding a service',
  updateService: 'changing a service',
  removeService: 'removing a service',
  addOperator: 'adding an operator',
  updateOperator: 'changing an operator',
  removeOperator: 'removing an operator',
  connect: 'connecting',
  disconnect: 'disconnecting',
  addExternal: 'adding an external system',
  updateExternal: 'changing an external system',
  removeExternal: 'removing an external system',
  addRequest: 'adding a request',
  removeRequest: 'removing a request',
  addSchema: 'adding a schema',
  updateSchema: 'changing a schema',
  removeSchema: 'removing a schema',
  addFeed: 'adding a feed',
  updateFeed: 'changing a feed',
  removeFeed: 'removing a feed',
  addNote: 'adding a note',
  updateNote: 'changing a note',
  removeNote: 'removing a note',
  moveNodes: 'moving',
  arrange: 'arranging',
  renameDesign: 'renaming the design',
  insertFragment: 'pasting',
  remove: 'removing',
};

/** The words for a label of the history; a label that is no command is shown as it is. */
export function historyWords(label: string): string {
  return Object.hasOwn(commandWords, label) ? commandWords[label as CommandName] : label;
}
