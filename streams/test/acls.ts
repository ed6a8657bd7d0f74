// First: the judge mends KafkaJS before anything loads it.
import './kafka-judge.ts';
import kafkajs from 'kafkajs';
import { createKafkaClient } from '../src/kafka/kafka-admin.ts';
import { eventually } from './kafka-judge.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** One line of an ACL; `…` at the end of a name stands for anything. */
export type Grant = `${keyof typeof resources} ${string}: ${string}`;

const resources = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  transactions: AclResourceTypes.TRANSACTIONAL_ID,
};

const operations: Readonly<Record<string, number>> = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Create: AclOperationTypes.CREATE,
  Delete: AclOperationTypes.DELETE,
  Describe: AclOperationTypes.DESCRIBE,
};

/** Grants users what is listed, over a listener on which everything is allowed; returns when the broker knows. */
export async function grantAll(
  bootstrapServers: readonly string[],
  grants: Readonly<Record<string, readonly Grant[]>>,
): Promise<void> {
  const admin = createKafkaClient({ bootstrapServers, clientId: 'acls' }).admin();
  await admin.connect();
  const acl = Object.entries(grants).flatMap(([user, lines]) =>
    lines.flatMap((line) => toEntries(user, line)),
  );
  await admin.createAcls({ acl });
  await eventually('the broker knows all ACLs', async () => {
    const { resources: known } = await admin.describeAcls({
      resourceType: AclResourceTypes.ANY,
      resourcePatternType: ResourcePatternTypes.ANY,
      operation: AclOperationTypes.ANY,
      permissionType: AclPermissionTypes.ANY,
    });
    return known.reduce((sum, { acls }) => sum + acls.length, 0) === acl.length;
  });
  await admin.disconnect();
}

function toEntries(user: string, line: Grant) {
  const [kind, name, list] = /^(topic|group|transactions) (\S+): (.+)$/.exec(line)?.slice(1) ?? [];
  if (!isResource(kind) || name === undefined) throw new Error(`Not a grant: ${line}`);
  return (list ?? '').split(', ').map((operation) => ({
    resourceType: resources[kind],
    resourceName: name.replace(/…$/, ''),
    resourcePatternType: name.endsWith('…') ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    principal: `User:${user}`,
    host: '*',
    operation: operations[operation] ?? AclOperationTypes.UNKNOWN,
    permissionType: AclPermissionTypes.ALLOW,
  }));
}

function isResource(kind: string | undefined): kind is keyof typeof resources {
  return kind !== undefined && kind in resources;
}
