import type { Service } from '../../../design/design.ts';
import { indexDesign } from '../../../design/queries/index-design.ts';
import { topicsReadBy, topicsWrittenBy } from '../../../design/queries/topic-use.ts';
import { nameOf, type Project } from '../project.ts';
import { portOf, routesOf } from '../tools/emit-services.ts';
import { emitDrawing } from './drawing.ts';

/** `README.md`: what the system is and how it is run. */
export function emitReadme(project: Project): string {
  const { design } = project;
  return `# ${oneLine(design.name)}

${design.note === undefined ? '' : `${oneLine(design.note)}\n\n`}${emitDrawing(design)}
## Run it

Node 20.19 or newer, npm, and an Apache Kafka broker are all it needs.

\`\`\`sh
docker compose up -d      # a broker at 127.0.0.1:9092, unless you have one
npm install
npm test                  # without a broker
npm start                 # creates and fills the topics, starts every service
\`\`\`

\`KAFKA_BOOTSTRAP=host:port\` names another broker, \`FIRST_PORT=9000\` another first port. Ctrl-C stops
everything. A service that ends is started again.${instancesText(project)}
${feedsText(project)}
## Services

| service | what it does | reads | writes | HTTP |
|---|---|---|---|---|
${design.services.map((service) => serviceRow(project, service)).join('\n')}

Every service answers \`GET /health\` on its port${storesText(project)}.

## Topics

| topic | partitions | cleanup | key | value |
|---|---|---|---|---|
${design.topics.map((topic) => topicRow(project, topic)).join('\n')}

## What is whose

| path | |
|---|---|
| \`services/*/src/handlers/\` | yours: written once, never again |
| \`services/*/src/generated/\` | Millstream's: written again each time the drawing is generated |
| everything else | written again as long as you have not edited it; when you have, the new text is put beside it as \`.new\` |

\`${project.designFile}\` is the drawing that all this was made from. \`packages/events\` has the types, their checks and
the topics; \`packages/runtime\` starts and stops a service; \`vendor/streams\` is the stream-processing library.
`;
}

function feedsText(project: Project): string {
  const { feeds } = project.design;
  const open = feeds.filter(
    (feed) => 'gateway' in feed.into || feed.perSecond > 0 || feed.count === undefined,
  );
  if (open.length === 0) return '';
  const commands = open.map(
    (feed) => `npm run feed -- --feed ${nameOf(project.names.feeds, feed.id)} --count 20`,
  );
  return `
While it runs, in another terminal:

\`\`\`sh
${commands.join('\n')}
\`\`\`
`;
}

/** Only where a service has several instances: the others need no words for it. */
function instancesText(project: Project): string {
  const several = project.design.services.filter(({ instances }) => instances > 1);
  if (several.length === 0) return '';
  const counts = several.map(
    (service) => `${service.instances} of \`${nameOf(project.names.services, service.id)}\``,
  );
  return ` It starts as many instances as are drawn
(${counts.join(', ')}); the further ones answer on the ports after those in the table below.`;
}

function storesText(project: Project): string {
  if (!hasStores(project)) return '';
  return `, and the content of its state stores under \`/stores\`. Any
instance of a service answers about every key: it asks the one that has it, at its \`HOST\`, or \`SERVER_HOST\`
where the others reach it by another name`;
}

function hasStores(project: Project): boolean {
  return project.design.services.some((service) =>
    service.operators.some(
      (operator) => 'store' in operator || operator.kind === 'table' || operator.kind === 'globalTable',
    ),
  );
}

function serviceRow(project: Project, service: Service): string {
  const names = (ids: readonly string[]) =>
    [...new Set(ids)].map((id) => `\`${indexDesign(project.design).topics.get(id)?.name ?? id}\``).join(', ');
  const folder = nameOf(project.names.services, service.id);
  const routes = routesOf(service).map((route) => `\`${route}\``);
  return row([
    `[\`${folder}\`](services/${folder})`,
    service.note ?? service.name,
    names(service.operators.flatMap(topicsReadBy)),
    names(service.operators.flatMap(topicsWrittenBy)),
    [`port ${portOf(project, service)}`, ...routes].join('<br>'),
  ]);
}

function topicRow(project: Project, topic: Project['design']['topics'][number]): string {
  const type = (ref: (typeof topic)['key']['type']): string => {
    if (typeof ref === 'string') return ref;
    if ('ref' in ref) return nameOf(project.names.types, ref.ref);
    return 'list' in ref ? `list of ${type(ref.list)}` : `map of ${type(ref.map)}`;
  };
  const { name, partitions, cleanup } = topic;
  return row([
    `\`${name}\``,
    String(partitions),
    cleanup,
    `\`${type(topic.key.type)}\``,
    `\`${type(topic.value.type)}\``,
  ]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
